import Schemas
import YAML
import Resources

extension Rule {
  static let sharedPort = Rule(
    "L18", "shared-port", .error, .controller,
    "a policy on one of several HTTP listeners that share a port",
    why: "Without TLS, Envoy treats listeners on one port as a single listener, so Envoy Gateway "
      + "refuses a policy for some of them; the Gateway's own policy does not apply there either. "
      + "The same applies to Gateways that are merged into one proxy.",
    bad: "listeners a and b on port 80, ClientTrafficPolicy on gw with sectionName: a",
    good: "ClientTrafficPolicy on gw without sectionName",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    repair: .automatic,
    .bundle { index, report in
      for holder in index.clientPolicies.all {
        for target in holder.policy.targets(kind: "Gateway") {
          let gateway = ObjectKey(holder.policy.namespace, target.name)
          guard let section = target.sectionName,
            let own = index.listener(section, of: gateway), let other = index.sharer(of: own)
          else { continue }
          let path = target.path.appending("sectionName")
          let message =
            "listener \(other.listener.name)\(other.owner(beside: own)) shares the port of "
            + "\(section) and both are plain HTTP, so the policy is refused; "
          if let wide = index.clientPolicies[.gateway(gateway)]?.policy, wide !== holder.policy {
            report.add(
              message + "write its settings in ClientTrafficPolicy \(wide.name), which is for the "
                + "whole Gateway", at: path, in: holder.index)
          } else if index.foreignListener(of: own) == nil {
            report.add(
              message + "target the whole Gateway", at: path, in: holder.index,
              // On other ports the policy would hold as well.
              caution: index.hasOnePort(gateway) ? nil : .guess, fix: "remove sectionName",
              .remove(path))
          } else {
            report.add(message + Rule.otherPort, at: path, in: holder.index)
          }
        }
      }
      checkMerged(index, &report)
    })

  /// Among Gateways that share their proxies the policy of a whole one is refused for what it
  /// shares with others.
  private static func checkMerged(_ index: ResourceIndex, _ report: inout Report) {
    for gateway in index.gateways.values.map(\.gateway).sorted(by: { $0.name < $1.name }) {
      guard let holder = index.clientPolicies[.gateway(gateway.name)] else { continue }
      let foreignListeners = gateway.listeners.lazy.filter(\.isReady).map {
        index.foreignListener(of: KnownListener(gateway: gateway, listener: $0))
      }
      guard let other = foreignListeners.compactMap(\.self).first else { continue }
      let path =
        holder.policy.targets(kind: "Gateway").first { $0.name == gateway.name.name }?.path
        ?? holder.policy.selectors.first?.path ?? .to("spec")
      report.add(
        "listener \(other.listener.name) of Gateway \(other.gateway.name.name) has port "
          + "\(other.listener.port ?? 0) on the same proxies and both are plain HTTP, so the policy "
          + "is refused; \(otherPort)", at: path, in: holder.index)
    }
  }

  /// What helps where Gateways that share their proxies share a port.
  static let otherPort = "use a port of its own, HTTPS, or one Gateway for both"
}

extension KnownListener {
  /// Its Gateway, where that is not the one of another listener.
  fileprivate func owner(beside other: KnownListener) -> String {
    gateway.name == other.gateway.name ? "" : " of Gateway \(gateway.name.name)"
  }
}

extension ResourceIndex {
  /// Whether all listeners of a Gateway have one port.
  fileprivate func hasOnePort(_ gateway: ObjectKey) -> Bool {
    Set(gateways[gateway]?.gateway.listeners.compactMap(\.port) ?? []).count == 1
  }
}
