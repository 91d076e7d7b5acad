import Schemas
import YAML

// MARK: What proves who clients are

extension InvalidSettingCollector {
  /// What a SecurityPolicy asks for.
  mutating func checkSecuritySettings(in spec: Path) {
    let providers = spec.appending(.to("jwt", "providers"))
    for index in (object[providers]?.items ?? []).indices {
      let provider = providers.appending(index)
      let keys = provider.appending("remoteJWKS")
      checkDuration(at: keys.appending("cacheDuration"))
      checkNonEmptyNames(in: provider.appending(.to("extractFrom", "headers")))
      // What else there is Envoy Gateway refuses with the policy.
      if object[keys]?.given("uri")?.text?.isRequestURI == true {
        checkServer(of: keys.appending("uri"), beside: keys)
      }
    }
    let login = spec.appending(.to("oidc", "provider"))
    checkServer(of: login.appending("tokenEndpoint"), beside: login)
    checkLoginURL(at: login.appending("authorizationEndpoint"))
    checkRedirectURL(at: spec.appending(.to("oidc", "redirectURL")))
    let rules = spec.appending(.to("authorization", "rules"))
    for (index, rule) in (object[rules]?.items ?? []).enumerated() {
      let claims = rule.given("principal", "jwt")?.list("claims") ?? []
      for (place, claim) in claims.enumerated() {
        guard let name = claim.given("name")?.text else { continue }
        checkClaimName(
          at: rules.appending(.to(index, "principal", "jwt", "claims", place, "name")), name)
      }
    }
    for token in ["accessToken", "idToken"] {
      checkCookieName(at: spec.appending(.to("oidc", "cookieNames", token)))
    }
    checkMatchExpressions(in: spec.appending(.to("oidc", "denyRedirect", "headers")))
    checkPathPrefix(at: spec.appending(.to("extAuth", "http", "path")))
    checkPlacesOfKeys(in: spec.appending(.to("apiKeyAuth", "extractFrom")))
  }

  /// Where clients come back to, in which Envoy looks for command operators (envoyproxy/envoy
  /// v1.38.1, source/extensions/filters/http/oauth2/filter.cc).
  private mutating func checkRedirectURL(at path: Path) {
    guard let text = object[path]?.text, Self.problem(ofFormat: text) != nil else { return }
    add(
      path, "a percent sign begins a command operator of Envoy; write a path without one",
      component: .envoy)
  }

  /// Where clients are sent for a login (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/oauth2/filter.cc).
  private mutating func checkLoginURL(at path: Path) {
    guard let text = object[path]?.text, !text.isEmpty, !Variable.isIn(text),
      !["http://", "https://"].contains(where: text.lowercased().hasPrefix)
        || text.contains(where: \.isWhitespace)
    else { return }
    add(
      path, "it is no URL; write one such as https://auth.example.com/authorize", component: .envoy)
  }

  /// The name of a claim, which Envoy Gateway cuts at its dots (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/authorization.go).
  private mutating func checkClaimName(at path: Path, _ name: String) {
    guard name.split(separator: ".", omittingEmptySubsequences: false).contains(where: \.isEmpty)
    else { return }
    add(path, "a part of \(name.quoted) between dots is empty; write the claim's name")
  }

  /// The cookie that a token is kept in (envoyproxy/go-control-plane,
  /// envoy/extensions/filters/http/oauth2/v3/oauth.pb.validate.go).
  private mutating func checkCookieName(at path: Path) {
    checkHeaderLikeName(at: path, "a name for a cookie; write one such as access-token") { name in
      name.filter { $0 != "," && $0 != ":" }
    }
  }

  /// Where API keys are looked for (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/api_key_auth/api_key_auth.cc).
  private mutating func checkPlacesOfKeys(in path: Path) {
    for (index, source) in (object[path]?.items ?? []).enumerated() {
      for key in ["headers", "params", "cookies"] {
        for (place, name) in source.list(key).enumerated() where name.text == "" {
          add(
            path.appending(.to(index, key, place)), "the name is empty; write one",
            component: .envoy)
        }
      }
    }
  }

