import Resources
import Schemas
import YAML

extension Rule {
  static let leakedClientKey = Rule(
    "L126", "leaked-client-key", .warning, "a client's API key that is forwarded to the provider",
    why: "Envoy leaves the header with the client's key in the request unless sanitize is set. The "
      + "backend's own credential overwrites it only if both use the same header; otherwise the "
      + "provider sees the client's key for this gateway.",
    bad: "apiKeyAuth: {extractFrom: [{headers: [Authorization]}]}, backend with AnthropicAPIKey",
    good: "apiKeyAuth: {extractFrom: [{headers: [Authorization]}], sanitize: true}",
    reference: Citation.envoyGateway("api/v1alpha1/api_key_auth_types.go"),
    .bundle { bundle, report in
      lazy var services = bundle.servicesOfGateways
      for holder in bundle.securityPolicies.all {
        guard let keys = holder.policy.spec.given("apiKeyAuth"),
          keys.given("sanitize")?.bool != true
        else { continue }
        let headers = keys.list("extractFrom").flatMap {
          $0.list("headers").compactMap { $0.text?.lowercased() }
        }
        let gateways = holder.policy.targets(kind: GroupKind.gateway.kind)
          .map { ObjectKey(holder.policy.namespace, $0.name) }
        for service in gateways.flatMap({ services[$0] ?? [] }).sorted() {
          guard let header = headers.first(where: { bundle.passes(header: $0, to: service) }) else {
            continue
          }
          report.add(
            "AIServiceBackend \(service.name) gets clients' keys in header \(header); write "
              + "sanitize: true", at: .to("spec", "apiKeyAuth"), in: holder.index,
            // A provider mostly reads, and logs, the headers that it knows.
            severity: secretHeaders.contains(header) ? .warning : .info,
            fix: "write sanitize: true",
            .set(.to("spec", "apiKeyAuth", "sanitize"), .bool(true)))
          break
        }
      }
    })
}

extension ResourceIndex {
  /// The AIServiceBackends that routes lead to from each Gateway.
  fileprivate var servicesOfGateways: [ObjectKey: Set<ObjectKey>] {
    var found: [ObjectKey: Set<ObjectKey>] = [:]
    for (service, gateways) in gatewaysOfServices {
      for gateway in gateways { found[gateway, default: []].insert(service) }
    }
    return found
  }
}
