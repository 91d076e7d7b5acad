import Schemas
import Resources
import YAML
import RE2

extension Rule {
  static let invalidRegex = Rule(
    "L51", "invalid-regex", .error, "a regular expression that is not valid in RE2",
    why: "The route is accepted, but the rule is dropped on the generated HTTPRoute. RE2 has no "
      + "lookahead, no lookbehind and no backreferences.",
    bad: "{type: RegularExpression, value: \"(?!gpt).*\"}",
    good: "{type: RegularExpression, value: \"claude-.*\"}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated() where header.isRegex {
          guard let refusal = RegularExpression.refusal(of: header.value),
            !refusal.isUnknownHere
          else { continue }
          report.add(
            "the regular expression cannot be read: \(refusal.message)",
            at: .to("matches", place, "headers", index, "value"))
        }
      }
    })
}
