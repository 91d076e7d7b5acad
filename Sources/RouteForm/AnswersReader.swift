internal import Kinds
internal import Manifest

extension Answers {
  /// Reads the values of an answers file as if each had been typed into its field.
  struct Reader {
    private let map: SourceMap
    /// Texts that are no value of their field.
    var drafts: [Address: String] = [:]
    private var place = Path.root

    init(map: SourceMap) { self.map = map }

    mutating func form(_ answers: Mapping, recipe: Recipe?) throws(AnswerFault) -> FormState {
      var start = recipe
      if let named = answers["recipe"] {
        guard let name = named.text, let recipe = Recipe(named: name) else {
          throw fault(
            Path([.key("recipe")]),
            "no such recipe; use \(Recipe.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        start = recipe
      }
      guard answers["version"]?.integer == Answers.version else {
        throw fault(Path([.key("version")]), "version must be \(Answers.version)")
      }
      var form = (start ?? .blank).form
      for entry in answers.entries {
        place = Path([.key(entry.key)])
        switch entry.key {
        case "version", "recipe": break
        case "route": try read(entry.value, .route, into: &form)
        case "policy":
          if let isOn = truth(entry.value) { form.writesPolicy = isOn } else {
            try read(entry.value, .policy, into: &form)
          }
        case "retry":
          if let isOn = truth(entry.value) { form.writeRetry(isOn) } else {
            form.writesRetry = true
            try read(entry.value, .retry, into: &form)
          }
        case "grant", "drafts": break
        default:
          throw fault(
            place,
            "unknown key \"\(entry.key)\"; use version, recipe, policy, route, retry, grant, drafts"
          )
        }
      }
      try readGrants(answers["grant"], into: &form)
      for entry in answers["drafts"]?.entries ?? [] {
        guard let address = Address(entry.key), let text = entry.value.scalar?.text else {
          throw fault(Path([.key("drafts"), .key(entry.key)]), "not a path of the form")
        }
        drafts[address] = text
      }
      form.drafts = drafts
      return form
    }

    private func truth(_ node: Node) -> Bool? {
      guard let scalar = node.scalar, scalar.kind == .bool else { return nil }
      return scalar.text == "true"
    }

    private func readGrants(_ node: Node?, into form: inout FormState) throws(AnswerFault) {
      guard let node else { return }
      let namespaces: [String]
      switch truth(node) {
      case true: namespaces = form.foreignNamespaces
      case false: namespaces = []
      case nil:
        guard case .sequence(let items) = node else {
          throw fault(Path([.key("grant")]), "grant is true, false or a list of namespaces")
        }
        namespaces = items.compactMap { $0.scalar?.text }
      }
      for namespace in namespaces { form.writeGrants(for: namespace, true) }
    }

    private mutating func read(
      _ node: Node, _ object: ObjectName, into form: inout FormState
    ) throws(AnswerFault) {
      guard case .mapping(let mapping) = node else {
        throw fault(place, "\(object) must be a mapping, as in the manifest")
      }
      for entry in mapping.entries {
        let address = Address(object, Path([.key(entry.key)]))
        let value = try self.node(
          .mapping(Mapping([entry])), at: Address(object, .root), object.resource.root)
        guard let value = value[entry.key] else {
          form.set(nil, at: address)
          continue
        }
        merge(value, at: address, into: &form)
      }
    }

    /// Mappings of answers are laid over what the recipe has; lists and values replace it.
    private func merge(_ node: Node, at address: Address, into form: inout FormState) {
      if case .mapping(let mapping) = node, !mapping.isEmpty {
        for entry in mapping.entries {
          merge(entry.value, at: address.appending(entry.key), into: &form)
        }
      } else {
        form.set(node, at: address)
      }
    }

    /// A value with its keys in canonical order and its scalars as the form types them. Null
    /// unsets.
    mutating func node(
      _ node: Node, at address: Address, _ property: Property
    ) throws(AnswerFault) -> Node {
      switch (node, property.schema) {
      case (.mapping(let mapping), .object(let object)):
        var result = Mapping()
        for entry in mapping.entries {
          let inner = address.appending(entry.key)
          guard let field = object.property(entry.key) else {
            throw fault(
              source(of: inner), "unknown field \"\(entry.key)\" in \(address)")
          }
          if isUnset(entry.value, field) { continue }
          let value = try self.node(entry.value, at: inner, field)
          if drafts[inner] == nil { result.set(entry.key, value, in: property.schema) }
        }
        return .mapping(result)
      case (.sequence(let items), .list(let list)):
        var result: [Node] = []
        for (index, item) in items.enumerated() {
          result.append(try self.node(item, at: address.appending(index), list.item))
        }
        return .sequence(result)
      case (.mapping(let mapping), .map(let map)):
        var result = Mapping()
        for entry in mapping.entries {
          result[entry.key] = try self.node(
            entry.value, at: address.appending(entry.key), map.value)
        }
        return .mapping(result)
      case (.scalar(let scalar), .string), (.scalar(let scalar), .integer),
        (.scalar(let scalar), .boolean), (.scalar(let scalar), .quantity):
        switch property.value(from: scalar.text) {
        case .success(let value): return value
        case .failure:
          drafts[address] = scalar.text
          return node
        }
      case (_, .any): return node
      case (.mapping, _), (.sequence, _), (.scalar, _):
        throw fault(
          source(of: address), "\(address) must be \(words(for: property.schema))")
      }
    }

    private func isUnset(_ node: Node, _ field: Property) -> Bool {
      guard node.scalar?.kind == .null else { return false }
      return true
    }

    private func words(for schema: Schema) -> String {
      switch schema {
      case .object, .map: "a mapping"
      case .list: "a list"
      case .string: "a text"
      case .integer: "a whole number"
      case .boolean: "true or false"
      case .quantity: "a size such as 50Mi"
      case .any: "anything"
      }
    }

    /// The path in the answers file of an address of the form.
    private func source(of address: Address) -> Path {
      place.isRoot ? address.path : place.appending(address.path)
    }

    private func fault(_ path: Path, _ message: String) -> AnswerFault {
      AnswerFault(line: map.nearestSpan(of: path).start.line, message)
    }
  }
}
