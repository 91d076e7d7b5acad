package import Resources
package import YAML

/// An object as it stands in the cluster, beside what the server would make of a document.
package struct StoredObject: Sendable {
  /// Nil where it is not there yet.
  package let present: Node?
  /// What would be stored; nil where the server refuses it.
  package let proposed: Node?
  package let objections: [ServerJudgement.Objection]
}

extension Kubectl {
  /// Holds a document against the object of its name in the cluster, without what the server and the
  /// controllers write.
  package func comparison(of document: Node) throws(ClusterFault) -> StoredObject {
    let judgement = try judgement(of: document)
    var words = ["get", "-o", "json", "--ignore-not-found", "-f", "-"]
    if let namespace = target.namespace, document.needsNamespace { words += ["-n", namespace] }
    let answer = try output(of: words, input: Array(document.json.utf8))
    // Objects of files come in a list, if there is only one of them too.
    let found = answer.output.isEmpty ? nil : try answer.value()
    let present = found?["kind"]?.text == "List" ? found?.list("items").first : found
    return StoredObject(
      present: present?.withoutServerFields, proposed: judgement.stored?.withoutServerFields,
      objections: judgement.objections)
  }

  /// A route as somebody would have written it; nil where there is none of that name.
  package func route(_ key: ObjectKey) throws(ClusterFault) -> Node? {
    let answer = try output(of: [
      "get", ListedKind.routes, key.name, "-n", key.namespace, "-o", "json", "--ignore-not-found",
    ])
    return answer.output.isEmpty ? nil : try answer.value().withoutServerFields
  }
}

extension Node {
  /// The object without what the API server and the controllers write, its keys in the usual order.
  package var withoutServerFields: Node {
    guard case .mapping(var object) = self else { return self }
    object["status"] = nil
    if case .mapping(var metadata)? = object["metadata"] {
      for key in Self.serverFields { metadata[key] = nil }
      if case .mapping(var annotations)? = metadata["annotations"] {
        annotations["kubectl.kubernetes.io/last-applied-configuration"] = nil
        metadata["annotations"] = annotations.isEmpty ? nil : .mapping(annotations)
      }
      object["metadata"] = .mapping(metadata.beginning(with: ["name", "namespace"]))
    }
    return .mapping(object.beginning(with: ["apiVersion", "kind", "metadata", "spec"]))
  }

  private static let serverFields = [
    "creationTimestamp", "deletionGracePeriodSeconds", "deletionTimestamp", "finalizers",
    "generation", "managedFields", "ownerReferences", "resourceVersion", "selfLink", "uid",
  ]
}

extension Mapping {
  /// The same with some keys first.
  fileprivate func beginning(with keys: [String]) -> Mapping {
    let first = keys.compactMap { key in self[key].map { Entry(key, $0) } }
    return Mapping(first + entries.filter { !keys.contains($0.key) })
  }
}
