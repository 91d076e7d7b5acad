import Resources
import Schemas
import YAML
import RE2

extension Rule {
  static let globInExact = Rule(
    "L52", "glob-in-exact", .warning,
    "a wildcard, an expression or a space in an exact model name",
    why: "Exact compares the model name character by character, so that * is a literal asterisk, "
      + "and ^gpt-4.*$ a name that no model has. Exact is also the type where none is written.",
    bad: "{name: x-ai-eg-model, value: \"gpt-*\"}",
    good: "{type: RegularExpression, name: x-ai-eg-model, value: \"gpt-.*\"}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    repair: .automatic,
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        // Headers of an unknown type are left out.
        where header.isModel && match.isExact(index) {
          var path: Path { .to("matches", place, "headers", index) }
          // Most names are plain words.
          if header.value.utf8.allSatisfy(Path.isPlain) || Variable.isIn(header.value) { continue }
          if let sign = header.value.expressionSign {
            report.add(
              "\(header.value.quoted) is compared literally, and no model has such a name; write type "
                + "RegularExpression", at: path.appending("value"),
              caution: sign == .likely ? .guess : nil, fix: "write type RegularExpression",
              .set(path.appending("type"), .string("RegularExpression")))
          } else if header.value.utf8.contains(UInt8(ascii: "*")) {
            let regex = RegularExpression.pattern(ofGlob: header.value)
            report.add(
              "\(header.value.quoted) is compared literally, * is only an asterisk; use the "
                + "regular expression \(regex)", at: path.appending("value"),
              fix: "match the regular expression \(regex)",
              .set(path.appending("type"), .string("RegularExpression")),
              .set(path.appending("value"), .string(regex)))
          } else if header.value.utf8.contains(UInt8(ascii: ",")) {
            report.add(
              "\(header.value.quoted) is compared literally, as one name; write a match for each model",
              at: path.appending("value"))
          } else if header.value.utf8.contains(UInt8(ascii: " ")) {
            report.add(
              "the model name \(header.value.quoted) has a space; check the spelling",
              at: path.appending("value"))
          }
        }
      }
    })
}

extension RouteMatch {
  /// Whether the value of a header is compared as it is.
  fileprivate func isExact(_ header: Int) -> Bool {
    let type = node["headers"]?[header]?.given("type")
    return type == nil || type?.text == "Exact"
  }
}

/// How sure it is that a text is a regular expression.
private enum ExpressionSign {
  case certain, likely
}

extension String {
  /// Whether it is a regular expression rather than the name of a model, nil for what is none: a dot before
  /// an asterisk, or brackets, may stand in names as well.
  fileprivate var expressionSign: ExpressionSign? {
    let isCertain = unicodeScalars.contains { sign in
      switch sign {
      case "^", "$", "|", "[", "]", "\\": true
      case _: false
      }
    }
    guard isCertain || utf8.contains(".*") || utf8.contains(".+") || utf8.contains("("),
      RegularExpression.refusalInGoOrRE2(of: self) == nil
    else { return nil }
    return isCertain ? .certain : .likely
  }
}
