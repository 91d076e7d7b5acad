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

  /// Why AI Gateway answers 401 without the credential that each request is to bring, nil where
  /// it does not, and where something may still write the header.
  func missingCredential(of kind: GroupKind, _ backend: ObjectKey, _ answer: Answer) -> String? {
    guard let (policy, header) = requiredCredential(of: kind, backend, answer),
      !(header.map(index.writes(header:)) ?? false)
    else { return nil }
    return "BackendSecurityPolicy \(policy.name) takes the credential from "
      + "\(header.map { "header \($0)" } ?? "metadata"), which the request lacks (missing upstream "
      + "credential)"
  }

  /// Why AI Gateway answers 500 to a request that brings a part of a credential of AWS, be there one that
  /// it could fall back to (envoyproxy/ai-gateway v1.1.0, internal/backendauth/credential_override.go);
  /// nil where it does not, and where something may still write the rest.
  func incompleteCredential(of kind: GroupKind, _ backend: ObjectKey, _ answer: Answer) -> String? {
    guard index.release >= .v1_1, let policy = index.credentials(of: kind, backend).first,
      let override = CredentialOverride(policy), override.headers.count > 1,
      override.inputs.contains(where: answer.request.brings),
      let missing = override.headers.first(where: { !answer.request.brings($0) }),
      !index.writes(header: missing)
    else { return nil }
    return "BackendSecurityPolicy \(policy.key.name) takes the credential from headers, and the "
      + "request lacks \(missing) (incomplete per-request AWS credential)"
  }

  /// Headers from which a credential is taken and that a policy may write, so that it may be missing.
  func overrideReservations(_ answer: Answer) -> [String] {
    var seen: Set<ObjectKey> = []
    return answer.backends.filter { $0.weight > 0 && $0.failure == nil }.compactMap { backend in
      let kind = backend.isPool ? GroupKind.inferencePool : .aiServiceBackend
      guard let place = backend.settings,
        let (policy, header) = requiredCredential(of: kind, answer.backends[place].name, answer),
        let header, seen.insert(policy).inserted
      else { return nil }
      return
        "BackendSecurityPolicy \(policy.name) takes the credential from header \(header): where "
        + "no policy writes it, AI Gateway answers 401"
    }
  }

  /// The policy that takes the credential of a backend from requests only, if this one lacks it; the
  /// header is nil for metadata, which AI Gateway 1.1 never gets.
  private func requiredCredential(of kind: GroupKind, _ backend: ObjectKey, _ answer: Answer)
    -> (policy: ObjectKey, header: String?)?
  {
    guard index.release >= .v1_1, let policy = index.credentials(of: kind, backend).first,
      let override = CredentialOverride(policy), !override.fallsBack
    else { return nil }
    let header = override.headers.first { !answer.request.brings($0) }
    return override.headers.isEmpty || header != nil ? (policy.key, header) : nil
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

extension Request {
  /// Whether it has a header, by its name in lower case, that is not blank.
  fileprivate func brings(_ header: String) -> Bool {
    headers.contains { $0.name.lowercased() == header && $0.value.contains { $0 != " " } }
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
