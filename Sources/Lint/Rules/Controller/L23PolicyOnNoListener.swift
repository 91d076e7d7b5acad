import Schemas
import YAML
import Resources

extension Rule {
  static let policyOnNoListener = Rule(
    "L23.policy", "policy-on-no-listener", .error, .controller,
    "a policy on a listener that the Gateway does not have",
    why: "The policy finds no target and has no effect.",
    bad: "targetRefs: [{kind: Gateway, name: gw, sectionName: https}], Gateway gw with http",
    good: "targetRefs: [{kind: Gateway, name: gw, sectionName: http}]",
    reference: Upstream.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { bundle, report in
      guard !bundle.gateways.isEmpty else { return }
      let policies = Policy.Side.allCases.flatMap { bundle.policies($0).all }
      for holder in policies {
        let (index, policy) = (holder.index, holder.policy)
        for target in policy.targets(kind: "Gateway") {
          guard let section = target.sectionName,
            let gateway = bundle.gateways[ObjectKey(policy.home, target.name)]?.gateway,
            !gateway.listeners.isEmpty, !gateway.listeners.contains(where: { $0.name == section })
          else { continue }
          report.add(
            "Gateway \(target.name) has no listener \(section.quoted); use "
              + gateway.listeners.map(\.name).alternatives,
            at: target.path.appending("sectionName"), in: index)
        }
      }
    })
}
