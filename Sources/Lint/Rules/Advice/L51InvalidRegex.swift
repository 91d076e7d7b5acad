import Schemas
import Resources
import YAML
import RE2

extension Rule {
  static let invalidRegex = Rule(
    "L51", "invalid-regex", .error, "a regular expression that Go or RE2 cannot read",
    why: "The route is accepted, but the rule is dropped on the generated HTTPRoute. Envoy Gateway "
      + "reads expressions by Go's regexp, then Envoy by RE2: neither has lookahead, lookbehind or "
      + "backreferences, and Go has no \\C.",
    bad: "{type: RegularExpression, value: \"(?!gpt).*\"}",
    good: "{type: RegularExpression, value: \"claude-.*\"}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated() where header.isRegex {
          guard let refusal = RegularExpression.refusalInGoOrRE2(of: header.value),
            !refusal.isUnknownHere
          else { continue }
          report.add(
            "the regular expression cannot be read: \(refusal.message)",
            at: .to("matches", place, "headers", index, "value"))
        }
      }
    })
}
