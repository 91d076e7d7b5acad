internal import Schemas
internal import YAML

extension AnswersFile {
  /// Reads the values of an answers file as if each had been typed into its field.
  struct Reader {
    private let map: SourceMap
    /// Texts that are no value of their field.
    var invalidTexts: [Address: String] = [:]
    private var place = Path.root

    private static let keys = [
      "version", "recipe", "policy", "route", "retry", "gateway", "class", "proxy", "grant",
      "providers", "drafts", "unwritten",
    ]

    init(map: SourceMap) { self.map = map }

    mutating func form(_ answers: Mapping, recipe: Recipe?) throws(AnswersError) -> FormState {
      var start = recipe
      if let named = answers["recipe"] {
        guard let name = named.text, let recipe = Recipe(named: name) else {
          let names = Recipe.allCases.map(\.rawValue)
          let near = NearestWord.match(for: named.text ?? "", among: names)
          throw invalid(
            Path([.key("recipe")]),
            "no such recipe; "
              + (near.map { "did you mean \($0)?" } ?? "use \(names.joined(separator: ", "))"))
        }
        start = recipe
      }
      if answers["kind"] != nil, answers["apiVersion"] != nil {
        throw invalid(
          Path([.key("kind")]), "this is a manifest, no answers file; open it as aigw-wizard FILE")
      }
      guard let version = answers["version"] else {
        throw invalid(.root, "version is missing; begin with version: \(AnswersFile.version)")
      }
      guard version.integer == AnswersFile.version else {
        throw invalid(Path([.key("version")]), "version must be \(AnswersFile.version)")
      }
      var form = (start ?? .blank).form
      var edits: [(object: ObjectName, node: Node)] = []
      for entry in answers.entries {
        place = Path([.key(entry.key)])
        switch entry.key {
        case "route": try read(entry.value, .route, into: &form)
        case "policy":
          if let isOn = boolean(entry.value) {
            form.writesPolicy = isOn
          } else {
            try read(entry.value, .policy, into: &form)
          }
        case "retry":
          if let isOn = boolean(entry.value) {
            form.writeRetry(isOn)
          } else {
            form.writesRetry = true
            try read(entry.value, .retry, into: &form)
          }
        case "gateway", "class":
          let object: ObjectName = entry.key == "gateway" ? .gateway : .gatewayClass
          form.adopt(object)
          if let isOn = boolean(entry.value) {
            if entry.key == "gateway" { form.writesGateway = isOn } else { form.writesClass = isOn }
          } else {
            try read(entry.value, object, into: &form)
          }
        case "proxy": try read(entry.value, .proxy, into: &form)
        case "version", "recipe", "grant", "providers", "drafts", "unwritten": break
        default:
          guard let address = Address(entry.key), address.path.isRoot, address.object.isNumbered
          else {
            let near = NearestWord.match(for: entry.key, among: Self.keys)
            throw invalid(
              place,
              "unknown key \"\(entry.key)\"; "
                + (near.map { "did you mean \($0)?" } ?? "use \(Self.keys.joined(separator: ", "))")
            )
          }
          edits.append((address.object, entry.value))
        }
      }
      try readProviders(answers, into: &form)
      try readGrants(answers["grant"], into: &form)
      for edit in edits {
        place = Path([.key("\(edit.object)")])
        if let message = form.absence(of: edit.object) { throw invalid(place, message) }
        try read(edit.node, edit.object, into: &form)
      }
      try readRest(of: answers, into: &form)
      return form
    }

    /// Drafts, and which objects are left out.
    private func readRest(of answers: Mapping, into form: inout FormState) throws(AnswersError) {
      for entry in try mapping("drafts", of: answers) {
        guard let address = Address(entry.key), let text = entry.value.scalar?.text,
          address.object.resource.property(at: address.path) != nil
        else {
          throw invalid(Path([.key("drafts"), .key(entry.key)]), "not a path of the form")
        }
        form.invalidTexts[address] = text
      }
      for (index, item) in try list("unwritten", of: answers).enumerated() {
        switch item.text {
        case "policy": form.writesPolicy = false
        case "retry": form.writesRetry = false
        case "gateway": form.writesGateway = false
        case "class": form.writesClass = false
        default:
          if item.text.map(AnswersFile.isProvider) == true { continue }
          throw invalid(
            Path([.key("unwritten"), .index(index)]),
            "only policy, retry, gateway, class and providers can be left out")
        }
      }
    }

