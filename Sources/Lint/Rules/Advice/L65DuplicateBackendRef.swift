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
    repair: .automatic,
    .routeRule { rule, report in
      // Most rules name each backend once, which is quicker to say than what else tells two apart.
      guard rule.refs.count > 1, Set(rule.refs.map(\.name)).count < rule.refs.count else { return }
      var firsts: [Int: Int] = Dictionary(minimumCapacity: rule.refs.count)
      for (index, ref) in rule.refs.enumerated() {
        let identity = ref.identity
        guard let place = firsts[identity], rule.refs[place].isSame(as: ref) else {
          firsts[identity] = index
          continue
        }
        // Pools are reported by R2 and R3.
        guard !ref.isPool else { continue }
        let path = Path.to("backendRefs", index)
        let message =
          "\(ref.name) is listed twice with nothing to tell the two apart; keep one, or give each "
          + "its modelNameOverride"
        let sum = (rule.refs[place].weight ?? 1) + (ref.weight ?? 1)
        if rule.refs.count > 2, 0...HTTPRouteLimits.weight ~= sum {
          report.add(
            message, at: path, fix: "remove the second, and give its weight to the first",
            .set(.to("backendRefs", place, "weight"), .integer(sum)), .remove(path))
        } else {
          report.add(
            message, at: path, caution: rule.refs.count > 2 ? .guess : nil,
            fix: "remove the second", .remove(path))
        }
      }
    })
}
