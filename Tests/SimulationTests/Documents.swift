import YAML
import Testing

/// Documents for tests.
enum Documents {
  /// The documents of a YAML text, which must be readable.
  static func read(_ yaml: String) -> [Node] {
    let parsed = Parser().parse(Array(yaml.utf8))
    for problem in parsed.problems { Issue.record("\(problem.position): \(problem.message)") }
    return parsed.documents.map(\.root)
  }

  /// An AIGatewayRoute in team-a on the Gateway gw, with these rules in flow style.
  static func route(
    _ rules: String, name: String = "chat", namespace: String = "team-a", hosts: String = "",
    more: String = ""
  ) -> String {
    """
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: \(name), namespace: \(namespace)\(more)}
    spec:
      parentRefs: [{name: gw, namespace: team-a}]
      hostnames: [\(hosts)]
      rules: [\(rules)]

    """
  }

  /// A rule for one model with one backend.
  static func rule(_ model: String, _ backend: String = "a") -> String {
    "{matches: [{headers: [{name: x-ai-eg-model, value: \(model)}]}], "
      + "backendRefs: [{name: \(backend)}]}"
  }

  static func service(
    _ name: String, namespace: String = "team-a", backend: String? = nil, more: String = ""
  ) -> String {
    """
    ---
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIServiceBackend
    metadata: {name: \(name), namespace: \(namespace)}
    spec:
      schema: {name: OpenAI}
      backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: \(backend ?? name + "-be")\(more)}

    """
  }

  /// A ReferenceGrant in a namespace for AIGatewayRoutes of team-a.
  static func grant(in namespace: String, to kind: String = "AIServiceBackend", name: String = "")
    -> String
  {
    let group =
      kind == "InferencePool" ? "inference.networking.k8s.io" : "aigateway.envoyproxy.io"
    return """
      ---
      apiVersion: gateway.networking.k8s.io/v1beta1
      kind: ReferenceGrant
      metadata: {name: g, namespace: \(namespace)}
      spec:
        from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: team-a}]
        to: [{group: \(group), kind: \(kind)\(name)}]

      """
  }
}
