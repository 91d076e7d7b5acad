import Resources
import Schemas
import YAML
import RE2

extension Rule {
  static let globInExact = Rule(
    "L52", "glob-in-exact", .warning, "a wildcard or a space in an exact model name",
    why: "Exact compares the model name character by character, so * is a literal asterisk.",
    bad: "{name: x-ai-eg-model, value: \"gpt-*\"}",
    good: "{type: RegularExpression, name: x-ai-eg-model, value: \"gpt-.*\"}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated() where header.isModel && !header.isRegex {
          var path: Path { .to("matches", place, "headers", index) }
          if header.value.utf8.contains(UInt8(ascii: "*")) {
            let regex = RegularExpression.pattern(ofGlob: header.value)
            report.add(
              "\(header.value.quoted) is compared literally, * is only an asterisk; use the "
                + "regular expression \(regex)", at: path.appending("value"),
              fix: "match the regular expression \(regex)",
              .set(path.appending("type"), .string("RegularExpression")),
              .set(path.appending("value"), .string(regex)))
          } else if header.value.utf8.contains(UInt8(ascii: " ")) {
            report.add(
              "the model name \(header.value.quoted) has a space; check the spelling",
              at: path.appending("value"))
          }
        }
      }
    })
}