    /// The described backends, by their names, each as a mapping or as `--provider` has it.
    private func readProviders(_ answers: Mapping, into form: inout FormState) throws(AnswersError)
    {
      let unused = try list("unwritten", of: answers).compactMap(\.text)
      for entry in try mapping("providers", of: answers) {
        let path = Path([.key("providers"), .key(entry.key)])
        do throws(AnswersError) {
          if let text = entry.value.scalar?.text {
            try AnswersFile.describe("\(entry.key)=\(text)", in: &form)
          } else {
            let settings = entry.value.entries.map { ($0.key, $0.value.scalar?.text ?? "") }
            if unused.contains(AnswersFile.unwritten(provider: entry.key)) {
              form.addUnused(provider: entry.key)
            }
            _ = try AnswersFile.describe(entry.key, settings, in: &form)
          }
        } catch { throw invalid(path, error.message) }
      }
    }

    /// The entries of a key that is a mapping, if it is there.
    private func mapping(_ key: String, of answers: Mapping) throws(AnswersError)
      -> [Mapping.Entry]
    {
      guard let node = answers[key] else { return [] }
      guard case .mapping(let mapping) = node else {
        throw invalid(Path([.key(key)]), "\(key) must be a mapping")
      }
      return mapping.entries
    }

    /// The items of a key that is a list, if it is there.
    private func list(_ key: String, of answers: Mapping) throws(AnswersError) -> [Node] {
      guard let node = answers[key] else { return [] }
      guard case .sequence(let items) = node else {
        throw invalid(Path([.key(key)]), "\(key) must be a list")
      }
      return items
    }

    private func boolean(_ node: Node) -> Bool? {
      guard let scalar = node.scalar, scalar.kind == .bool else { return nil }
      return scalar.text == "true"
    }

    private func readGrants(_ node: Node?, into form: inout FormState) throws(AnswersError) {
      guard let node else { return }
      form.grants = []
      let namespaces: [String]
      switch boolean(node) {
      case true: namespaces = form.foreignNamespaces
      case false: namespaces = []
      case nil:
        guard case .sequence(let items) = node else {
          throw invalid(Path([.key("grant")]), "grant is true, false or a list of namespaces")
        }
        namespaces = items.map { $0.scalar?.text ?? "" }
        for (index, namespace) in namespaces.enumerated() {
          if let message = AnswersFile.errorMessage(ofNamespace: namespace) {
            throw invalid(Path([.key("grant"), .index(index)]), message)
          }
        }
      }
      for namespace in namespaces { form.writeGrants(for: namespace, true) }
    }

    private mutating func read(
      _ node: Node, _ object: ObjectName, into form: inout FormState
    ) throws(AnswersError) {
      guard case .mapping = node else {
        throw invalid(
          place,
          "\(object) must be a mapping, as in the manifest"
            + (object.isOptional ? ", or true or false" : ""))
      }
      try merge(node, at: Address(object, .root), object.resource.root, into: &form)
    }

