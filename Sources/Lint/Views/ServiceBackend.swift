import Manifest

/// An AIServiceBackend as the rules see it (domain.md 1.2).
final class ServiceBackend: Sendable {
  let node: Node
  let name: ObjectKey
  let schema: String?
  let prefix: String?
  let version: String?
  /// The Backend that it leads to, nil where it names something else.
  let backend: ObjectKey?

  init(_ node: Node, name: ObjectKey) {
    self.node = node
    self.name = name
    let spec = node["spec"]
    schema = spec?["schema"]?["name"]?.text
    prefix = spec?["schema"]?["prefix"]?.text
    version = spec?["schema"]?["version"]?.text
    let target = spec?["backendRef"]
    backend =
      target?["kind"]?.text == "Backend"
      ? target?["name"]?.text.map { ObjectKey(target?["namespace"]?.text ?? name.namespace, $0) }
      : nil
  }
}
