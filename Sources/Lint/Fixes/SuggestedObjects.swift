import Resources
package import YAML

/// Objects that a route needs beside it, ready to be written.
package enum SuggestedObjects {
  /// A BackendTrafficPolicy whose retries reach every priority of the route (envoyproxy/gateway
  /// v1.8.1, internal/xds/translator/route.go).
  ///
  /// It targets the generated HTTPRoute, which has the route's name. Streams that pause too long
  /// are retried where a rule sets streamIdleTimeout.
  package static func retryPolicy(for route: Node) -> Node {
    retryPolicy(for: AIGatewayRoute(route))
  }

  /// A ClientTrafficPolicy that lets a Gateway hold 50Mi of a request (envoyproxy/ai-gateway
  /// v1.1.0, site/docs/getting-started/basic-usage.md).
  package static func bufferPolicy(gateway: String, namespace: String?) -> Node {
    .map([
      "apiVersion": .string("gateway.envoyproxy.io/v1alpha1"),
      "kind": .string("ClientTrafficPolicy"),
      "metadata": metadata(name: "client-buffer-limit", namespace: namespace),
      "spec": .map([
        "targetRefs": .sequence([target(kind: "Gateway", name: gateway)]),
        "connection": .map(["bufferLimit": .string("50Mi")]),
      ]),
    ])
  }

  /// A BackendTLSPolicy by which a Backend's host is spoken to over TLS.
  static func tlsPolicy(for backend: ObjectKey, host: String) -> Node {
    .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1"),
      "kind": .string("BackendTLSPolicy"),
      "metadata": metadata(name: suffixed(backend.name, "-tls"), namespace: backend.namespace),
      "spec": .map([
        "targetRefs": .sequence([
          .map([
            "group": .string("gateway.envoyproxy.io"), "kind": .string("Backend"),
            "name": .string(backend.name),
          ])
        ]),
        "validation": .map([
          "hostname": .string(host), "wellKnownCACertificates": .string("System"),
        ]),
      ]),
    ])
  }

  static func retryPolicy(for route: AIGatewayRoute) -> Node {
    .map([
      "apiVersion": .string("gateway.envoyproxy.io/v1alpha1"),
      "kind": .string("BackendTrafficPolicy"),
      "metadata": metadata(name: suffixed(route.name, "-retry"), namespace: route.writtenNamespace),
      "spec": .map([
        "targetRefs": .sequence([target(kind: "HTTPRoute", name: route.name)]),
        "retry": retry(for: route),
      ]),
    ])
  }

  /// The retries that reach every priority: one more try for each further one.
  static func retry(for route: AIGatewayRoute) -> Node {
    let retries = max(1, (route.rules.map(\.priorities.count).max() ?? 1) - 1)
    let isStreaming = route.rules.contains { $0.streamIdle ?? 0 > 0 }
    let triggers =
      ["connect-failure", "retriable-status-codes"] + (isStreaming ? ["reset"] : [])
    return .map([
      "numAttemptsPerPriority": .integer(1),
      "numRetries": .integer(retries),
      "retryOn": .map([
        "triggers": .sequence(triggers.map(Node.string)),
        "httpStatusCodes": .sequence([429, 500, 502, 503, 504].map(Node.integer)),
      ]),
    ])
  }

  /// The grant that lets one side of a namespace refer to objects of another namespace.
  static func grant(
    for source: GroupKind, from sourceNamespace: String, in namespace: String,
    to targets: [GroupKind], named name: String? = nil
  ) -> Node {
    let sourceName = source == .aiGatewayRoute ? "airoute" : source.kind.lowercased()
    return .map([
      "apiVersion": .string("gateway.networking.k8s.io/v1beta1"),
      "kind": .string("ReferenceGrant"),
      "metadata": metadata(name: "allow-\(sourceName)-\(sourceNamespace)", namespace: namespace),
      "spec": .map([
        "from": .sequence([
          .map([
            "group": .string(source.group), "kind": .string(source.kind),
            "namespace": .string(sourceNamespace),
          ])
        ]),
        "to": .sequence(
          targets.map { target in
            let kind: KeyValuePairs = [
              "group": Node.string(target.group), "kind": .string(target.kind),
            ]
            let named = kind.map { Mapping.Entry($0.key, $0.value) }
            return .mapping(
              Mapping(named + (name.map { [Mapping.Entry("name", .string($0))] } ?? [])))
          }),
      ]),
    ])
  }

  private static func metadata(name: String, namespace: String?) -> Node {
    var entries = [Mapping.Entry("name", .string(name))]
    if let namespace { entries.append(Mapping.Entry("namespace", .string(namespace))) }
    return .mapping(Mapping(entries))
  }

  private static func target(kind: String, name: String) -> Node {
    .map([
      "group": .string("gateway.networking.k8s.io"), "kind": .string(kind), "name": .string(name),
    ])
  }

  /// A name with an ending, cut where it would be too long for an object.
  private static func suffixed(_ name: String, _ ending: String) -> String {
    name.utf8.count + ending.utf8.count <= 253
      ? name + ending : String(name.prefix(253 - ending.utf8.count)) + ending
  }
}
