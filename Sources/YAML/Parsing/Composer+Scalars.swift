extension Composer {
  mutating func scalar(
    _ text: String, _ form: SyntaxNode.Form, _ event: borrowing Event
  ) -> Scalar {
    guard let tag = event.tag else { return form == .plain ? Scalar(plain: text) : Scalar(text) }
    guard let standard = Tag(rawValue: tag) else { return Scalar(text) }
    if standard == .binary {
      if let bytes = Base64.bytes(text) { return Scalar(String(repairing: bytes)) }
      report(event.start, "this is no base64 text, as !!binary asks for")
      return Scalar(text)
    }
    if !standard.fits(text) {
      report(event.start, "this cannot be read as its tag !!\(standard.name) asks for")
    }
    return standard.isText ? Scalar(text) : Scalar(plain: text)
  }

  mutating func checked(_ scalar: Scalar, _ event: borrowing Event) -> Scalar {
    if scalar.kind == .float, scalar.isInfinite {
      report(event.start, "\(scalar.text) has no form in JSON, so Kubernetes refuses it")
    }
    return scalar
  }

  mutating func key(_ event: borrowing Event, in mapping: Int, depth: Int) -> Node? {
    guard case .scalar(let text, let form) = event.kind else {
      tree.hasComplexKeys = true
      return built(event, depth: depth + 1)?.node
    }
    let scalar = scalar(text, form, event)
    guard let anchor = event.anchor else { return .scalar(scalar) }
    tree.nodes[mapping].isOdd = true
    let key = ComposedNode(node: .scalar(checked(scalar, event)), place: 0)
    anchors[anchor] = key
    return key.node
  }

  /// The name that Kubernetes makes of a key, and what it was before; nil where it makes none.
  mutating func name(
    of key: Node, _ event: borrowing Event
  ) -> (name: String, kind: MappingBuilder.Origin.Kind)? {
    guard let scalar = key.scalar else {
      report(event.start, "a key has to be a string, not a list or mapping")
      return nil
    }
    let kind: MappingBuilder.Origin.Kind
    switch scalar.kind {
    case .string: return (scalar.text, .string)
    case .null:
      report(event.start, "a key cannot be null; put it in quotes")
      return nil
    case .bool: kind = .bool
    case .integer, .float: kind = scalar.isWrittenWhole ? .integer : .float
    }
    guard let name = scalar.nameAsKey else {
      report(event.start, "a key cannot be a number beyond 64 bits; put it in quotes")
      return nil
    }
    report(
      event.start, "the key \(scalar.text) is read as \(name); put it in quotes", .warning)
    return (name, kind)
  }
}
