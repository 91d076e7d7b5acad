import Schemas
import Resources
import YAML

extension Rule {
  static let weightAlone = Rule(
    "L38", "weight-alone", .warning, "a weight on a backend that is alone in its priority",
    why: "Weights divide traffic among backends of the same priority. A backend that is alone in "
      + "its priority gets all of it or nothing.",
    bad: "[{name: a, weight: 90, priority: 0}, {name: b, weight: 10, priority: 1}]",
    good: "[{name: a, weight: 90}, {name: b, weight: 10}]",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.priorities.count > 1 else { return }
      let live = rule.refs.filter(\.isLive)
      let counts = Dictionary(live.map { ($0.effectivePriority, 1) }, uniquingKeysWith: +)
      for (index, ref) in rule.refs.enumerated() {
        guard let weight = ref.weight, weight > 1, counts[ref.effectivePriority] == 1 else {
          continue
        }
        report.add(
          "weight \(weight) has no effect: \(ref.name) is the only backend in priority "
            + "\(ref.effectivePriority); give both the same priority, or leave the weight out",
          at: .to("backendRefs", index, "weight"), fix: "remove weight",
          .remove(.to("backendRefs", index, "weight")))
      }
    })
}