  /// A path that Envoy puts before those of requests (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/common/ext_authz/ext_authz_http_impl.cc).
  private mutating func checkPathPrefix(at path: Path) {
    guard let text = object[path]?.text, !text.isEmpty, !text.hasPrefix("/"),
      !Variable.isIn(text)
    else { return }
    add(path, "begin the path with a slash", .string("/" + text), component: .envoy)
  }

  /// A URL for whose server Envoy Gateway makes a cluster, where no backendRefs beside it say where
  /// it is (envoyproxy/gateway v1.8.1, internal/xds/translator/utils.go, url2Cluster).
  private mutating func checkServer(of path: Path, beside place: Path) {
    guard let text = object[path]?.text, !text.isEmpty, !Variable.isIn(text),
      object[place]?.list("backendRefs").isEmpty ?? true
    else { return }
    guard let server = URLParts(text), server.host != nil else {
      add(path, "it names no host; write a URL with a scheme, such as https://\(text)")
      return
    }
    guard let port = server.port, port > 65535 else { return }
    add(path, "\(port) is not a port; use 1 to 65535")
  }
}

// MARK: TLS

extension InvalidSettingCollector {
  /// The names of what TLS may use with clients or backends, which only Envoy reads; the ciphers for
  /// clients Envoy Gateway reads itself.
  mutating func checkNamesOfTLS(in path: Path, hasCiphers: Bool) {
    let lists = [
      ("ecdhCurves", TLSNames.isCurve, "X25519 or P-256"),
      ("signatureAlgorithms", TLSNames.isSignature, "ecdsa_secp256r1_sha256"),
    ]
    for (key, isKnown, example)
      in lists + (hasCiphers ? [("ciphers", TLSNames.isCipher, "ECDHE-RSA-AES128-GCM-SHA256")] : [])
    {
      for (index, item) in (object[path]?.list(key) ?? []).enumerated() {
        guard let text = item.text, !Variable.isIn(text),
          let unknown = TLSNames.parts(of: text).first(where: { !isKnown($0) })
        else { continue }
        add(
          path.appending(.to(key, index)),
          "\(unknown) is not known to BoringSSL, with which Envoy is built; use one such as "
            + example, component: .envoy)
      }
    }
  }

  /// What clients' certificates are to be for.
  mutating func checkAlternativeNames(in path: Path) {
    for list in ["dnsNames", "emailAddresses", "ipAddresses", "uris", "otherNames"] {
      checkMatchExpressions(in: path.appending(list))
    }
    let names = path.appending("otherNames")
    for (index, name) in (object[names]?.items ?? []).enumerated() {
      guard let text = name.given("oid")?.text, text.isNoObjectIdentifier else { continue }
      add(
        names.appending(.to(index, "oid")),
        "\(text.quoted) is not an object identifier; write one such as 1.3.6.1.4.1.311.20.2.3",
        component: .envoy)
    }
  }
}

extension String {
  /// Whether it is empty, or numbers with dots that are no object identifier; words may be names of one
  /// (envoyproxy/envoy v1.38.1, source/common/tls/cert_validator/san_matcher.cc; google/boringssl,
  /// crypto/bytestring/cbb.c, CBB_add_asn1_oid_from_text).
  fileprivate var isNoObjectIdentifier: Bool {
    guard !isEmpty else { return true }
    guard utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }) else {
      return false
    }
    let parts = split(separator: ".", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { part in
      part.count > 1 && part.hasPrefix("0") ? nil : UInt64(part)
    }
    guard numbers.count == parts.count, numbers.count > 1 else { return true }
    return numbers[0] > 2 || numbers[0] < 2 && numbers[1] > 39
  }
}
