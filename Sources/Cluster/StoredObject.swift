package import Resources
package import YAML

/// An object as it stands in the cluster, beside what the server would make of a document.
package struct StoredObject: Sendable {
  /// Nil where it is not there yet.
  package let present: Node?
  /// What would be stored; nil where the server refuses it.
  package let proposed: Node?
  package let objections: [DryRunResult.Objection]
}

/// What stands in the cluster of the names of some documents, as far as they could be asked for at
/// once.
package struct PresentObjects: Sendable {
  fileprivate var asked: Set<Name> = []
  fileprivate var found: [Name: Node] = [:]

  /// What identifies an object of a cluster.
  fileprivate struct Name: Hashable, Sendable {
    private let apiVersion: String?
    private let kind: String?
    private let namespace: String?
    private let name: String?

    init(of object: Node) {
      apiVersion = object["apiVersion"]?.text
      kind = object["kind"]?.text
      namespace = object.given("metadata", "namespace")?.text
      name = object.given("metadata", "name")?.text
    }
  }
}

extension Kubectl {
  /// Asks once for what stands in the cluster of several documents; where kubectl cannot say that of
  /// all of them, each is asked for by itself later.
  package func presentObjects(of documents: [Node]) throws(ClusterError) -> PresentObjects {
    let asked = documents.filter { !$0.needsNamespace }
    guard asked.count > 1 else { return PresentObjects() }
    let input = asked.map(\.json).joined(separator: "\n")
    let answer: Response
    do throws(ClusterError) {
      answer = try self.answer(to: Self.getPresent, input: Array(input.utf8))
    } catch {
      // That the answers together are too much says nothing of each of them.
      switch error {
      case .late, .tooLarge: return PresentObjects()
      case .noKubectl, .noContext, .configuration, .unreachable, .login, .forbidden, .missingKind,
        .tooManyRequests, .server, .unreadable, .cancelled, .oldKubectl, .refused, .other:
        throw error
      }
    }
    guard answer.isSuccess else {
      let error = answer.errorOutput.error
      guard error.isAboutOneObject else { throw error }
      return PresentObjects()
    }
    var present = PresentObjects(asked: Set(asked.map(PresentObjects.Name.init)))
    guard !answer.output.isEmpty else { return present }
    for object in try answer.value().list("items") {
      present.found[PresentObjects.Name(of: object)] = object
    }
    return present
  }

  /// Holds a document against the object of its name in the cluster, without what the server and the
  /// controllers write.
  package func comparison(
    of document: Node, among present: PresentObjects
  ) throws(ClusterError) -> StoredObject {
    let name = PresentObjects.Name(of: document)
    // First of all: where the cluster is not reached, a dry run has other things to say about that.
    let object =
      present.asked.contains(name) ? present.found[name] : try self.present(document)
    let result = try dryRunResult(of: document)
    return StoredObject(
      present: object?.withoutServerFields, proposed: result.stored?.withoutServerFields,
      objections: result.objections)
  }

  private static let getPresent = ["get", "-o", "json", "--ignore-not-found", "-f", "-"]

  private func present(_ document: Node) throws(ClusterError) -> Node? {
    var arguments = Self.getPresent
    if let namespace = target.namespace, document.needsNamespace { arguments += ["-n", namespace] }
    let answer = try output(of: arguments, input: Array(document.json.utf8))
    guard !answer.output.isEmpty else { return nil }
    // Objects of files come in a list, if there is only one of them too.
    let found = try answer.value()
    return found["kind"]?.text == "List" ? found.list("items").first : found
  }

  /// A route as somebody would have written it; nil where there is none of that name.
  package func route(_ key: ObjectKey) throws(ClusterError) -> Node? {
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
