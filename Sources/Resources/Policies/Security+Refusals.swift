import Schemas
import YAML

extension ResourceIndex {
  /// Why Envoy Gateway refuses a SecurityPolicy (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/securitypolicy.go).
  func securityRefusals(of spec: Node, namespaces: PartNamespaces) -> [PolicyRefusal] {
    var refusals: [PolicyRefusal] = []
    refusals.checkTokens(spec.given("jwt"))
    refusals.checkAuthorization(spec.given("authorization"))
    refusals.checkOpenID(spec.given("oidc"))
    refusals += storedRefusals(of: spec, namespaces: namespaces)
    refusals += self.refusals(
      of: PolicyBackend.all(in: spec, namespaces: namespaces).filter { !$0.failsOpen })
    refusals.checkBackendSettings(in: spec)
    refusals.checkServices(of: spec.given("extAuth"))
    // What is checked before anything is made of the policy.
    refusals.checkKeySources(spec.given("apiKeyAuth"))
    refusals.checkPassedHeader(of: spec.given("oidc"), beside: spec.given("jwt"))
    return refusals
  }
}

extension [PolicyRefusal] {
  /// Checks `backendSettings` of the services that a SecurityPolicy asks.
  fileprivate mutating func checkBackendSettings(in spec: Node) {
    var places: [(Path, String)] = [(.to("oidc", "provider"), "OIDC")]
    if spec.given("extAuth", "failOpen")?.bool != true {
      places += [(.to("extAuth", "http"), "ExtAuth"), (.to("extAuth", "grpc"), "ExtAuth")]
    }
    for index in (spec.given("jwt")?.list("providers") ?? []).indices {
      places.append((.to("jwt", "providers", index, "remoteJWKS"), "JWT"))
    }
    for (place, part) in places {
      checkClusterSettings(
        spec[place]?.given("backendSettings"),
        at: Path.to("spec").appending(place).appending("backendSettings"), for: part)
    }
  }

  /// Two services of `extAuth`, which the API server lets nobody write into one policy; with `failOpen`
  /// requests pass.
  fileprivate mutating func checkServices(of extAuth: Node?) {
    guard extAuth?.given("grpc") != nil, extAuth?.given("http") != nil,
      extAuth?.given("failOpen")?.bool != true
    else { return }
    append(
      PolicyRefusal(
        .to("spec", "extAuth"), "ExtAuth: only one of grpc or http can be specified",
        "use the same one in both"))
  }

  /// What is wrong with the issuers of tokens and where their keys are.
  mutating func checkTokens(_ tokens: Node?) {
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
      } else if let issuer = provider.given("issuer")?.text, issuer.isBrokenAddress {
        append(
          PolicyRefusal(
            path.appending("issuer"),
            "JWT: invalid issuer; when issuer contains '@' character, it MUST be a valid Email "
              + "Address format", "write an address such as tokens@example.com"))
      }
      for (place, claim) in provider.list("claimToHeaders").enumerated() {
        for key in ["header", "claim"] where claim[key]?.text == "" {
          append(
            PolicyRefusal(
              path.appending(.to("claimToHeaders", place)).appending(key),
              "JWT: \(key) must be set for claimToHeader provider: ", "write a name"))
        }
      }
      if let name = provider["name"]?.text, !Variable.isIn(name),
        !Pattern.labelKey.accepts(name)
      {
        append(
          PolicyRefusal(
            path.appending("name"),
            "JWT: name part must consist of alphanumeric characters, '-', '_' or '.', and must start "
              + "and end with an alphanumeric character",
            "use a name such as \"company-idp\""))
      } else if let name = provider["name"]?.text, !names.insert(name).inserted {
        append(
          PolicyRefusal(
            path.appending("name"), "JWT: provider name \(name) must be unique",
            "use another name"))
      }
    }
  }

  mutating func checkAuthorization(_ authorization: Node?) {
    for (index, rule) in (authorization?.list("rules") ?? []).enumerated() {
      let networks = rule.given("principal")?.list("clientCIDRs") ?? []
      for (place, network) in networks.enumerated() {
        checkNetwork(
          network,
          at: .to(
            "spec", "authorization", "rules", index, "principal", "clientCIDRs", place),
          "Authorization: unable to translate authorization rule")
      }
    }
  }

  /// A network that Go cannot read.
  mutating func checkNetwork(_ network: Node?, at path: Path, _ topic: String) {
    guard let text = network?.text, !IPAddress.isNetwork(text), !Variable.isIn(text) else {
      return
    }
    append(
      PolicyRefusal(
        path, "\(topic): invalid CIDR address: \(text)", "use a network such as 10.0.0.0/8"))
  }

  mutating func checkOpenID(_ openID: Node?) {
    if let endpoint = openID?.given("provider", "tokenEndpoint")?.text,
      let host = URLParts(endpoint)?.host, IPAddress.bytes(host)?.count == 4
    {
      append(
        PolicyRefusal(
          .to("spec", "oidc", "provider", "tokenEndpoint"),
          "OIDC: token endpoint URL must be a domain name: \(endpoint)",
          "use the name of the host"))
    }
    guard let url = openID?.given("redirectURL")?.text, !Variable.isIn(url) else { return }
    if let parts = URLParts(url), !parts.authority.isEmpty, parts.path.count > 1,
      ["http", "https", "%REQ(x-forwarded-proto)%"].contains(parts.scheme)
    {
      return
    }
    append(
      PolicyRefusal(
        .to("spec", "oidc", "redirectURL"), "OIDC: invalid redirect URL \(url)",
        "write scheme, host and a path, such as https://chat.example.com/oauth2/callback"))
  }

  mutating func checkKeySources(_ keys: Node?) {
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

  mutating func checkPassedHeader(of openID: Node?, beside tokens: Node?) {
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
        tokens == nil
          ? "write jwt, or leave it out" : "write extractFrom.headers for a provider of jwt",
        isIgnored: true))
  }
}

extension String {
  /// Whether it has an `@` and Go's mail.ParseAddress does not take it: nothing stands before or
  /// behind it, or a space between.
  fileprivate var isBrokenAddress: Bool {
    guard !Variable.isIn(self), !utf8.contains(UInt8(ascii: "<")) else { return false }
    let parts = split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count > 1 else { return false }
    return parts.count > 2 || parts.contains { $0.isEmpty || $0.contains(" ") }
  }

  /// Whether Go's url.ParseRequestURI takes it: a path from the root, or a scheme and more.
  var isRequestURI: Bool {
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