    /// Mappings of answers are laid over what the recipe has, and null unsets there; lists and
    /// values replace it.
    private mutating func merge(
      _ node: Node, at address: Address, _ property: Property, into form: inout FormState
    ) throws(AnswersError) {
      switch (node, property.schema) {
      case (.mapping(let mapping), .object), (.mapping(let mapping), .map):
        if mapping.isEmpty, !address.path.isRoot, form.ownValue(at: address) == nil {
          form.set(node, at: address)
        }
        for entry in mapping.entries {
          let inner = address.appending(entry.key)
          let field = try self.field(entry.key, of: property, at: address)
          if entry.value.scalar?.kind == .null {
            form.delete(inner)
          } else {
            try merge(entry.value, at: inner, field, into: &form)
          }
        }
      case (.scalar(let scalar), .string), (.scalar(let scalar), .integer),
        (.scalar(let scalar), .boolean), (.scalar(let scalar), .quantity):
        form.type(scalar.text, at: address)
      default:
        invalidTexts = [:]
        form.set(try self.node(node, at: address, property), at: address)
        for (place, text) in invalidTexts { form.invalidTexts[place] = text }
      }
    }

    /// The field of a key of an object or map.
    private func field(
      _ key: String, of property: Property, at address: Address
    ) throws(AnswersError) -> Property {
      switch property.schema {
      case .object(let object):
        if let field = object.property(key) { return field }
        if let near = NearestWord.match(for: key, among: object.properties.map(\.name)) {
          throw invalid(
            source(of: address.appending(key)),
            "unknown field \"\(key)\" in \(address); did you mean \(near)?")
        }
      case .map(let map): return map.value
      case .list, .string, .integer, .boolean, .quantity, .any: break
      }
      throw invalid(source(of: address.appending(key)), "unknown field \"\(key)\" in \(address)")
    }

    /// A value with its keys in canonical order and its scalars as the form types them. Null
    /// unsets.
    mutating func node(
      _ node: Node, at address: Address, _ property: Property
    ) throws(AnswersError) -> Node {
      switch (node, property.schema) {
      case (.mapping(let mapping), .object), (.mapping(let mapping), .map):
        var result = Mapping()
        for entry in mapping.entries {
          let inner = address.appending(entry.key)
          let field = try self.field(entry.key, of: property, at: address)
          if isUnset(entry.value, in: property) { continue }
          let value = try self.node(entry.value, at: inner, field)
          if invalidTexts[inner] == nil { result.set(entry.key, value, in: property.schema) }
        }
        return .mapping(result)
      case (.sequence(let items), .list(let list)):
        var result: [Node] = []
        for (index, item) in items.enumerated() {
          result.append(try self.node(item, at: address.appending(index), list.item))
        }
        return .sequence(result)
      case (.scalar(let scalar), .string), (.scalar(let scalar), .integer),
        (.scalar(let scalar), .boolean), (.scalar(let scalar), .quantity):
        if scalar.text.isEmpty { return .string("") }
        switch property.value(from: scalar.text) {
        case .success(let value): return value
        case .failure:
          invalidTexts[address] = scalar.text
          return node
        }
      case (_, .any): return node
      case (.mapping, _), (.sequence, _), (.scalar, _):
        throw invalid(
          source(of: address), "\(address) must be \(description(for: property.schema))")
      }
    }

    /// Null says nothing, and neither does an empty text, but for a label or annotation.
    private func isUnset(_ node: Node, in property: Property) -> Bool {
      guard let scalar = node.scalar else { return false }
      if scalar.kind == .null { return true }
      guard case .object = property.schema else { return false }
      return scalar.text.isEmpty
    }

    private func description(for schema: Schema) -> String {
      switch schema {
      case .object, .map: "a mapping"
      case .list: "a list"
      case .string: "a string"
      case .integer: "a whole number"
      case .boolean: "true or false"
      case .quantity(let pattern): pattern.hint
      case .any: "anything"
      }
    }

    /// The path in the answers file of an address of the form.
    private func source(of address: Address) -> Path {
      place.isRoot ? address.path : place.appending(address.path)
    }

    private func invalid(_ path: Path, _ message: String) -> AnswersError {
      AnswersError(line: map.nearestSpan(of: path).start.line, message)
    }
  }
}

extension ObjectName {
  /// Whether the form has a switch for it.
  fileprivate var isOptional: Bool {
    switch self {
    case .policy, .retry, .gateway, .gatewayClass: true
    case .route, .proxy, .grant, .provider, .part, .opened: false
    }
  }
}
