import Resources
import Schemas
import YAML

extension Rule {
  static let duplicateHeader = Rule(
    "L48", "duplicate-header", .error, "the same header twice in a match, in different letter case",
    why: "Header names are case-insensitive, and all headers of a match must match: no request has "
      + "both values.",
    bad: "headers: [{name: X-Team, value: a}, {name: x-team, value: b}]",
    good: "matches: [{headers: [{name: x-team, value: a}]}, {headers: [{name: x-team, value: b}]}]",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() where match.headers.count > 1 {
        var seen: [String: RouteMatch.Header] = [:]
        for (index, header) in match.headers.enumerated() {
          let name = header.name.lowercased()
          guard let first = seen[name] else {
            seen[name] = header
            continue
          }
          // In the same letters it is refused by the schema.
          guard first.name != header.name else { continue }
          let isHarmless = first.value == header.value || first.isRegex || header.isRegex
          report.add(
            "\(header.name.quoted) and \(first.name.quoted) are one header, which must match both "
              + "values; use two matches", at: .to("matches", place, "headers", index),
            severity: isHarmless ? .warning : .error)
        }
      }
    })
}
