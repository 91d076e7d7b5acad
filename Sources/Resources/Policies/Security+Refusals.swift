import Schemas
package import YAML

extension ResourceIndex {
  /// Why Envoy Gateway refuses what a BackendTrafficPolicy or SecurityPolicy asks for, as far as
  /// the documents say.
  package func refusals(of policy: Policy) -> [PolicyRefusal] {
    refusals(of: policy.spec, from: policy)
  }

  /// The same of a spec that a policy and its parent were merged to.
  package func refusals(of spec: Node, from policy: Policy) -> [PolicyRefusal] {
    switch policy.side {
    case .client, .extensions: return []
    case .backend:
      var refusals = BackendTraffic(spec: spec).refusals + overrides(in: spec, policy.home)
      if spec.given("rateLimit", "global") != nil,
        spec.given("rateLimit", "type")?.text != "Local", configuration(lacks: \.hasRateLimit)
      {
        refusals.append(
          PolicyRefusal(
            .to("spec", "rateLimit"),
            "RateLimit: enable Ratelimit in the EnvoyGateway config to configure global rateLimit",
            "write rateLimit.backend in its configuration"))
      }
      return refusals
    case .security:
      var refusals: [PolicyRefusal] = []
      refusals.judge(tokens: spec.given("jwt"))
      refusals.judge(authorization: spec.given("authorization"))
      refusals.judge(openID: spec.given("oidc"))
      refusals += storedRefusals(of: spec, home: policy.home)
      refusals += PolicyBackend.all(in: spec, home: policy.home).filter { !$0.failsOpen }
        .compactMap(refusal)
      // What is checked before anything is made of the policy.
      refusals.judge(sourcesOfKeys: spec.given("apiKeyAuth"))
      refusals.judge(passedHeaderOf: spec.given("oidc"), beside: spec.given("jwt"))
      return refusals
    }
  }
}

// MARK: Secrets and ConfigMaps

extension ResourceIndex {
  /// What is wrong with bodies that stand in a ConfigMap.
  private func overrides(in spec: Node, _ home: String) -> [PolicyRefusal] {
    spec.list("responseOverride").enumerated().compactMap { index, item in
      guard let body = item.given("response", "body"), body.given("type")?.text == "ValueRef",
        let name = body.given("valueRef", "name")?.text,
        let map = stored("ConfigMap", ObjectKey(home, name)), map.entries.isEmpty
      else { return nil }
      return PolicyRefusal(
        .to("spec", "responseOverride", index, "response", "body", "valueRef", "name"),
        "ResponseOverride: can't find the key response.body in the referenced configmap "
          + "\(home)/\(name)", "write the body under response.body there")
    }
  }

  /// What is wrong with the Secrets that a SecurityPolicy reads.
  private func storedRefusals(of spec: Node, home: String) -> [PolicyRefusal] {
    var refusals: [PolicyRefusal] = []
    let keys = Path.to("spec", "apiKeyAuth", "credentialRefs")
    var clients: [String: String] = [:]
    for (index, ref) in (spec.given("apiKeyAuth")?.list("credentialRefs") ?? []).enumerated() {
      for entry in secret(ref, home)?.data.entries ?? [] where clients[entry.key] == nil {
        guard let value = entry.value else { continue }
        if clients.values.contains(value) {
          refusals.append(
            PolicyRefusal(
              keys.appending(index), "APIKeyAuth: duplicated API key",
              "give client \(entry.key) a key of its own"))
          return refusals
        }
        clients[entry.key] = value
      }
    }
    if let ref = spec.given("basicAuth", "users"), let (name, data) = secret(ref, home) {
      refusals.judge(users: data.entry(".htpasswd"), of: name)
    }
    if let ref = spec.given("oidc", "clientSecret"), let (name, data) = secret(ref, home),
      data.entry("client-secret") == nil
    {
      refusals.append(
        PolicyRefusal(
          .to("spec", "oidc", "clientSecret"),
          "OIDC: client secret not found in secret \(name)",
          "write it under client-secret there"))
    }
    return refusals
  }

  private func secret(_ ref: Node, _ home: String) -> (name: ObjectKey, data: StoredData)? {
    guard let name = ref["name"]?.text else { return nil }
    let key = ObjectKey(ref.given("namespace")?.text ?? home, name)
    return stored("Secret", key).map { (key, $0) }
  }
}

// MARK: SecurityPolicies by themselves (envoyproxy/gateway v1.8.1, internal/gatewayapi/securitypolicy.go)

extension [PolicyRefusal] {
  fileprivate mutating func judge(users entry: StoredData.Entry?, of secret: ObjectKey) {
    let path = Path.to("spec", "basicAuth", "users")
    guard let entry else {
      append(
        PolicyRefusal(
          path, "BasicAuth: secret \(secret) must contain a non-empty \".htpasswd\" key",
          "write the users under .htpasswd there"))
      return
    }
    for line in (entry.value ?? "").split(whereSeparator: \.isNewline) {
      let line = line.drop(while: \.isWhitespace)
      guard !line.isEmpty else { continue }
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts.count == 2, parts[1].hasPrefix("{SHA}") else {
        append(
          PolicyRefusal(
            path, "BasicAuth: unsupported htpasswd format: please use {SHA}",
            "write what htpasswd -s prints"))
        return
      }
    }
  }

