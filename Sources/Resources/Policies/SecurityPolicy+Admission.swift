import Schemas
package import YAML

/// Why a SecurityPolicy denies every request (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/securitypolicy.go).
package struct DenyAll: Sendable {
  /// The part of the SecurityPolicy, from its root.
  package let path: Path
  package let status: Int
  package let advice: String

  /// Whether it is about API keys, of which Envoy may take those of another policy.
  package var isOfKeys: Bool { path.isWithin(.to("spec", "apiKeyAuth")) }

  /// Nil where the spec of a SecurityPolicy lets somebody in.
  init?(of spec: Node) {
    if let authorization = spec.given("authorization"), authorization.allowsNothing {
      path = .to("spec", "authorization")
      status = 403
      advice = "no rule allows a request; write one, or defaultAction Allow"
    } else if let keys = spec.given("apiKeyAuth"), keys["credentialRefs"]?.items.isEmpty == true {
      path = .to("spec", "apiKeyAuth", "credentialRefs")
      status = 401
      advice = "without a Secret here no key fits; name one"
    } else if spec.given("apiKeyAuth")?.namesNoPlaceOfKeys == true {
      path = .to("spec", "apiKeyAuth", "extractFrom")
      status = 401
      advice = "no place says where a key is looked for; name one such as headers: [x-api-key]"
    } else if spec.given("oidc") == nil, spec.given("jwt")?.verifiesNothing == true {
      path = .to("spec", "jwt", "providers", 0, "localJWKS", "inline")
      status = 401
      advice = "Envoy finds no key there to verify tokens by; write a JWKS, {\"keys\": [...]}"
    } else {
      return nil
    }
  }

  /// Nil where there is a key.
  init?(of keys: APIKeys) {
    guard keys.isEmpty else { return nil }
    path = .to("spec", "apiKeyAuth", "credentialRefs")
    status = 401
    advice = "no Secret here holds a key; write an entry for each client"
  }
}

extension Node {
  /// Whether an `apiKeyAuth` says nowhere to look for keys, so that Envoy answers 401 (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/api_key_auth/api_key_auth.cc, decodeHeaders).
  var namesNoPlaceOfKeys: Bool {
    guard let sources = self["extractFrom"], sources.scalar == nil else { return false }
    return sources.items.allSatisfy { source in
      source.scalar == nil
        && ["headers", "params", "cookies"].allSatisfy { key in
          source.given(key).map { $0.scalar == nil && $0.items.isEmpty } ?? true
        }
    }
  }

  /// Whether no rule of it allows anything, and neither does the default.
  package var allowsNothing: Bool {
    given("defaultAction")?.text ?? "Deny" == "Deny"
      && !list("rules").contains { $0.given("action")?.text ?? "Allow" == "Allow" }
  }
}

extension Node {
  /// Whether no provider of a `jwt` has a key to verify tokens by, and none is needed (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/http/jwt_authn/jwks_cache.cc).
  fileprivate var verifiesNothing: Bool {
    let providers = list("providers")
    return given("optional")?.bool != true && !providers.isEmpty
      && providers.allSatisfy { provider in
        guard let text = provider.given("localJWKS", "inline")?.text, !Variable.isIn(text) else {
          return false
        }
        let keys = Parser().parse(Array(text.utf8)).documents.first?.root.list("keys") ?? []
        return !keys.contains(where: \.isWebKey)
      }
  }

  /// Whether it has the parts of a JSON Web Key (RFC 7518, section 6; RFC 8037, section 2).
  private var isWebKey: Bool {
    let parts =
      switch given("kty")?.text {
      case "RSA": ["n", "e"]
      case "EC": ["crv", "x", "y"]
      case "OKP": ["crv", "x"]
      case "oct": ["k"]
      case _: ["kty", ""]
      }
    return parts.allSatisfy { given($0) != nil }
  }
}
