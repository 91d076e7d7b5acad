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
      var reported: Set<Int> = []
      for attachment in bundle.securityPolicies.attachments {
        let holder = attachment.holder
        let ways = Policy.authenticationFields.filter { $0 != "extAuth" }
        guard let way = ways.first(where: { holder.policy.spec.given($0) != nil }),
          !reported.contains(holder.index)
        else { continue }
        for (gateway, section) in bundle.gateways(under: attachment.target) {
          let listeners = gateway.listeners.filter {
            $0.isHTTP && (section == nil || $0.name == section)
          }
          guard !listeners.isEmpty, listeners.allSatisfy(\.isPlainHTTP) else { continue }
          reported.insert(holder.index)
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
  /// The Gateways here that a policy's target is, or by which it is served, each with the listener that
  /// is named.
  fileprivate func gateways(under target: PolicyTarget) -> [(gateway: Gateway, section: String?)] {
    if target.kind == GroupKind.gateway.kind {
      return gateways[target.object].map { [($0.gateway, target.section)] } ?? []
    }
    guard let route = route(target.object)?.route else { return [] }
    return route.parents.filter(\.isGateway).compactMap { parent in
      gateways[route.gateway(of: parent)].map { ($0.gateway, parent.sectionName) }
    }
  }
}
