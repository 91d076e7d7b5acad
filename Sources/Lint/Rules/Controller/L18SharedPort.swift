import Schemas
import YAML
import Resources

extension Rule {
  static let sharedPort = Rule(
    "L18", "shared-port", .error, .controller,
    "a policy on one of several HTTP listeners that share a port",
    why: "Without TLS, Envoy treats listeners on one port as a single listener, so Envoy Gateway "
      + "refuses a policy for some of them; the Gateway's own policy does not apply there either.",
    bad: "listeners a and b on port 80, ClientTrafficPolicy on gw with sectionName: a",
    good: "ClientTrafficPolicy on gw without sectionName",
    reference: Upstream.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    .bundle { index, report in
      for holder in index.clientPolicies.all {
        for target in holder.policy.targets(kind: "Gateway") {
          guard let section = target.sectionName,
            let gateway = index.gateways[ObjectKey(holder.policy.home, target.name)]?.gateway,
            let own = gateway.listener(section), let other = gateway.sharers(of: own).first
          else { continue }
          let path = target.path.appending("sectionName")
          report.add(
            "listener \(other.name) shares the port of \(section) and both are plain HTTP, so "
              + "the policy is refused; target the whole Gateway", at: path, in: holder.index,
            fix: "remove sectionName", .remove(path))
        }
      }
    })
}
