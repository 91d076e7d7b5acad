import Schemas
import YAML
import Resources

extension Rule {
  static let sectionWithoutLimit = Rule(
    "L17", "section-without-limit", .error,
    "a listener's policy that drops the Gateway's buffer limit",
    why: "Policies are not merged: the listener's policy replaces the whole policy of the Gateway, "
      + "so requests to the listener are limited to \(RuntimeDefault.bufferLimit) bytes again. If it is the first on its "
      + "port, so are those to the others on that port.",
    bad: "policy on gw with bufferLimit, policy on gw/https without",
    good: "bufferLimit in both policies",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    repair: .automatic, traits: .rivals,
    .bundle { index, report in
      for holder in index.clientPolicies.all where holder.policy.bufferLimit == nil {
        for target in holder.policy.targets(kind: "Gateway") {
          let gateway = ObjectKey(holder.policy.namespace, target.name)
          guard let section = target.sectionName,
            let lost = index.listenersLimited(by: section, of: gateway),
            index.clientPolicies[.gateway(gateway, listener: section)]?.index == holder.index,
            let limit = index.clientPolicies[.gateway(gateway)]?.policy.bufferLimit
          else { continue }
          report.add(
            "this replaces the Gateway's policy on listener \(section), so that \(RuntimeDefault.bufferLimit) bytes hold "
              + "again on \(lost.joined(separator: ", ")); write bufferLimit here too",
            at: .bufferLimit, in: holder.index,
            fix: "write bufferLimit \(limit.scalar?.text ?? "")", .set(.bufferLimit, limit))
        }
      }
    })
}

extension ResourceIndex {
  /// The listeners that get the buffer limit of one, itself and those behind it on its port; nil
  /// where another stands before it, or where it shares its port in plain HTTP, which L18 reports.
  fileprivate func listenersLimited(by section: String, of gateway: ObjectKey) -> [String]? {
    guard let place = listener(section, of: gateway) else { return [section] }
    guard first(onPortOf: place).place.isSame(as: place), sharer(of: place) == nil else {
      return nil
    }
    return listeners(onPortOf: place).map(\.listener.name)
  }
}
