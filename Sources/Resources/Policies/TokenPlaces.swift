package import YAML

/// Where `jwt` of a SecurityPolicy looks for tokens, all providers together (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/jwt.go; envoyproxy/envoy v1.38.1,
/// source/extensions/filters/http/jwt_authn/extractor.cc).
package struct TokenPlaces: Sendable {
  /// A place, and the text before the token there.
  package struct Place: Hashable, Sendable {
    package let source: CredentialSource
    package let prefix: String
  }

  package let places: [Place]
  /// Whether requests without a token pass.
  package let isOptional: Bool
  /// The headers that Envoy takes out of requests, so that only tokens write them.
  package let claimHeaders: [String]

  package init(of spec: Node) {
    var seen: Set<Place> = []
    let providers = spec.list("providers")
    places = providers.flatMap(TokenPlaces.places).filter { seen.insert($0).inserted }
    isOptional = spec.given("optional")?.bool ?? false
    claimHeaders = providers.flatMap { $0.list("claimToHeaders") }.compactMap { $0["header"]?.text }
  }

  private static func places(of provider: Node) -> [Place] {
    let asked = provider.given("extractFrom")
    let headers = (asked?.list("headers") ?? []).compactMap { header in
      header["name"]?.text.map {
        Place(source: .header($0), prefix: header.given("valuePrefix")?.text ?? "")
      }
    }
    let others =
      (asked?.list("params") ?? []).compactMap(\.text).map(CredentialSource.query)
      + (asked?.list("cookies") ?? []).compactMap(\.text).map(CredentialSource.cookie)
    let places = headers + others.map { Place(source: $0, prefix: "") }
    return places.isEmpty ? usual : places
  }

  private static let usual = [
    Place(source: .header("authorization"), prefix: "Bearer "),
    Place(source: .query("access_token"), prefix: ""),
  ]
}
