package import YAML

/// A rule of `authorization` in a SecurityPolicy: the first that fits a request decides (envoyproxy/gateway
/// v1.8.1, internal/xds/translator/authorization.go).
package struct AuthorizationRule: Sendable {
  package let isAllowing: Bool
  /// Nil for any method.
  package let methods: [String]?
  /// Each has to have one of its values.
  package let headers: [(name: String, values: [String])]
  /// Whether it asks for more than methods and headers: addresses, tokens, places.
  package let asksMore: Bool
  /// Whether it asks for a claim that no token has, or for tokens of no provider of the policy.
  package let neverFits: Bool

  /// A rule of a policy with some providers of tokens.
  package init(_ node: Node, providers: [Node]) {
    isAllowing = node["action"]?.text != "Deny"
    let operation = node.given("operation")
    let principal = node.given("principal")
    let methods = operation?.list("methods").compactMap(\.text) ?? []
    self.methods = methods.isEmpty ? nil : methods
    headers = (principal?.list("headers") ?? []).map { item in
      (item["name"]?.text ?? "", item.list("values").compactMap(\.text))
    }
    let tokens = principal?.given("jwt")
    let isDivided = (tokens?.list("claims") ?? []).contains {
      $0["name"]?.text.flatMap(DividedClaim.init) != nil
    }
    let provider = tokens?.given("provider")?.text
    let isUnknown = provider.map { name in
      !Variable.isIn(name) && !providers.contains { $0["name"]?.text == name }
    }
    neverFits = isDivided || isUnknown ?? false
    let others = [
      (node, ["name", "action", "operation", "principal"]), (operation, ["methods"]),
      (principal, ["headers"]),
    ]
    asksMore = others.contains { part, known in
      part?.entries.contains { !known.contains($0.key) && $0.value != .null } ?? false
    }
  }
}
