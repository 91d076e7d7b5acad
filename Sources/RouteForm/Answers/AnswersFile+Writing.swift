internal import Schemas
internal import YAML

extension AnswersFile {
  /// The form as an answers file, with texts that are no values: reading it gives the same form, with `***` for
  /// credentials where those are hidden.
  package static func bytes(of form: FormState, hidesCredentials: Bool = false) -> [UInt8] {
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
    for (object, isWritten) in [
      (ObjectName.gateway, form.writesGateway), (.gatewayClass, form.writesClass),
    ] {
      guard let own = form.own(object), isWritten || own != .map([:]) else { continue }
      answers["\(object)"] = own == .map([:]) ? .bool(true) : own
      if !isWritten { unwritten.append(.string("\(object)")) }
    }
    if form.proxy != .map([:]) { answers["\(ObjectName.proxy)"] = form.proxy }
    writeProviders(of: form, into: &answers, &unwritten)
    if !form.grants.isEmpty {
      answers["grant"] = .sequence(form.grantNamespaces.map(Node.string))
    } else if form.providers.contains(where: { $0.namespace != nil }) {
      answers["grant"] = .bool(false)
    }
    for (index, grant) in form.grants.enumerated() where grant.overlay != .map([:]) {
      answers["\(ObjectName.grant(index))"] = grant.overlay
    }
    if !unwritten.isEmpty { answers["unwritten"] = .sequence(unwritten) }
    if !form.invalidTexts.isEmpty {
      let invalidTexts = form.invalidTexts.sorted { "\($0.key)" < "\($1.key)" }
      answers["drafts"] = .mapping(
        Mapping(invalidTexts.map { .init("\($0.key)", .string($0.value)) }))
    }
    var printer = Printer()
    let node = Node.mapping(answers)
    return printer.print([hidesCredentials ? node.withoutCredentials : node]).bytes
  }

  /// The described backends, and what was changed of their objects.
  private static func writeProviders(
    of form: FormState, into answers: inout Mapping, _ unwritten: inout [Node]
  ) {
    guard !form.providers.isEmpty else { return }
    var providers = Mapping()
    let used = Set(form.usedProviders.map(\.index))
    for (index, provider) in form.providers.enumerated() {
      var settings = Mapping()
      for entry in provider.settings.entries where entry.key != ProviderSetting.name.rawValue {
        settings[entry.key] = entry.value
      }
      providers[provider.label] = .mapping(settings)
      if !used.contains(index) {
        unwritten.append(.string(Self.unwritten(provider: provider.label)))
      }
      for part in BackendPart.allCases {
        guard let overlay = provider.overlays[part], overlay != .map([:]) else { continue }
        answers["\(ObjectName.part(part, index))"] = overlay
      }
    }
    answers["providers"] = .mapping(providers)
  }

  /// How a described backend that no rule uses is named among what is not written.
  static func unwritten(provider label: String) -> String { "provider \(label)" }

  static func isProvider(_ word: String) -> Bool { word.hasPrefix("provider ") }

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
    var form = form
    let used = Set(form.usedProviders.map(\.index))
    for index in form.providers.indices.reversed() where !used.contains(index) {
      form.forget(provider: index)
    }
    lazy var documents = form.documents
    var commands: [String] = []
    for recipe in Recipe.allCases {
      let start = recipe.form
      // No option takes the description of a backend away.
      guard form.providers.starts(with: start.providers, by: { $0.label == $1.label }) else {
        continue
      }
      for options in options(making: form, of: start) {
        // A name that a setting changes takes the backend's description along.
        guard form.providers.isEmpty || replay(options, from: start)?.documents == documents else {
          continue
        }
        let name = recipe == .blank ? "" : " --recipe \(recipe.rawValue)"
        commands.append(
          "aigw-wizard render\(name)\(options.map(\.text).joined()) "
            + "-o \(Shell.quoted(place))")
      }
    }
    return commands.min { $0.utf8.count < $1.utf8.count } ?? "aigw-wizard render"
  }

  /// One option of a command.
  private enum Option {
    case provider(String), setting(String)

    var text: String {
      switch self {
      case .provider(let text): " --provider \(Shell.quoted(text))"
      case .setting(let text): " --set \(Shell.quoted(text))"
      }
    }
  }

  private static func replay(_ options: [Option], from start: FormState) -> FormState? {
    var form = start
    for option in options {
      do throws(AnswersError) {
        switch option {
        case .provider(let text): try describe(text, in: &form)
        case .setting(let text): try apply(text, to: &form)
        }
      } catch { return nil }
    }
    return form
  }

  /// The options that make one form of another, in two ways: with `--provider` for backends that
  /// the other names already, for it is read before `--set`, and with settings alone.
  private static func options(making form: FormState, of start: FormState) -> [[Option]] {
    let plain = settings(making: form, of: start).map(Option.setting)
    guard !form.providers.isEmpty else { return [plain] }
    var described = start
    var options: [Option] = []
    for (index, provider) in form.providers.enumerated() {
      let former = start.providers.indices.contains(index) ? start.providers[index] : nil
      if former?.settings == provider.settings { continue }
      guard let text = provider.option, (try? describe(text, in: &described)) != nil else {
        break
      }
      options.append(.provider(text))
    }
    return [plain, options + settings(making: form, of: described).map(Option.setting)]
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
    for (index, provider) in form.providers.enumerated() {
      let former = start.providers.indices.contains(index) ? start.providers[index] : nil
      if former == nil { settings.append("provider[\(index)].name=\(provider.label)") }
      difference(
        provider.settings, former?.settings ?? .map(["name": .string(provider.name)]),
        Address(.provider(index), .root), &settings)
      for part in BackendPart.allCases {
        guard let overlay = provider.overlays[part] else { continue }
        difference(overlay, .map([:]), Address(.part(part, index), .root), &settings)
      }
    }
    for (object, isWritten, wasWritten) in [
      (ObjectName.gatewayClass, form.writesClass, start.writesClass),
      (.gateway, form.writesGateway, start.writesGateway),
    ] {
      if isWritten != wasWritten { settings.append("\(object)=\(isWritten)") }
      guard isWritten else { continue }
      difference(form.own(object), .map([:]), Address(object, .root), &settings)
    }
    difference(form.proxy, start.proxy, Address(.proxy, .root), &settings)
    if !form.grants.isEmpty || form.providers.contains(where: { $0.namespace != nil }) {
      settings.append(
        "grant=\(form.grants.isEmpty ? "false" : form.grantNamespaces.joined(separator: ","))")
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
    let isWord = text.utf8.first?.isLetter == true && text.utf8.allSatisfy(wordBytes.contains)
    let isOther = isWord && otherWords.contains(text.lowercased())
    return isWord && !isOther ? text : text.json
  }

  private static let wordBytes = Set(
    (0...0x7f).filter { $0.isAlphanumeric || "-._/".utf8.contains($0) })

  /// Words that YAML reads as something else than text.
  private static let otherWords: Set = [
    "y", "n", "yes", "no", "on", "off", "true", "false", "null",
  ]
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
