import Schemas
package import YAML

extension Node {
  /// The object in a namespace, where it is of a kind that lives in one and names none.
  package func placed(in namespace: String?) -> Node {
    guard let namespace, case .mapping(var object) = self,
      case .mapping(var metadata)? = object["metadata"], metadata["namespace"] == nil,
      let kind = self["kind"]?.text,
      ResourceKind.find(kind: kind, in: self["apiVersion"]?.text)?.isNamespaced
        ?? Self.coreKinds.contains(kind)
    else { return self }
    metadata["namespace"] = .string(namespace)
    object["metadata"] = .mapping(metadata)
    return .mapping(object)
  }

  /// Kinds of no project known here that routes have to do with.
  private static let coreKinds = ["Service", "Secret", "ConfigMap"]
}
