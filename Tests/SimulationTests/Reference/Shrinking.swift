import YAML

/// Makes documents smaller for as long as something remains true of them.
enum Shrinking {
  /// Fields without which an object would be another.
  private static let kept: Set = [
    "apiVersion", "kind", "metadata", "name", "namespace", "spec", "group", "port", "protocol",
    "listeners", "parentRefs", "gatewayClassName", "tls", "certificateRefs", "backendRef", "schema",
    "value", "type", "creationTimestamp", "rules", "operator", "limit", "unit", "requests",
    "consistentHash", "key",
  ]

  static func smallest(_ documents: [Node], _ holds: ([Node]) -> Bool) -> [Node] {
    var documents = documents
    var isSmaller = true
    while isSmaller {
      isSmaller = false
      for index in documents.indices.reversed() {
        var fewer = documents
        fewer.remove(at: index)
        if holds(fewer) { (documents, isSmaller) = (fewer, true) }
      }
      for index in documents.indices {
        var candidates = smaller(documents[index])
        while let candidate = candidates.popLast() {
          var changed = documents
          changed[index] = candidate
          guard holds(changed) else { continue }
          (documents, isSmaller) = (changed, true)
          candidates = smaller(candidate)
        }
      }
    }
    return documents
  }

  /// All that a value is with one part less.
  private static func smaller(_ node: Node) -> [Node] {
    switch node {
    case .scalar: []
    case .sequence(let items):
      items.indices.flatMap { index -> [Node] in
        var fewer = items
        fewer.remove(at: index)
        return [.sequence(fewer)]
          + smaller(items[index]).map { part in
            var changed = items
            changed[index] = part
            return .sequence(changed)
          }
      }
    case .mapping(let mapping):
      mapping.entries.flatMap { entry -> [Node] in
        var fewer = mapping
        fewer[entry.key] = nil
        let parts = smaller(entry.value).map { part -> Node in
          var changed = mapping
          changed[entry.key] = part
          return .mapping(changed)
        }
        return kept.contains(entry.key) ? parts : [.mapping(fewer)] + parts
      }
    }
  }

  static func text(_ documents: [Node]) -> String {
    var printer = Printer()
    return printer.print(documents).text
  }
}