  fileprivate mutating func judge(tokens: Node?) {
    var names: Set<String> = []
    for (index, provider) in (tokens?.list("providers") ?? []).enumerated() {
      let path = Path.to("spec", "jwt", "providers", index)
      if let uri = provider.given("remoteJWKS", "uri")?.text, !uri.isRequestURI {
        append(
          PolicyRefusal(
            path.appending(.to("remoteJWKS", "uri")),
            "JWT: invalid remote JWKS URI: parse \(uri.quoted): invalid URI for request",
            "write a URL such as https://issuer.example.com/jwks.json"))
      }
      if let issuer = provider.given("issuer")?.text, issuer.utf8.contains(UInt8(ascii: ":")),
        !issuer.isRequestURI
      {
        append(
          PolicyRefusal(
            path.appending("issuer"),
            "JWT: invalid issuer; when issuer contains ':' character, it MUST be a valid URI",
            "write a URL such as https://issuer.example.com"))
      }
      if let name = provider["name"]?.text, !names.insert(name).inserted {
        append(
          PolicyRefusal(
            path.appending("name"), "JWT: provider name \(name) must be unique",
            "use another name"))
      }
    }
  }

  fileprivate mutating func judge(authorization: Node?) {
    for (index, rule) in (authorization?.list("rules") ?? []).enumerated() {
      let networks = rule.given("principal")?.list("clientCIDRs") ?? []
      for (place, network) in networks.enumerated() {
        judge(
          network: network,
          at: .to(
            "spec", "authorization", "rules", index, "principal", "clientCIDRs", place),
          "Authorization: unable to translate authorization rule")
      }
    }
  }

  /// A network that Go cannot read.
  mutating func judge(network: Node?, at path: Path, _ topic: String) {
    guard let text = network?.text, !IPAddress.isNetwork(text), !Variable.isIn(text) else {
      return
    }
    append(
      PolicyRefusal(
        path, "\(topic): invalid CIDR address: \(text)", "use a network such as 10.0.0.0/8"))
  }

  fileprivate mutating func judge(openID: Node?) {
    guard let url = openID?.given("redirectURL")?.text, !Variable.isIn(url) else { return }
    let scheme = url.prefix { $0 != ":" }
    let rest = url.dropFirst(scheme.count)
    let host = rest.dropFirst(3).prefix { $0 != "/" }
    let hasPath = rest.dropFirst(3 + host.count).count > 1
    let isKnown = ["http", "https", "%REQ(x-forwarded-proto)%"].contains(scheme)
    guard !isKnown || !rest.hasPrefix("://") || host.isEmpty || !hasPath else { return }
    append(
      PolicyRefusal(
        .to("spec", "oidc", "redirectURL"), "OIDC: invalid redirect URL \(url)",
        "write scheme, host and a path, such as https://chat.example.com/oauth2/callback"))
  }

  fileprivate mutating func judge(sourcesOfKeys keys: Node?) {
    for (index, source) in (keys?.list("extractFrom") ?? []).enumerated() {
      guard ["headers", "params", "cookies"].count(where: { !source.list($0).isEmpty }) > 1 else {
        continue
      }
      append(
        PolicyRefusal(
          .to("spec", "apiKeyAuth", "extractFrom", index),
          "Only one of headers, params or cookies must be specified",
          "write an item for each", isIgnored: true))
    }
  }

  fileprivate mutating func judge(passedHeaderOf openID: Node?, beside tokens: Node?) {
    guard openID?.given("passThroughAuthHeader")?.bool == true else { return }
    let isRead = (tokens?.list("providers") ?? []).contains { provider in
      guard let sources = provider.given("extractFrom") else { return true }
      return !sources.list("headers").isEmpty
    }
    guard !isRead else { return }
    append(
      PolicyRefusal(
        .to("spec", "oidc", "passThroughAuthHeader"),
        "The OIDC.PassThroughAuthHeader setting must be used in conjunction with "
          + (tokens == nil
            ? "JWT settings" : "a JWT provider that is configured to read from a header"),
        "write jwt, or leave it out", isIgnored: true))
  }
}

extension String {
  /// Whether Go's url.ParseRequestURI takes it: a path from the root, or a scheme and more.
  fileprivate var isRequestURI: Bool {
    if Variable.isIn(self) { return true }
    guard !isEmpty, !utf8.contains(where: { $0 <= 0x20 || $0 == 0x7f }) else { return false }
    if hasPrefix("/") { return true }
    let scheme = prefix { $0 != ":" }
    return scheme.utf8.count < utf8.count && scheme.first?.isLetter == true
      && scheme.utf8.allSatisfy { byte in
        (0x61...0x7a).contains(byte | 0x20) || (0x30...0x39).contains(byte)
          || [UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte)
      }
  }
}
