import Schemas
import YAML
import Resources

extension Rule {
  static let sectionWithoutLimit = Rule(
    "L17", "section-without-limit", .error,
    "a listener's policy that drops the Gateway's buffer limit",
    why: "Policies are not merged: the listener's policy replaces the whole policy of the Gateway, "
      + "so requests to the listener are limited to 32768 bytes again.",
    bad: "policy on gw with bufferLimit, policy on gw/https without",
    good: "bufferLimit in both policies",
    reference: Upstream.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    .bundle { index, report in
      for holder in index.clientPolicies.all where holder.policy.bufferLimit == nil {
        for target in holder.policy.targets(kind: "Gateway") {
          let gateway = ObjectKey(holder.policy.home, target.name)
          guard let section = target.sectionName,
            index.clientPolicies[.gateway(gateway, listener: section)]?.index == holder.index,
            let limit = index.clientPolicies[.gateway(gateway)]?.policy.bufferLimit
          else { continue }
          report.add(
            "this replaces the Gateway's policy on listener \(section), where 32768 bytes hold "
              + "again; write bufferLimit here too", at: .bufferLimit, in: holder.index,
            fix: "write bufferLimit \(limit.scalar?.text ?? "")", .set(.bufferLimit, limit))
        }
      }
    })
}
