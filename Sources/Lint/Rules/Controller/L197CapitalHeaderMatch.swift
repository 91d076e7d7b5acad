import RE2
import Resources
import Schemas
import YAML

extension Rule {
  static let capitalHeaderMatch = Rule(
    "L197", "capital-header-match", .warning, .controller,
    "removeOnMatch with capital letters, which no header has",
    why:
      "Envoy compares with the names of headers in lower case, so that a header that is to be "
      + "removed from clients' requests gets through.",
    bad: "earlyRequestHeaders: {removeOnMatch: [{type: Prefix, value: X-Tenant}]}",
    good: "earlyRequestHeaders: {removeOnMatch: [{type: Prefix, value: x-tenant}]}",
    reference: Citation.envoy("source/common/http/header_mutation.cc"), repair: .automatic,
    .policy { policy, report in
      guard policy.kind == .client else { return }
      for part in ["earlyRequestHeaders", "lateResponseHeaders"] {
        let path = Path.to("spec", "headers", part, "removeOnMatch")
        for (index, match) in (policy.node[path]?.items ?? []).enumerated() {
          let text = TextMatch(match)
          let small = text.value.lowercased()
          guard text.value != small, !Variable.isIn(text.value) else { continue }
          let place = path.appending(.to(index, "value"))
          if text.kind == .expression {
            guard (try? RegularExpression(text.value))?.needsCapital == true else { continue }
            report.add(
              "Envoy compares with names in lower case: no header fits \(text.value.quoted); write its "
                + "letters small", at: place)
            continue
          }
          report.add(
            "Envoy compares with names in lower case: no header fits \(text.value.quoted); "
              + "write \(small)", at: place, fix: "write \(small)", .set(place, .string(small)))
        }
      }
    })
}
