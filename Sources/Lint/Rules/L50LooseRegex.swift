import Kinds
import Manifest

extension Rule {
  static let looseRegex = Rule(
    "L50", .warning, "a regular expression that says something else",
    why: "It must fit the whole value, so gpt-4 does not fit gpt-4o; a bare dot fits any letter. "
      + "Models matched this way are not in /v1/models.",
    bad: "{type: RegularExpression, value: gpt-3.5.*}",
    good: "{type: RegularExpression, value: \"gpt-3\\\\.5.*\"}",
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        where header.isRegex && RE2.fault(in: header.value) == nil {
          judge(header, at: .to("matches", place, "headers", index), &report)
        }
      }
    })

  private static func judge(_ header: Match.Header, at path: Path, _ report: inout Report) {
    let value = header.value
    let escaped = RE2.escapingBareDots(value)
    if escaped != value {
      report.add(
        "the dot in \(value.quoted) fits any letter; write \(escaped) for a real dot",
        at: path.appending("value"), fix: "write \(escaped)",
        .set(path.appending("value"), .string(escaped)))
    } else if RE2.isLiteral(value) {
      report.add(
        "\(value.quoted) fits only that very text; use type Exact, or \(value).* for all that "
          + "begins so", at: path.appending("type"), fix: "write type Exact",
        .set(path.appending("type"), .string("Exact")))
    } else if header.isModel {
      report.add(
        "models matched by a regular expression are not listed in /v1/models",
        at: path.appending("type"), severity: .info)
    }
  }
}
