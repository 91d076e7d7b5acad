import YAML

// What the server asks of every object's metadata (kubernetes/kubernetes v1.36.2,
// staging/src/k8s.io/apiextensions-apiserver).

extension ValidationRule {
  static let metadata: [String: ValidationRule] = [
    "generateName": ValidationRule { metadata in
      guard let prefix = metadata["generateName"]?.text, !prefix.isEmpty else { return nil }
      var bytes = Array(prefix.utf8)
      // The server looks at the prefix as if a random end stood in place of a last hyphen.
      if bytes.count > 1, bytes.last == UInt8(ascii: "-") {
        bytes.removeLast(2)
        bytes.append(UInt8(ascii: "a"))
      }
      guard bytes.count > 253 || !Pattern.isSubdomain(bytes) else { return nil }
      return Violation(
        rule: .pattern, path: Path([.key("generateName")]),
        message:
          "generateName \(prefix.quoted) is not accepted; use \(Pattern.subdomain.description)",
        stage: .checking, isNamed: true)
    },
    "generatedName": ValidationRule { metadata in
      guard let prefix = metadata["generateName"]?.text, !prefix.isEmpty,
        metadata["name"]?.text ?? "" == "",
        !Pattern.isSubdomain(Array(prefix.utf8.prefix(58)) + [UInt8(ascii: "x")])
      else { return nil }
      return Violation(
        rule: .pattern, path: Path([.key("name")]),
        message: "no name can be made of generateName \(prefix.quoted); "
          + "use \(Pattern.subdomain.description)",
        stage: .checking, isNamed: true)
    },
    "annotationsSize": ValidationRule { annotations in
      let size = annotations.node.entries.reduce(0) {
        $0 + $1.key.utf8.count + ($1.value.text?.utf8.count ?? 0)
      }
      guard size > 262_144 else { return nil }
      return Violation(
        rule: .length, message: "annotations are \(size) bytes; use at most 262144",
        stage: .blocking)
    },
    "finalizer": ValidationRule { finalizers in
      if let index = finalizers.items.firstIndex(where: { $0.text == nil && !$0.node.isNull }) {
        return Violation(
          rule: .type, path: Path([.index(index)]), message: "a finalizer is a string; write one",
          stage: .reading, isNamed: true)
      }
      for (index, item) in finalizers.items.enumerated()
      where item.node.isNull || item.text.map({ !Pattern.labelKey.accepts($0) }) ?? false {
        return Violation(
          rule: .pattern, path: Path([.index(index)]),
          message: "finalizer \((item.text ?? "").quoted) is not accepted; "
            + "use \(Pattern.labelKey.description)", stage: .checking)
      }
      guard let index = finalizers.items.firstIndex(where: { $0.text == "orphan" }),
        finalizers.items.contains(where: { $0.text == "foregroundDeletion" })
      else { return nil }
      return Violation(
        path: Path([.index(index)]),
        message: "finalizers orphan and foregroundDeletion exclude each other; leave one out",
        stage: .checking)
    },
    "owner": ValidationRule { owner in
      guard case .mapping = owner.node else { return nil }
      for key in ["apiVersion", "kind", "name", "uid"] where owner[key]?.isEmpty ?? true {
        return Violation(
          rule: .required, path: Path([.key(key)]),
          message: "\(key) of an owner is required; write it", stage: .checking)
      }
      if let version = owner["apiVersion"]?.text, !ResourceKind.isVersion(version) {
        return Violation(
          rule: .value, path: Path([.key("apiVersion")]),
          message: "apiVersion \(version.quoted) of an owner is not accepted; "
            + "use a group and a version such as apps/v1", stage: .checking)
      }
      guard ["v1", "/v1"].contains(owner["apiVersion"]?.text), owner["kind"]?.text == "Event" else {
        return nil
      }
      return Violation(
        rule: .value, path: Path([.key("kind")]),
        message: "an Event cannot be an owner; name another object", stage: .checking)
    },
    "owners": ValidationRule { owners in
      let controllers = owners.items.indices.filter {
        owners.items[$0]["controller"]?.node.bool == true
      }
      guard controllers.count > 1 else { return nil }
      return Violation(
        rule: .distinct, path: Path([.index(controllers[1])]),
        message: "only one owner can have controller true; leave it out of the others",
        stage: .checking)
    },
  ]
}

// What the server asks of whole objects.

extension ValidationRule {
  /// A version that a later release serves.
  static func served(_ versions: [ResourceKind.Version], by project: Project) -> ValidationRule {
    ValidationRule("served") { object in
      guard let apiVersion = object["apiVersion"]?.text,
        let version = versions.first(where: { apiVersion.hasSuffix("/" + $0.name) }),
        version.since > object.schemaSet
      else { return nil }
      let known = versions.filter { $0.since <= object.schemaSet }.map(\.name)
      return Violation(
        rule: .release, path: Path([.key("apiVersion")]),
        message: "\(version.name) is served since \(project.name) "
          + "\(project.version(in: version.since)); use \(known.alternatives)",
        stage: .addressing, isNamed: true)
    }
  }

  /// So many fields in an object.
  static func fieldCount(_ minimum: Int, _ maximum: Int?) -> ValidationRule {
    ValidationRule("fields") { object in
      guard case .mapping(let mapping) = object.node else { return nil }
      let count = mapping.entries.count { !$0.value.isNull }
      let isShort = count < minimum
      guard isShort || count > maximum ?? .max else { return nil }
      let bound = isShort ? "at least \(minimum)" : "at most \(maximum ?? .max)"
      return Violation(
        rule: .count, message: "this has \(count) \(count == 1 ? "field" : "fields"); use \(bound)",
        stage: isShort ? .checking : .blocking)
    }
  }
}
