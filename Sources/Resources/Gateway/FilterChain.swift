import Schemas
import YAML

/// The filters that a request passes before its route is served, in their order: Envoy Gateway's, as
/// `filterOrder` of an EnvoyProxy changes it, with AI Gateway's between them (envoyproxy/gateway
/// v1.8.1, internal/xds/translator/httpfilters.go; envoyproxy/ai-gateway v1.1.0,
/// internal/extensionserver/post_translate_modify.go).
struct FilterChain {
  /// Without `envoy.filters.http.`.
  let filters: [String]
  /// Before which of them AI Gateway's stands.
  private let place: Int
  /// Whether `filterOrder` changes anything.
  let isChanged: Bool

  /// The chain of the filters that are there; Envoy's router always is.
  init(of present: Set<String>, order positions: [Node], in release: Release) {
    let usual = FilterChain.usualOrder.filter { $0 == "router" || present.contains($0) }
    let filters = positions.reduce(into: usual) { FilterChain.move($1, in: &$0) }
    let first = filters.firstIndex(where: FilterChain.followers.contains) ?? filters.endIndex
    // Earlier releases do not look for the buffer.
    let buffer = release >= .v1_0 ? filters.firstIndex(of: "buffer") : nil
    self.filters = filters
    place = buffer.map { $0 >= first ? $0 + 1 : first } ?? first
    isChanged = filters != usual
  }

  /// Moves a filter before or behind another one, where both are there.
  private static func move(_ position: Node, in filters: inout [String]) {
    func name(_ field: String) -> String? {
      position.given(field)?.text.map {
        $0.hasPrefix(prefix) ? String($0.dropFirst(prefix.count)) : $0
      }
    }
    let isBefore = position.given("before") != nil
    guard let own = name("name"), let other = name(isBefore ? "before" : "after"), own != other,
      filters.contains(other), let old = filters.firstIndex(of: own)
    else { return }
    filters.remove(at: old)
    guard let place = filters.firstIndex(of: other) else { return }
    filters.insert(own, at: isBefore ? place : place + 1)
  }

  /// The filter before which AI Gateway's was put.
  var follower: String? { filters.indices.contains(place) ? filters[place] : nil }

  /// Whether AI Gateway's stands before a filter, or that one is not there.
  func isFirst(before filter: String) -> Bool {
    filters.firstIndex(of: filter).map { place <= $0 } ?? true
  }

  /// Whether AI Gateway reads requests before anybody is authenticated; where nobody is, before Envoy
  /// answers by itself.
  var isEarly: Bool {
    let guards = FilterChain.authentication.filter(filters.contains)
    if !guards.isEmpty { return guards.allSatisfy(isFirst) }
    let answers = ["fault", "cors"].filter(filters.contains)
    return answers.isEmpty ? follower == "custom_response" : answers.allSatisfy(isFirst)
  }

  private static let prefix = "envoy.filters.http."
  private static let authentication = [
    "ext_authz", "api_key_auth", "basic_auth", "oauth2", "jwt_authn",
  ]
  private static let usualOrder =
    ["custom_response", "health_check", "fault", "cors", "header_mutation"] + authentication
    + ["stateful_session", "buffer", "lua", "ext_proc", "wasm", "rbac", "local_ratelimit"]
    + ["ratelimit", "compressor", "router"]
  /// What AI Gateway puts its filter before the first of.
  private static let followers: Set = [
    "ext_proc", "wasm", "lua", "rbac", "local_ratelimit", "ratelimit", "custom_response",
    "compressor", "router",
  ]
}

extension FilterChain {
  /// The filters that the specs of policies of each kind ask for.
  static func filters(of spec: Node, _ kind: Policy.Kind) -> [String] {
    switch kind {
    case .client: spec.given("healthCheck") == nil ? [] : ["health_check"]
    case .backend:
      FilterChain.present(
        [
          ("responseOverride", "custom_response"), ("faultInjection", "fault"),
          ("requestBuffer", "buffer"), ("compression", "compressor"), ("compressor", "compressor"),
        ], in: spec)
        + FilterChain.present(
          [("local", "local_ratelimit"), ("global", "ratelimit")],
          in: spec.given("rateLimit") ?? .null)
    case .security:
      FilterChain.present(
        [
          ("cors", "cors"), ("extAuth", "ext_authz"), ("apiKeyAuth", "api_key_auth"),
          ("basicAuth", "basic_auth"), ("oidc", "oauth2"), ("jwt", "jwt_authn"),
          ("authorization", "rbac"),
        ], in: spec)
    case .extensions:
      FilterChain.present([("lua", "lua"), ("extProc", "ext_proc"), ("wasm", "wasm")], in: spec)
    }
  }

  private static func present(_ parts: [(part: String, filter: String)], in spec: Node) -> [String]
  {
    parts.filter { spec.given($0.part).map { $0 != .sequence([]) } ?? false }.map(\.filter)
  }
}
