/// The name of a claim that Envoy and AI Gateway divide at its dots, to look for a claim within claims,
/// although it is one name (envoyproxy/gateway v1.8.1, internal/xds/translator/authorization.go;
/// envoyproxy/envoy v1.38.1, source/common/jwt/struct_utils.cc; envoyproxy/ai-gateway v1.1.0,
/// internal/mcpproxy/authorization.go, lookupClaim).
package struct DividedClaim: Sendable {
  /// The claim that is looked for first, which no token has.
  package let outer: Substring
  /// What is looked for within it.
  package let inner: Substring

  /// Nil for a name that may be one of a claim within claims, and not that of a claim itself: only a
  /// URL surely is one name, and `kubernetes.io`, which is in the tokens of ServiceAccounts.
  package init?(_ name: String) {
    let isURL = name.firstIndex(of: ":").map { name[$0...].hasPrefix("://") } ?? false
    guard isURL || name == "kubernetes.io" || name.hasPrefix("kubernetes.io."),
      let dot = name.firstIndex(of: ".")
    else { return nil }
    outer = name[..<dot]
    inner = name[name.index(after: dot)...]
  }
}
