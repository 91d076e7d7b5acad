import Resources
import Schemas

extension Simulator {
  /// What providers answer to requests without credentials, where no policy for a backend is here.
  func credentialReservations(_ answer: Answer) -> [String] {
    var seen: Set<ObjectKey> = []
    return answer.backends.compactMap { backend in
      guard backend.weight > 0, backend.upstream != nil, !backend.isPool,
        let name = backend.settings.map({ answer.backends[$0].name }),
        let effect = effectOfNoCredentials(on: name), seen.insert(name).inserted
      else { return nil }
      return "AIServiceBackend \(name.name): \(effect)"
    }
  }

  /// What a provider makes of requests without credentials; nil where there are some, and where it
  /// may well need none.
  private func effectOfNoCredentials(on key: ObjectKey) -> String? {
    guard let schema = index.service(key)?.api else { return nil }
    let policies = index.credentials(of: .aiServiceBackend, key)
    if schema == .gcpVertexAI || schema == .gcpAnthropic {
      return policies.contains { $0.vertex != nil }
        ? nil
        : "no BackendSecurityPolicy of type GCPCredentials is here for it; without one the path "
          + "lacks project and region, so that no request can work"
    }
    let backend = index.backend(ofService: key)
    // Who is asked for nothing but OpenAI's API may be anybody.
    guard policies.isEmpty, !(backend?.isPrivate ?? (schema == .openAI)) else { return nil }
    let provider = backend?.onlyHost ?? "the provider"
    let status = schema == .awsBedrock || schema == .awsAnthropic ? 403 : 401
    return "no BackendSecurityPolicy is here for it; without one \(provider) answers \(status)"
      + (schema == .openAI ? " if it wants a key" : "")
  }
}

extension Backend {
  /// Whether it is reached in the cluster, or by address.
  fileprivate var isPrivate: Bool {
    endpoints.allSatisfy { endpoint in
      switch endpoint.address {
      case .host(let host):
        endpoint.port != 443
          || [".svc", ".local", ".internal"].contains(where: { host.hasSuffix($0) })
      case .ip, .socket: true
      }
    }
  }
}
