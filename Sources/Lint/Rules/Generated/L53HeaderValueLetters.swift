import Resources
import Schemas
import YAML

extension Rule {
  static let headerValueLetters = Rule(
    "L53", "header-value-letters", .error, .generated, "a header value that HTTPRoute refuses",
    why: "The generated HTTPRoute accepts only printable ASCII. A value may contain single spaces, "
      + "but not begin or end with one.",
    bad: "value: mod\u{e8}le", good: "value: modele",
    reference: Citation.gatewayAPICRD("httproutes"),
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        where !header.value.isEmpty && !Pattern.headerValue.accepts(header.value) {
          let path = Path.to("matches", place, "headers", index, "value")
          report.add(
            "value \(header.value.quoted) is refused by the generated HTTPRoute; use "
              + Pattern.headerValue.description, at: path)
        }
      }
    })
}
