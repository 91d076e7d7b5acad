import Schemas
import Resources

/// The severity of a finding about a missing object, by what the documents hold of its kind.
///
/// An object that is not among the documents may stand in another file or in the cluster: that is
/// worth an info. The documents make a mistake likely where they hold others of the kind in the
/// same namespace, or one of the name in another: that is worth a warning. A name that no object can
/// have is an error.
struct ObjectPresence {
  private var names: Set<ObjectKey> = []
  private var namespaces: [String: [String]] = [:]
  private var namespaceByName: [String: String] = [:]

  init(of keys: some Sequence<ObjectKey>) {
    for key in keys.sorted() {
      names.insert(key)
      namespaceByName[key.name] = namespaceByName[key.name] ?? key.namespace
      // Enough to guess a misspelt one from.
      if namespaces[key.namespace]?.count ?? 0 < 50 {
        namespaces[key.namespace, default: []].append(key.name)
      }
    }
  }

  var isEmpty: Bool { names.isEmpty }
  /// Whether the documents tell of an object: some of its kind are among them, or none may have its name.
  func tells(of key: ObjectKey) -> Bool { !isEmpty || !key.isPossible }
  /// Whether the documents hold some in a namespace.
  func holdsSome(in namespace: String) -> Bool { namespaces[namespace] != nil }

  /// What can be said of an object that is missing.
  struct MissingObject {
    let severity: Finding.Severity
    /// Behind a statement that it is not here: `, but in infra`, `, openai is`, or nothing.
    let hint: String
    /// The namespace in which one of the name stands.
    let otherNamespace: String?
    /// The name that was probably meant, of one in the same namespace.
    let near: String?
  }

  /// What is known of an object, nil where it is there.
  func missingObject(_ key: ObjectKey) -> MissingObject? {
    guard !names.contains(key) else { return nil }
    guard key.isPossible else {
      return MissingObject(
        severity: .error, hint: ", and cannot be: no object may have that name",
        otherNamespace: nil, near: nil)
    }
    if let otherNamespace = namespaceByName[key.name] {
      return MissingObject(
        severity: .warning, hint: ", but in \(otherNamespace)", otherNamespace: otherNamespace,
        near: nil)
    }
    guard let neighbours = namespaces[key.namespace], let first = neighbours.first else {
      return MissingObject(severity: .info, hint: "", otherNamespace: nil, near: nil)
    }
    let near = NearestWord.match(for: key.name, among: neighbours)
    return MissingObject(
      severity: .warning, hint: ", \(near ?? first) is", otherNamespace: nil, near: near)
  }
}
