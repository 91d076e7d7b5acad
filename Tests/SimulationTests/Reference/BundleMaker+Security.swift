import Corpus

extension BundleMaker {
  /// SecurityPolicies and EnvoyExtensionPolicies at the edge of what Envoy Gateway refuses, with the
  /// Secrets and ConfigMaps that they read.
  mutating func guards() -> [String] {
    var documents: [String] = []
    for letter in ["t", "u", "v"].prefix(extras.pick([0, 1, 1, 2, 3])) {
      let isSecurity = extras.chance(2, of: 3)
      let target = aim()
      var parts = ["targetRefs: [\(target)]"]
      if isSecurity, target.contains("HTTPRoute"), extras.chance(1, of: 2) {
        parts.append("mergeType: \(extras.pick(["StrategicMerge", "JSONMerge"]))")
      }
      parts.append(extras.pick(isSecurity ? BundleMaker.security : BundleMaker.extensions))
      documents.append(
        guarding(
          isSecurity ? "SecurityPolicy" : "EnvoyExtensionPolicy", "\(letter)1",
          "spec: {\(parts.joined(separator: ", "))}"))
    }
    guard !documents.isEmpty else { return [] }
    for namespace in BundleMaker.namespaces where extras.chance(1, of: 2) {
      let users = extras.pick(["a:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=", "a:$2y$10$abc", ""])
      let program = extras.pick(["function envoy_on_request(h) end", "return 1"])
      documents.append(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: users, namespace: \(namespace)}
        stringData: {.htpasswd: '\(users)'}
        """)
      documents.append(
        """
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: program, namespace: \(namespace)}
        data: {lua: '\(program)'}
        """)
    }
    return documents
  }

  private mutating func aim() -> String {
    let target = extras.pick([
      "kind: Gateway, name: gw", "kind: Gateway, name: gw",
      "kind: Gateway, name: gw, sectionName: a",
      "kind: HTTPRoute, name: r1", "kind: HTTPRoute, name: r2", "kind: HTTPRoute, name: r3",
      "kind: HTTPRoute, name: r1, sectionName: one", "kind: HTTPRoute, name: r2, sectionName: two",
      "kind: HTTPRoute, name: h1",
    ])
    return "{group: gateway.networking.k8s.io, \(target)}"
  }

  private mutating func guarding(_ kind: String, _ name: String, _ spec: String) -> String {
    let namespace = extras.pick(BundleMaker.namespaces)
    let created =
      isDated ? ", creationTimestamp: '2026-01-\(extras.pick(["01", "02", "03"]))T00:00:00Z'" : ""
    return """
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: \(kind)
      metadata: {name: \(name), namespace: \(namespace)\(created)}
      \(spec)
      """
  }

  private static let security = [
    "cors: {allowOrigins: ['*']}",
    "jwt: {providers: [{name: a, issuer: ':b', remoteJWKS: {uri: 'https://i/j'}}]}",
    "jwt: {providers: [{name: a, issuer: 'https://i', remoteJWKS: {uri: 'https://i/j'}}]}",
    "apiKeyAuth: {credentialRefs: [{name: k}], extractFrom: [{headers: [a], cookies: [b]}]}",
    "apiKeyAuth: {credentialRefs: [{name: k}], extractFrom: [{headers: [a]}]}",
    "apiKeyAuth: {credentialRefs: [{name: k}], extractFrom: []}",
    "basicAuth: {users: {name: users}}",
    "extAuth: {http: {backendRefs: [{name: s, port: 80}], backendSettings: {retry: {perRetry: "
      + "{backOff: {baseInterval: 5s}}}}}}",
    "extAuth: {http: {backendRefs: [{name: s, port: 80}], backendSettings: {retry: {perRetry: "
      + "{backOff: {maxInterval: 1s}}}}}}",
    "extAuth: {failOpen: true, http: {backendRefs: [{name: s, port: 80}], backendSettings: {retry: "
      + "{perRetry: {backOff: {baseInterval: 0s}}}}}}",
  ]

  private static let extensions = [
    "lua: [{type: Inline, inline: 'function envoy_on_request(h) end'}]",
    "lua: [{type: Inline, inline: 'function on_request(h) end'}]",
    "lua: [{type: ValueRef, valueRef: {group: '', kind: ConfigMap, name: program}}]",
    "wasm: [{code: {type: HTTP, http: {url: 'https://a/b.wasm'}}}]",
  ]
}
