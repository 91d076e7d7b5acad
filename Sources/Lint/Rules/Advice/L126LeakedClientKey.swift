import Resources
import Schemas
import YAML

extension Rule {
  static let leakedClientKey = Rule(
    "L126", "leaked-client-key", .warning,
    "a client's credential that is forwarded to the provider",
    why: "Envoy leaves the header or cookie with a client's key, token or password in the request, "
      + "but for keys where sanitize is set. The backend's own credential overwrites it only if both use the "
      + "same header; otherwise the provider sees what the client proves itself with to this "
      + "gateway.",
    bad: "apiKeyAuth: {extractFrom: [{headers: [Authorization]}]}, backend with AnthropicAPIKey",
    good: "apiKeyAuth: {extractFrom: [{headers: [Authorization]}], sanitize: true}",
    reference: Citation.envoyGateway("api/v1alpha1/api_key_auth_types.go"),
    repair: .automatic,
    .bundle { bundle, report in
      lazy var services = bundle.servicesOfGateways
      let targets = Dictionary(
        grouping: bundle.securityPolicies.attachments, by: \.holder.index
      ).mapValues { $0.map(\.target) }
      for holder in bundle.securityPolicies.all {
        let policy = holder.policy
        let credentials = ClientCredential.all(in: policy.spec)
        guard !credentials.isEmpty else { continue }
        let reached = Set(
          targets[holder.index, default: []].flatMap { target in
            target.kind == GroupKind.gateway.kind
              ? Array(services[target.object] ?? []) : bundle.services(ofRoute: target.object)
          })
        for credential in credentials {
          addFinding(credential, to: reached.sorted(), of: holder, in: bundle, &report)
        }
      }
    })

  private static func addFinding(
    _ credential: ClientCredential, to services: [ObjectKey],
    of holder: PolicyAttachments.Holder, in index: ResourceIndex, _ report: inout Report
  ) {
    for service in services {
      guard let header = credential.headers.first(where: { index.passes(header: $0, to: service) })
      else { continue }
      let path = Path.to("spec").appending(credential.part)
      let isKey = credential.part == "apiKeyAuth"
      let hosts = index.backend(ofService: service)?.hosts ?? []
      // A provider mostly reads, and logs, the headers that it knows.
      let isRead =
        secretHeaders.contains(header) && (isKey || hosts.contains(where: ProviderHost.isPublic))
      report.add(
        "AIServiceBackend \(service.name) gets clients' \(credential.title) in header \(header); write "
          + (isKey ? "sanitize: true" : "\(header) into its headerMutation.remove"),
        at: path, in: holder.index, severity: isRead ? .warning : .info)
      if isKey {
        report.attach(
          Fix(
            "write sanitize: true",
            [.set(document: holder.index, path.appending("sanitize"), .bool(true))]))
      } else {
        let edits = services.compactMap { index.removal(of: header, on: $0) }
        report.attach(Fix("remove \(header) from requests to the provider", edits))
      }
      return
    }
  }
}

/// What a SecurityPolicy asks of clients and leaves in their requests (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/jwt.go; envoyproxy/envoy v1.38.1,
/// source/extensions/filters/http/basic_auth/basic_auth_filter.cc).
private struct ClientCredential {
  /// The part of the policy.
  let part: String
  let title: String
  /// In lower case.
  let headers: [String]

  static func all(in spec: Node) -> [ClientCredential] {
    var found: [ClientCredential] = []
    if let keys = spec.given("apiKeyAuth"), keys.given("sanitize")?.bool != true {
      let places = keys.list("extractFrom")
      let headers = places.flatMap { $0.list("headers").compactMap(\.text) }
      let hasCookies = places.contains { !$0.list("cookies").isEmpty }
      found.append(
        ClientCredential("apiKeyAuth", "keys", headers + (hasCookies ? ["cookie"] : [])))
    }
    if let tokens = spec.given("jwt") {
      let headers = TokenPlaces(of: tokens).places.compactMap { place in
        switch place.source {
        case .header(let name): name
        case .cookie: "cookie"
        case .query: nil
        }
      }
      found.append(ClientCredential("jwt", "tokens", headers))
    }
    if spec.given("basicAuth") != nil {
      found.append(ClientCredential("basicAuth", "passwords", ["authorization"]))
    }
    return found
  }

  private init(_ part: String, _ title: String, _ headers: [String]) {
    self.part = part
    self.title = title
    self.headers = headers.map { $0.lowercased() }
  }
}

extension ResourceIndex {
  /// What takes a header that reaches the provider behind an AIServiceBackend out of its requests.
  fileprivate func removal(of header: String, on key: ObjectKey) -> DocumentEdit? {
    guard passes(header: header, to: key), let known = services[key] else { return nil }
    let path = Path.to("spec", "headerMutation", "remove")
    let removed = known.service.node[path]?.items ?? []
    return .set(document: known.index, path, .sequence(removed + [.string(header)]))
  }

  /// The AIServiceBackends that routes lead to from each Gateway.
  fileprivate var servicesOfGateways: [ObjectKey: Set<ObjectKey>] {
    var found: [ObjectKey: Set<ObjectKey>] = [:]
    for (service, gateways) in gatewaysOfServices {
      for gateway in gateways { found[gateway, default: []].insert(service) }
    }
    return found
  }

  /// The AIServiceBackends that a route leads to.
  fileprivate func services(ofRoute key: ObjectKey) -> [ObjectKey] {
    (route(key)?.route.rules ?? []).flatMap(\.refs).filter { !$0.isPool }
      .map { $0.target(from: key.namespace) }
  }
}
