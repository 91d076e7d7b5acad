import Manifest

/// An AIServiceBackend as the rules see it (domain.md 1.2).
final class ServiceBackend: Sendable {
  let node: Node
  let name: ObjectName
  let schema: String?
  let prefix: String?
  let version: String?
  /// The Backend that it leads to, nil where it names something else.
  let backend: ObjectName?

  init(_ node: Node, name: ObjectName) {
    self.node = node
    self.name = name
    let spec = node["spec"]
    schema = spec?["schema"]?["name"]?.text
    prefix = spec?["schema"]?["prefix"]?.text
    version = spec?["schema"]?["version"]?.text
    let target = spec?["backendRef"]
    backend =
      target?["kind"]?.text == "Backend"
      ? target?["name"]?.text.map { ObjectName(target?["namespace"]?.text ?? name.namespace, $0) }
      : nil
  }
}
