import Resources
import Schemas
import YAML

extension Rule {
  static let leakedClientKey = Rule(
    "L126", "leaked-client-key", .warning,
    "a client's API key, token or password that is forwarded to the provider",
    why: "Envoy leaves the header with the client's key in the request unless sanitize is set, and "
      + "one with a token or password always. The backend's own credential overwrites it only if "
      + "both use the same header; otherwise the provider sees the client's for this gateway.",
    bad: "apiKeyAuth: {extractFrom: [{headers: [Authorization]}]}, backend with AnthropicAPIKey",
    good: "apiKeyAuth: {extractFrom: [{headers: [Authorization]}], sanitize: true}",
    reference: Citation.envoyGateway("api/v1alpha1/api_key_auth_types.go"),
    .bundle { bundle, report in
      lazy var services = bundle.servicesOfGateways
      for holder in bundle.securityPolicies.all {
        let served = bundle.gateways(of: holder.policy).flatMap { services[$0] ?? [] }.sorted()
        for (part, header) in holder.policy.forwardedHeaders {
          guard
            let service = served.first(where: {
              bundle.isPublic($0) && bundle.passes(header: header, to: $0)
            })
          else { continue }
          report.add(
            "AIServiceBackend \(service.name) gets what clients are known by (\(part)) in header "
              + "\(header); write it into headerMutation.remove there", at: .to("spec", part),
            in: holder.index, severity: secretHeaders.contains(header) ? .warning : .info)
        }
        guard let keys = holder.policy.spec.given("apiKeyAuth"),
          keys.given("sanitize")?.bool != true
        else { continue }
        let headers = keys.list("extractFrom").flatMap {
          $0.list("headers").compactMap { $0.text?.lowercased() }
        }
        for service in served {
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

extension Policy {
  /// The headers by which a SecurityPolicy knows clients and which Envoy passes on, each with the part
  /// that asks for it (envoyproxy/gateway v1.8.1, internal/xds/translator/jwt.go, basic_auth.go).
  fileprivate var forwardedHeaders: [(part: String, header: String)] {
    var found: [(part: String, header: String)] = []
    if spec.given("basicAuth") != nil { found.append(("basicAuth", "authorization")) }
    let places = (spec.given("jwt")?.list("providers") ?? []).compactMap { provider in
      guard let source = provider.given("extractFrom") else { return "authorization" }
      return source.list("headers").first?["name"]?.text?.lowercased()
    }
    if let header = places.first { found.append(("jwt", header)) }
    return found
  }
}

extension ResourceIndex {
  /// The Gateways that a policy targets by name.
  fileprivate func gateways(of policy: Policy) -> [ObjectKey] {
    policy.targets(kind: GroupKind.gateway.kind).map { ObjectKey(policy.namespace, $0.name) }
  }

  /// Whether a provider on the internet is behind an AIServiceBackend.
  fileprivate func isPublic(_ service: ObjectKey) -> Bool {
    backend(ofService: service)?.hosts.contains(where: ProviderHost.isPublic) ?? false
  }

  /// The AIServiceBackends that routes lead to from each Gateway.
  fileprivate var servicesOfGateways: [ObjectKey: Set<ObjectKey>] {
    var found: [ObjectKey: Set<ObjectKey>] = [:]
    for (service, gateways) in gatewaysOfServices {
      for gateway in gateways { found[gateway, default: []].insert(service) }
    }
    return found
  }

  /// Whether a header of clients reaches the provider behind a backend, as far as is known.
  fileprivate func passes(header: String, to key: ObjectKey) -> Bool {
    guard let service = service(key) else { return false }
    let removed = service.node.given("spec", "headerMutation")?.list("remove") ?? []
    guard !removed.contains(where: { $0.text?.lowercased() == header }) else { return false }
    guard let policy = credentials(of: .aiServiceBackend, key).first else {
      // Its credentials may stand in another file, unless others of the namespace stand here.
      return credentials.contains { $0.credentials.key.namespace == key.namespace }
    }
    return policy.header.map { $0 != header } ?? false
  }
}

extension BackendSecurityPolicy {
  /// The header that it sets for the provider (internal/backendauth).
  fileprivate var header: String? {
    switch type {
    case "APIKey", "AWSCredentials", "AzureCredentials", "GCPCredentials": "authorization"
    case "AzureAPIKey": "api-key"
    case "AnthropicAPIKey": "x-api-key"
    case _: nil
    }
  }
}
