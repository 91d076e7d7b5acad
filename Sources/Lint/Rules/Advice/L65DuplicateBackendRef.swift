import Schemas
import Resources
import YAML

extension Rule {
  static let duplicateBackendRef = Rule(
    "L65", "duplicate-backend-ref", .warning, "the same backendRef twice",
    why: "The shares of both are added up. Listing a backend twice makes sense only with two model "
      + "names.",
    bad: "backendRefs: [{name: a}, {name: a}]",
    good: "[{name: a, modelNameOverride: x}, {name: a, modelNameOverride: y}]",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    .routeRule { rule, report in
      guard rule.refs.count > 1 else { return }
      var seen: [Int: BackendRef] = Dictionary(minimumCapacity: rule.refs.count)
      for (index, ref) in rule.refs.enumerated() {
        guard let first = seen.updateValue(ref, forKey: ref.identity), first.isSame(as: ref) else {
          continue
        }
        // Pools are reported by R2 and R3.
        guard !ref.isPool else { continue }
        let path = Path.to("backendRefs", index)
        report.add(
          "\(ref.name) is listed twice with nothing to tell the two apart; keep one, or give each "
            + "its modelNameOverride", at: path, fix: "remove the second", .remove(path))
      }
    })
}
