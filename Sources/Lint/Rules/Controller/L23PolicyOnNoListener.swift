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
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    traits: .form,
    .bundle { bundle, report in
      guard !bundle.gateways.isEmpty else { return }
      let policies = Policy.Kind.allCases.flatMap { bundle.policies($0).all }
      for holder in policies {
        let (index, policy) = (holder.index, holder.policy)
        for target in policy.targets(kind: "Gateway") {
          guard let section = target.sectionName,
            let gateway = bundle.gateways[ObjectKey(policy.namespace, target.name)]?.gateway,
            !gateway.listeners.isEmpty
          else { continue }
          let names = bundle.listenerNames(of: gateway)
          guard !names.contains(section) else { continue }
          let open = gateway.takesListenerSets
          report.add(
            "Gateway \(target.name) has no listener \(section.quoted)\(open ? " here" : ""); use "
              + names.alternatives + (open ? ", or write it in a ListenerSet" : ""),
            at: target.path.appending("sectionName"), in: index,
            severity: open ? bundle.listenerSets(of: gateway).isEmpty ? .info : .warning : nil)
        }
      }
    })
}
