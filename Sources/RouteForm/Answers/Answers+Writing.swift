internal import Schemas
internal import YAML

extension Answers {
  /// The form as an answers file, drafts included: reading it gives the same form.
  package static func bytes(of form: FormState) -> [UInt8] {
    let start = Recipe.blank.form
    var answers = Mapping([
      .init("version", .integer(version)), .init("recipe", .string(Recipe.blank.rawValue)),
    ])
    var unwritten: [Node] = []
    if !form.writesPolicy, form.policy == start.policy {
      answers["policy"] = .bool(false)
    } else {
      answers["policy"] = unsetting(form.policy, start.policy)
      if !form.writesPolicy { unwritten.append(.string("policy")) }
    }
    answers["route"] = unsetting(form.route, start.route)
    if form.writesRetry || form.retry != start.retry {
      answers["retry"] = form.retry
      if !form.writesRetry { unwritten.append(.string("retry")) }
    }
    if !form.grants.isEmpty { answers["grant"] = .sequence(form.grantNamespaces.map(Node.string)) }
    for (index, grant) in form.grants.enumerated() where grant.overlay != .map([:]) {
      answers["\(ObjectName.grant(index))"] = grant.overlay
    }
    if !unwritten.isEmpty { answers["unwritten"] = .sequence(unwritten) }
    if !form.drafts.isEmpty {
      let drafts = form.drafts.sorted { "\($0.key)" < "\($1.key)" }
      answers["drafts"] = .mapping(
        Mapping(drafts.map { .init("\($0.key)", .string($0.value)) }))
    }
    var printer = Printer()
    return printer.listing(of: [.mapping(answers)]).bytes
  }

  /// A value with a null for each key that the start has and it has not.
  private static func unsetting(_ new: Node, _ old: Node?) -> Node {
    guard case .mapping(let mapping) = new, case .mapping(let start)? = old else { return new }
    var result = Mapping()
    for entry in mapping.entries { result[entry.key] = unsetting(entry.value, start[entry.key]) }
    for entry in start.entries where mapping[entry.key] == nil { result[entry.key] = .null }
    return .mapping(result)
  }

  /// The shortest command that writes the same manifests, with `--set` where that says it all.
  package static func command(for form: FormState, place: String) -> String {
    let commands = Recipe.allCases.map { recipe in
      let start = recipe == .blank ? "" : " --recipe \(recipe.rawValue)"
      let settings = settings(making: form, of: recipe.form).map { " --set \(Shell.quoted($0))" }
      return "aigw-wizard render\(start)\(settings.joined()) -o \(Shell.quoted(place))"
    }
    return commands.reduce(commands[0]) { $1.utf8.count < $0.utf8.count ? $1 : $0 }
  }

  /// The settings that make one form of another.
  private static func settings(making form: FormState, of start: FormState) -> [String] {
    var start = start
    var settings: [String] = []
    if !form.writesPolicy { settings.append("policy=false") }
    if form.writesRetry != start.writesRetry {
      // First, for the retries that it starts with depend on the priorities there are.
      settings.append("retry=\(form.writesRetry)")
      start.writeRetry(form.writesRetry)
    }
    difference(form.route, start.route, Address(.route, .root), &settings)
    if form.writesPolicy {
      difference(form.policy, start.policy, Address(.policy, .root), &settings)
    }
    if form.writesRetry {
      difference(form.retry, start.retry, Address(.retry, .root), &settings)
    }
    if !form.grants.isEmpty {
      settings.append("grant=\(form.grantNamespaces.joined(separator: ","))")
    }
    for (index, grant) in form.grants.enumerated() {
      difference(grant.overlay, .map([:]), Address(.grant(index), .root), &settings)
    }
    return settings
  }

  /// The settings that make `new` of `old`.
  private static func difference(
    _ new: Node?, _ old: Node?, _ address: Address, _ settings: inout [String]
  ) {
    if new == old { return }
    guard let new else {
      settings.append("\(address)=")
      return
    }
    var parts: [String] = []
    differences(of: new, from: old, address, &parts)
    let whole = "\(address)=\(new.flow)"
    // What is all new may be shorter as one value.
    let isShorter = old == nil && parts.count > 1 && !address.path.isRoot
    settings += isShorter ? [whole] : parts
  }

  private static func differences(
    of new: Node, from old: Node?, _ address: Address, _ settings: inout [String]
  ) {
    switch new {
    case .scalar(let scalar): settings.append("\(address)=\(scalar.text)")
    case .mapping(let mapping):
      if mapping.isEmpty, old == nil || address.path.isRoot == false && old?.entries.isEmpty == true
      {
        settings.append("\(address)={}")
        return
      }
      if mapping.entries.contains(where: { $0.value == .string("") }) {
        settings.append("\(address)=\(new.flow)")
        return
      }
      for entry in old?.entries ?? [] where mapping[entry.key] == nil {
        settings.append("\(address.appending(entry.key))=")
      }
      for entry in mapping.entries {
        difference(entry.value, old?[entry.key], address.appending(entry.key), &settings)
      }
    case .sequence(let items):
      if isGivenWhole(items, address) {
        settings.append("\(address)=\(new.flow)")
        return
      }
      for index in (items.count..<max(items.count, old?.items.count ?? 0)).reversed() {
        settings.append("\(address.appending(index))=")
      }
      for (index, item) in items.enumerated() {
        difference(item, old?[index], address.appending(index), &settings)
      }
    }
  }

  /// Whether a list is one setting: texts, nothing, or what would otherwise follow the route.
  private static func isGivenWhole(_ items: [Node], _ address: Address) -> Bool {
    address.object != .route || items.isEmpty || items.contains { $0.scalar != nil }
  }

}

extension Node {
  /// The value as YAML on one line, in quotes what might not be a text otherwise.
  var flow: String {
    switch self {
    case .scalar(let scalar): scalar.kind == .string ? Self.quoted(scalar.text) : scalar.text
    case .sequence(let items): "[\(items.map(\.flow).joined(separator: ", "))]"
    case .mapping(let mapping):
      "{"
        + mapping.entries.map { "\(Self.quoted($0.key)): \($0.value.flow)" }.joined(separator: ", ")
        + "}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let isWord =
      text.first.map { $0.isASCII && $0.isLetter } ?? false
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-._/".contains($0)) }
    let isOther = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
      .contains(text.lowercased())
    return isWord && !isOther ? text : text.json
  }
}

extension FormState {
  /// The namespaces that grants are written for, each once.
  var grantNamespaces: [String] {
    var namespaces: [String] = []
    for grant in grants where !namespaces.contains(grant.namespace) {
      namespaces.append(grant.namespace)
    }
    return namespaces
  }
}
