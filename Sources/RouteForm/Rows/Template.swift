package import YAML

/// The rows that the form adds: what a new Gateway, rule, match or backend starts with.
package enum Template {
  /// The header that AI Gateway fills with the request's model.
  package static let modelHeader = "x-ai-eg-model"

  /// Whether a header of a match is the one of the model, in any case of letters.
  static func isModelHeader(_ header: Node) -> Bool {
    header["name"]?.text?.lowercased() == modelHeader
  }

  /// A parentRef whose Gateway is still to be named.
  package static let parentRef = Node.map([
    "kind": .string("Gateway"), "group": .string("gateway.networking.k8s.io"),
  ])

  /// A rule for one model, to one backend, both still to be named.
  package static let rule = Node.map([
    "matches": .sequence([match(model: nil)]), "backendRefs": .sequence([.map([:])]),
  ])

  /// A match on the model alone.
  package static func match(model: String?) -> Node {
    .map(["headers": .sequence([header(name: modelHeader, value: model)])])
  }

  /// A header to be equal to a value; a nil name or value is left unset.
  package static func header(name: String?, value: String?) -> Node {
    var header = Mapping([.init("type", .string("Exact"))])
    header["name"] = name.map(Node.string)
    header["value"] = value.map(Node.string)
    return .mapping(header)
  }

  /// The row that is added to a list: what most start with, else nothing yet.
  package static func row(of list: Address) -> Node {
    switch list.object == .route ? list.path.last : nil {
    case .key("rules"): return rule
    case .key("matches"): return match(model: nil)
    case .key("headers"): return header(name: nil, value: nil)
    case .key("parentRefs"): return parentRef
    case .key, .index, nil: break
    }
    return ObjectCard.exists(at: list.appending(0)) ? .map([:]) : .string("")
  }

  /// A reference to an InferencePool; a nil name is left unset.
  package static func poolRef(name: String?) -> Node {
    var ref = Mapping()
    ref["name"] = name.map(Node.string)
    ref["group"] = .string("inference.networking.k8s.io")
    ref["kind"] = .string("InferencePool")
    return .mapping(ref)
  }
}
