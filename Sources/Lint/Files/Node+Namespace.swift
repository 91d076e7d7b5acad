import Resources
import Schemas
package import YAML

extension Node {
  /// The object in a namespace, where it is of a kind that lives in one and names none.
  package func placed(in namespace: String?) -> Node {
    guard let namespace, case .mapping(var object) = self,
      case .mapping(var metadata)? = object["metadata"], metadata["namespace"] == nil,
      livesInNamespace
    else { return self }
    metadata["namespace"] = .string(namespace)
    object["metadata"] = .mapping(metadata)
    return .mapping(object)
  }

  /// The object as a document has it that leaves out the namespace it is put into.
  func withoutNamespace(_ namespace: String?, as written: Node?) -> Node {
    guard let namespace, written?["metadata"]?["namespace"] == nil,
      self["metadata"]?["namespace"]?.text == namespace
    else { return self }
    var node = self
    node.remove(at: .to("metadata", "namespace"))
    return node
  }

  /// Whether it is of a kind whose objects live in namespaces, as all do of the API groups that are
  /// known here but GatewayClasses.
  private var livesInNamespace: Bool {
    guard let kind = self["kind"]?.text else { return false }
    let version = self["apiVersion"]?.text
    return ResourceKind.find(kind: kind, in: version)?.isNamespaced
      ?? (Self.coreKinds.contains(kind) || version.map(ResourceKind.isInKnownGroup) ?? false)
  }

  /// Kinds of no project known here that routes have to do with.
  private static let coreKinds = ["Service", "Secret", "ConfigMap"]
}
