import Schemas
package import YAML

/// Why a document in a file that was found in a folder, not named, is skipped.
package enum SkipReason: CaseIterable, Sendable {
  /// It has neither an apiVersion nor a kind of ours.
  case plain
  /// Its kind belongs to someone else.
  case otherGroup
  case template
  case encrypted
  /// It is part of a patch that a Kustomization names.
  case patch

  /// What so many of them are, for a summary.
  package func text(_ count: Int) -> String {
    switch self {
    case .plain: "\(count) \(count == 1 ? "is not a manifest" : "are not manifests")"
    case .otherGroup: "\(count) of other groups"
    case .template: "\(count) Helm template\(count == 1 ? "" : "s")"
    case .encrypted: "\(count) encrypted"
    case .patch: "\(count) kustomize patch\(count == 1 ? "" : "es")"
    }
  }

  /// What an object is, nil where it is ours.
  init?(of node: Node) {
    let kind = node["kind"]?.text
    let version = node["apiVersion"]?.text
    let isOurs =
      version.map(ResourceKind.isInKnownGroup) ?? false
      || kind.map { ResourceKind.find(kind: $0, in: version) != nil } ?? false
    if isOurs { return nil }
    self = kind == nil || version == nil ? .plain : .otherGroup
  }

  /// Each document of a text that is not ours as a whole, by its number.
  static func documents(of parsed: Parsed, in text: [UInt8]) -> [Int: SkipReason] {
    var found: [Int: SkipReason] = [:]
    let hasActions = text.contains("{{")
    for document in parsed.documents {
      if case .mapping? = document.root["sops"] {
        found[document.number] = .encrypted
      } else if hasActions, document.root.hasAction(isAnnotation: false) {
        found[document.number] = .template
      }
    }
    for problem in parsed.problems where problem.severity == .error {
      if hasActions {
        found[problem.document] = .template
      } else if problem.isFatal, !text.contains("apiVersion") {
        found[problem.document] = .plain
      }
    }
    return found
  }

  /// Whether a text as a whole is for a tool that decrypts it: age, Ansible Vault, GPG, git-crypt.
  static func isEncrypted(_ text: [UInt8]) -> Bool {
    let heads = [
      "age-encryption.org/", "-----BEGIN AGE ENCRYPTED FILE-----", "$ANSIBLE_VAULT;",
      "-----BEGIN PGP MESSAGE-----", "\0GITCRYPT\0",
    ]
    return heads.contains { text.starts(with: $0.utf8) }
  }
}

extension Parsed {
  /// Says of each document of our kinds that is a Helm template, though it can be read, that it is one.
  package func templates(in text: [UInt8]) -> [Problem] {
    guard text.contains("{{") else { return [] }
    return documents.compactMap { document in
      guard SkipReason(of: document.root) == nil, let path = document.root.helmAction else {
        return nil
      }
      return .template(at: document.map.focus(of: path), in: document.number)
    }
  }
}

extension Node {
  /// Whether a text in it is for a template engine; annotations may be for others.
  fileprivate func hasAction(isAnnotation: Bool) -> Bool {
    switch self {
    case .scalar(let scalar): !isAnnotation && scalar.text.utf8.contains("{{")
    case .sequence(let items): items.contains { $0.hasAction(isAnnotation: isAnnotation) }
    case .mapping(let mapping):
      mapping.entries.contains { entry in
        entry.key.utf8.contains("{{")
          || entry.value.hasAction(isAnnotation: isAnnotation || entry.key == "annotations")
      }
    }
  }
}
