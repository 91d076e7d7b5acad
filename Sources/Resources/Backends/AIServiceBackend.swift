package import Schemas
package import YAML

/// An AIServiceBackend (envoyproxy/ai-gateway v1.1.0, api/v1beta1/ai_service_backend.go).
package final class AIServiceBackend: Sendable {
  package let node: Node
  package let key: ObjectKey
  package let schema: String?
  package let prefix: String?
  package let version: String?
  /// What it refers to, of whatever kind.
  package let target: ObjectKey?
  /// The Backend that it leads to, nil where it names something else.
  package let backend: ObjectKey?

  package init(_ node: Node) {
    self.node = node
    key = ObjectKey(of: node)
    let spec = node["spec"]
    schema = spec?["schema"]?["name"]?.text
    prefix = spec?["schema"]?["prefix"]?.text
    version = spec?["schema"]?["version"]?.text
    let reference = spec?["backendRef"]
    let namespace = reference?.given("namespace")?.text ?? key.namespace
    target = reference?["name"]?.text.map { ObjectKey(namespace, $0) }
    backend = reference?["kind"]?.text == GroupKind.backend.kind ? target : nil
  }

  /// The prefix that requests get, without slashes at the ends; nil where the schema knows none, or
  /// the release reads none (envoyproxy/ai-gateway v1.1.0, internal/controller/gateway.go).
  package func prefix(in release: Release) -> String? {
    guard api == .openAI || api == .anthropic && release >= .v0_7 else { return nil }
    let written = prefix ?? ""
    return (written.isEmpty ? "v1" : written).trimmed("/")
  }

  /// The schema, nil where it is none that AI Gateway knows.
  package var api: APISchema? { schema.flatMap(APISchema.init) }
}
