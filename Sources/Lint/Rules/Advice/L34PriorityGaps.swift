import Schemas
import Resources
import YAML

extension Rule {
  static let priorityGaps = Rule(
    "L34", "priority-gaps", .warning, "priorities above 128 or with gaps",
    why: "Envoy rejects priorities above 128 and requires them to start at 0 without gaps.",
    bad: "priority: 0 and priority: 1000", good: "priority: 0 and priority: 1",
    reference: Citation.envoy("api/envoy/config/endpoint/v3/endpoint_components.proto"),
    repair: .automatic,
    .bundle { bundle, report in
      for (document, route) in bundle.routes {
        // A pool has no priorities, which another rule reports.
        for rule in route.rules where !rule.refs.contains(where: \.isPool) {
          guard let highest = rule.priorities.last, highest > 0 else { continue }
          let place = Path.to("spec", "rules", rule.index, "backendRefs")
          if highest > 128 {
            guard bundle.envoyClusters(of: rule, in: route).writesPriorities(in: bundle.release)
            else {
              continue
            }
            for (index, ref) in rule.refs.enumerated() where ref.effectivePriority > 128 {
              let next = rule.priorities.firstIndex(of: ref.effectivePriority) ?? 0
              let path = place.appending(index).appending("priority")
              report.add(
                "Envoy refuses priority \(ref.effectivePriority); use 0 to 128", at: path,
                in: document, severity: .error,
                fix: "write priority \(next)", .set(path, .integer(next)))
            }
          } else if highest != rule.priorities.count - 1 {
            let priorities = rule.priorities.map(String.init).joined(separator: ", ")
            report.add(
              "priorities \(priorities) leave gaps; use 0, 1, 2 and so on", at: place, in: document)
          }
        }
      }
    })
}
