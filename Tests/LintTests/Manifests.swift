import YAML
import Testing

/// Documents for tests, written as the part that matters.
enum Manifests {
  /// The documents of a YAML text, which must be readable.
  static func read(_ yaml: String) -> [Node] {
    let parsed = Parser().parse(Array(yaml.utf8))
    for problem in parsed.problems { Issue.record("\(problem.position): \(problem.message)") }
    return parsed.documents.map(\.root)
  }

  static func route(_ spec: String, name: String = "chat", more: String = "") -> String {
    object(
      "aigateway.envoyproxy.io/v1beta1", "AIGatewayRoute", name: name, namespace: "team-a", more,
      spec)
  }

  /// A route with one rule that nothing else is wrong with.
  static func rule(_ rule: String, name: String = "chat") -> String {
    route("{parentRefs: [{name: gw}], rules: [\(rule)]}", name: name)
  }

  static func rules(_ rules: String, name: String = "chat") -> String {
    route("{parentRefs: [{name: gw}], rules: [\(rules)]}", name: name)
  }

  static func clientPolicy(
    _ spec: String, name: String = "buffer", namespace: String = "team-a"
  ) -> String {
    object(
      "gateway.envoyproxy.io/v1alpha1", "ClientTrafficPolicy", name: name, namespace: namespace,
      "", spec)
  }

  /// A client policy on Gateway gw with this buffer limit.
  static func limit(_ limit: String) -> String {
    clientPolicy("{targetRefs: [\(gateway)], connection: {bufferLimit: \(limit)}}")
  }

  static func backendPolicy(_ spec: String, name: String = "retry") -> String {
    object(
      "gateway.envoyproxy.io/v1alpha1", "BackendTrafficPolicy", name: name, namespace: "team-a",
      "", spec)
  }

  /// A backend policy on the HTTPRoute of the route chat with these retries.
  static func retry(_ retry: String) -> String {
    backendPolicy("{targetRefs: [\(httpRoute)], retry: \(retry)}")
  }

  static func grant(_ spec: String, name: String = "grant", namespace: String = "shared")
    -> String
  {
    object(
      "gateway.networking.k8s.io/v1beta1", "ReferenceGrant", name: name, namespace: namespace, "",
      spec)
  }

  static let gateway = "{group: gateway.networking.k8s.io, kind: Gateway, name: gw}"
  static let httpRoute = "{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}"
  static let pool = "group: inference.networking.k8s.io, kind: InferencePool"
  static let tiers =
    "{backendRefs: [{name: a, priority: 0}, {name: b, priority: 1}, {name: c, priority: 2}]}"

  static func match(_ headers: String...) -> String {
    "{matches: [\(headers.map { "{headers: [\($0)]}" }.joined(separator: ", "))], "
      + "backendRefs: [{name: a}]}"
  }

  static func model(_ value: String) -> String { "{name: x-ai-eg-model, value: \(value)}" }

  static func regex(_ value: String) -> String {
    "{type: RegularExpression, name: x-ai-eg-model, value: '\(value)'}"
  }

  static func many(_ count: Int, _ item: (Int) -> String) -> String {
    (0..<count).map(item).joined(separator: ", ")
  }

  static func joined(_ documents: String...) -> String { documents.joined(separator: "---\n") }

  /// A Gateway with these listeners.
  static func gateway(_ listeners: String, namespace: String = "team-a") -> String {
    object(
      "gateway.networking.k8s.io/v1", "Gateway", name: "gw", namespace: namespace,
      "{gatewayClassName: envoy, listeners: [\(listeners)]}")
  }

  /// An AIServiceBackend that leads to the Backend of its name, unless told otherwise.
  static func service(_ name: String, _ spec: String? = nil, namespace: String = "team-a")
    -> String
  {
    object(
      "aigateway.envoyproxy.io/v1beta1", "AIServiceBackend", name: name, namespace: namespace,
      "{\(spec ?? "schema: {name: OpenAI}, backendRef: \(leads(name))")}")
  }

  static func leads(_ name: String) -> String {
    "{group: gateway.envoyproxy.io, kind: Backend, name: \(name)}"
  }

  static func backend(_ name: String, _ endpoint: String) -> String {
    object(
      "gateway.envoyproxy.io/v1alpha1", "Backend", name: name, "{endpoints: [\(endpoint)]}")
  }

  /// A BackendSecurityPolicy for some AIServiceBackends.
  static func credentials(_ name: String, _ spec: String, targets: String...) -> String {
    let targets = (targets.isEmpty ? ["a"] : targets).map {
      "{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: \($0)}"
    }
    return object(
      "aigateway.envoyproxy.io/v1beta1", "BackendSecurityPolicy", name: name,
      "{targetRefs: [\(targets.joined(separator: ", "))], \(spec)}")
  }

  /// A BackendTLSPolicy for a Backend and a host.
  static func tls(_ name: String, _ host: String, version: String = "v1") -> String {
    object(
      "gateway.networking.k8s.io/\(version)", "BackendTLSPolicy", name: "\(name)-tls",
      "{targetRefs: [\(leads(name))], "
        + "validation: {hostname: \(host), wellKnownCACertificates: System}}")
  }

  static func object(
    _ apiVersion: String, _ kind: String, name: String, namespace: String = "team-a",
    _ spec: String
  ) -> String {
    object(apiVersion, kind, name: name, namespace: namespace, "", spec)
  }

  private static func object(
    _ apiVersion: String, _ kind: String, name: String, namespace: String, _ more: String,
    _ spec: String
  ) -> String {
    """
    apiVersion: \(apiVersion)
    kind: \(kind)
    metadata: {name: \(name), namespace: \(namespace)\(more)}
    spec: \(spec)

    """
  }
}
