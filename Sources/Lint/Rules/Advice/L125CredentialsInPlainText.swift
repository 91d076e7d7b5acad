import Resources
import Schemas
import YAML

extension Rule {
  static let credentialsInPlainText = Rule(
    "L125", "credentials-in-plain-text", .warning, "client credentials over plain HTTP",
    why: "Clients send their keys and tokens in headers. Over plain HTTP anybody on the network "
      + "path can read them, unless TLS is terminated in front of the Gateway.",
    bad: "listeners: [{name: http, port: 80, protocol: HTTP}], SecurityPolicy {apiKeyAuth: ...}",
    good: "listeners: [{name: https, port: 443, protocol: HTTPS, tls: ...}]",
    reference: Citation.envoyGatewayCRD("securitypolicies"),
    .bundle { bundle, report in
      for holder in bundle.securityPolicies.all {
        let ways = ["apiKeyAuth", "basicAuth", "jwt", "oidc"]
        guard let way = ways.first(where: { holder.policy.spec.given($0) != nil }) else { continue }
        for (gateway, section) in bundle.gateways(under: holder.policy) {
          let listeners = gateway.listeners.filter {
            $0.isHTTP && (section == nil || $0.name == section)
          }
          guard !listeners.isEmpty, listeners.allSatisfy(\.isPlainHTTP) else { continue }
          report.add(
            "Gateway \(gateway.name.name) listens on plain HTTP only, which exposes clients' "
              + "credentials in transit; use an HTTPS listener, unless TLS ends in front of it",
            at: .to("spec", way), in: holder.index)
          break
        }
      }
    })
}

extension ResourceIndex {
  /// The Gateways here that a policy is on, itself or by its routes, with the listener that it
  /// names.
  func gateways(under policy: Policy) -> [(gateway: Gateway, section: String?)] {
    let own = policy.targets(kind: GroupKind.gateway.kind).compactMap { target in
      gateways[ObjectKey(policy.namespace, target.name)].map { ($0.gateway, target.sectionName) }
    }
    let routed = policy.targets(kind: GroupKind.httpRoute.kind).flatMap { target in
      guard let route = route(ObjectKey(policy.namespace, target.name))?.route else {
        return [(Gateway, String?)]()
      }
      return route.parents.filter(\.isGateway).compactMap { parent in
        gateways[route.gateway(of: parent)].map { ($0.gateway, parent.sectionName) }
      }
    }
    return (own + routed).map { (gateway: $0.0, section: $0.1) }
  }
}
