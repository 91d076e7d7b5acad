package import YAML

/// What `oidc` of a SecurityPolicy answers to clients that are not logged in (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/securitypolicy.go, internal/xds/translator/oidc.go; envoyproxy/envoy v1.38.1,
/// source/extensions/filters/http/oauth2/filter.cc).
package struct Login: Sendable {
  package let issuer: String
  package let logoutPath: String
  /// Where the provider sends clients back to.
  package let callbackPath: String
  /// The headers by which clients are answered 401 in place of being sent to the provider.
  package let denials: [(name: String, match: TextMatch)]
  /// Whether Envoy Gateway asks the issuer where to send them.
  package let isDiscovered: Bool
  /// Whether requests with a token in a header pass.
  package let passesTokens: Bool

  package init(of spec: Node) {
    let provider = spec.given("provider")
    issuer = provider?.given("issuer")?.text ?? ""
    logoutPath = spec.given("logoutPath")?.text ?? "/logout"
    let url = spec.given("redirectURL")?.text
    callbackPath =
      url.map { url in URLParts(url).map { String($0.path) } ?? url } ?? "/oauth2/callback"
    denials = (spec.given("denyRedirect")?.list("headers") ?? []).map {
      ($0["name"]?.text ?? "", TextMatch($0))
    }
    isDiscovered = ["authorizationEndpoint", "tokenEndpoint"].contains {
      provider?.given($0)?.text ?? "" == ""
    }
    passesTokens = spec.given("passThroughAuthHeader")?.bool ?? false
  }
}
