import Resources
import Schemas
import YAML
import RE2

extension Rule {
  static let looseRegex = Rule(
    "L50", "loose-regex", .warning,
    "a regular expression that probably matches something else than intended",
    why: "The expression must match the whole value: gpt-4 does not match gpt-4o. A dot matches "
      + "any character, and * repeats what stands before it. Models matched this way are not listed by /v1/models.",
    bad: "{type: RegularExpression, value: gpt-3.5.*}",
    good: "{type: RegularExpression, value: \"gpt-3\\\\.5.*\"}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        where header.isRegex {
          guard let expression = try? RegularExpression(header.value),
            expression.refusalByGo == nil
          else { continue }
          evaluate(header, expression, at: .to("matches", place, "headers", index), &report)
        }
      }
    })

  private static func evaluate(
    _ header: RouteMatch.Header, _ expression: RegularExpression, at path: Path,
    _ report: inout Report
  ) {
    let value = header.value
    let escaped = RegularExpression.escapingBareDots(in: value)
    if escaped != value {
      report.add(
        "the dot in \(value.quoted) matches any character; write \(escaped) for a literal dot",
        at: path.appending("value"), fix: "write \(escaped)",
        .set(path.appending("value"), .string(escaped)))
    } else if RegularExpression.looksLikeGlob(value) {
      let pattern = RegularExpression.pattern(ofGlob: value)
      report.add(
        "the * in \(value.quoted) repeats what stands before it; write \(pattern) for anything there",
        at: path.appending("value"), fix: "write \(pattern)",
        .set(path.appending("value"), .string(pattern)))
    } else if let literal = expression.literal, !literal.isEmpty {
      report.add(
        "\(value.quoted) matches only \(literal.quoted); use type Exact, or add .* for all that "
          + "begins so", at: path.appending("type"), fix: "write type Exact",
        .set(path.appending("type"), .string("Exact")),
        .set(path.appending("value"), .string(literal)))
    } else if header.isModel {
      report.add(
        "models matched by a regular expression are not listed in /v1/models",
        at: path.appending("type"), severity: .info)
    }
  }
}
