internal import Schemas
internal import YAML

/// What is wrong with an answers file or a `--set`, with its place.
package struct AnswersError: Error, Hashable, Sendable {
  /// From 1; nil for a `--set`.
  package let line: Int?
  package let message: String

  package init(line: Int? = nil, _ message: String) {
    self.line = line
    self.message = message
  }
}

/// The form as a file and as a command: the same names and the same checks as the form itself.
///
/// An answers file is YAML: `version: 1`, an optional `recipe`, and the objects by their names.
/// `policy`, `retry`, `gateway` and `class` may also be `true` or `false`, `grant` a list of
/// namespaces or `true`; what was changed of one grant stands under `grant[N]`. `providers` has the
/// keys of `--provider` for each backend that is described; what was changed of its objects stands
/// under `backend[N]`, `tls[N]`, `credentials[N]`, `service[N]` and `pool[N]`. `drafts` holds texts
/// that are no values by their paths, `unwritten` names objects that are filled in and left out of
/// the manifests.
package enum AnswersFile {
  /// The version this program writes; it reads this one only.
  package static let version = 1

  /// Starts a form from an answers file, over the recipe it names or the given one.
  package static func form(from bytes: [UInt8], recipe: Recipe?) throws(AnswersError) -> FormState {
    let parsed = Parser().parse(bytes)
    if let problem = parsed.problems.first(where: { $0.severity == .error }) {
      throw AnswersError(line: problem.position.line, problem.message)
    }
    guard let document = parsed.documents.first, case .mapping(let answers) = document.root else {
      throw AnswersError(line: 1, "an answers file is a mapping that begins with `version: 1`")
    }
    if let second = parsed.documents.dropFirst().first {
      throw AnswersError(
        line: second.start.line, "an answers file is one document; this is a second one")
    }
    var reader = Reader(map: document.map)
    return try reader.form(answers, recipe: recipe)
  }

  /// Applies one `PATH=VALUE`; a value is typed into the field as a user would, `[…]` and `{…}`
  /// give lists and objects, nothing after the `=` unsets.
  package static func apply(_ setting: String, to form: inout FormState) throws(AnswersError) {
    guard let equals = setting.firstIndex(of: "=") else {
      throw AnswersError("--set \(setting): no '='; use PATH=VALUE")
    }
    let path = String(setting[..<equals])
    let value = String(setting[setting.index(after: equals)...])
    if try applySwitch(path, value, &form) { return }
    if path == "provider[\(form.providers.count)].name" {
      do throws(AnswersError) {
        _ = try describe(value, [], in: &form)
      } catch {
        throw AnswersError("--set \(path): \(error.message)")
      }
      return
    }
    guard let address = Address(path) else {
      throw AnswersError("--set \(path): \(hint(forPath: path))")
    }
    let resource = address.object.resource
    guard let property = resource.property(at: address.path), !address.path.isRoot else {
      throw AnswersError("--set \(path): \(unknownField(address, resource))")
    }
    if let message = form.absence(of: address.object) {
      throw AnswersError("--set \(path): \(message)")
    }
    try checkIndices(address, form, path)
    form.adopt(address.object)
    if value.isEmpty {
      form.delete(address)
      return
    }
    switch property.schema {
    case .string, .integer, .boolean, .quantity: form.type(value, at: address)
    case .object, .list, .map, .any:
      let parsed = Parser().parse(Array(value.utf8))
      guard let document = parsed.documents.first,
        !parsed.hasErrors
      else { throw AnswersError("--set \(path): not YAML; use [a, b] or {key: value}") }
      var reader = Reader(map: document.map)
      let node: Node
      do { node = try reader.node(document.root, at: address, property) } catch {
        throw AnswersError("--set \(path): \(error.message)")
      }
      form.dropInvalidTexts(within: address)
      form.set(node, at: address)
      for (place, text) in reader.invalidTexts { form.invalidTexts[place] = text }
    }
  }

  /// What to write in the place of a path that begins with no object.
  private static func hint(forPath path: String) -> String {
    guard let whole = Path(path), case .key(let first)? = whole.steps.first else {
      return "this is no path; write one such as route.spec.rules[0].name"
    }
    if ObjectName.route.resource.property(at: whole) != nil { return "did you mean route.\(path)?" }
    let names =
      ["policy", "route", "grant", "retry", "gateway", "class", "proxy", "provider"]
      + BackendPart.allCases.map(\.rawValue)
    if let near = NearestWord.match(for: first.lowercased(), among: names), near != first {
      return "no such object; did you mean \(near)?"
    }
    return "no such object; paths begin with policy, route, grant[N], retry, gateway, class, "
      + "proxy, provider[N], or backend[N], tls[N], credentials[N], service[N], pool[N]"
  }

  /// `policy=false`, `retry=true`, `grant=NAMESPACE,…|true|false`.
  private static func applySwitch(
    _ path: String, _ value: String, _ form: inout FormState
  ) throws(AnswersError) -> Bool {
    switch path {
    case "policy": form.writesPolicy = try boolean(value, path)
    case "retry": form.writeRetry(try boolean(value, path))
    case "gateway": form.writesGateway = try boolean(value, path)
    case "class": form.writesClass = try boolean(value, path)
    case "grant":
      let namespaces: [String] =
        switch value {
        case "false", "": []
        case "true": form.foreignNamespaces
        default: value.split(separator: ",").map(String.init)
        }
      for namespace in namespaces {
        if let message = errorMessage(ofNamespace: namespace) {
          throw AnswersError("--set grant: \(message)")
        }
      }
      form.grants = []
      for namespace in namespaces { form.writeGrants(for: namespace, true) }
    default: return false
    }
    return true
  }

  /// What is wrong with the name of a namespace, nil where nothing is.
  static func errorMessage(ofNamespace text: String) -> String? {
    let path = Path([.key("metadata"), .key("namespace")])
    guard
      case .failure(let violation)? = ResourceKind.referenceGrant.property(at: path)?.value(
        from: text)
    else { return nil }
    return "\(text.quoted) is not a namespace: \(violation.message)"
  }

  private static func boolean(_ value: String, _ path: String) throws(AnswersError) -> Bool {
    switch value {
    case "true": true
    case "false": false
    default: throw AnswersError("--set \(path): \"\(value)\" is not true or false")
    }
  }

  /// Rows are counted from 0 and added one by one.
  private static func checkIndices(
    _ address: Address, _ form: FormState, _ path: String
  ) throws(AnswersError) {
    for (depth, step) in address.path.steps.enumerated() {
      guard case .index(let index) = step else { continue }
      let list = Address(address.object, Path(Array(address.path.steps[..<depth])))
      let count = form.value(at: list)?.items.count ?? 0
      if index > count {
        throw AnswersError(
          "--set \(path): \(list) has \(count) row\(count == 1 ? "" : "s"); the next one is "
            + "[\(count)]")
      }
    }
  }

  private static func unknownField(_ address: Address, _ resource: ResourceKind) -> String {
    var path = address.path
    while !path.isRoot, resource.property(at: path) == nil {
      let parent = path.parent
      if parent.isRoot || resource.property(at: parent) != nil, case .key(let key) = path.last {
        let names = resource.properties(at: parent).map(\.name)
        let near =
          NearestWord.match(for: key, among: names) ?? Self.path(ofFieldNear: key, in: resource)
        let hint = near.map { "; did you mean \($0)?" } ?? ""
        return "\(resource.kind) has no field \(path)\(hint)"
      }
      path = parent
    }
    return "no such field"
  }

  /// Where a field stands, the nearest to the root, that has a name or one like it.
  private static func path(ofFieldNear name: String, in resource: ResourceKind) -> String? {
    let fields = resource.everything.filter { $0.path.steps.first == .key("spec") }
    guard let near = NearestWord.match(for: name, among: fields.map(\.property.name)) else {
      return nil
    }
    return fields.filter { $0.property.name == near }.map(\.path)
      .min { $0.count < $1.count }?.description
  }
}

extension FormState {
  /// Why an object cannot be set, nil where it can.
  func absence(of object: ObjectName) -> String? {
    switch object {
    case .grant(let index):
      grants.indices.contains(index)
        ? nil : "there is no grant \(index); set grant=NAMESPACE first"
    case .provider(let index), .part(_, let index):
      providers.indices.contains(index)
        ? nil : "there is no provider \(index); --provider NAME=PRESET describes a backend"
    case .opened: "objects of opened files cannot be set here"
    case .gatewayClass, .proxy, .gateway, .policy, .route, .retry: nil
    }
  }

  /// Has an object written that something is set of.
  mutating func adopt(_ object: ObjectName) {
    switch object {
    case .retry: writesRetry = true
    case .gateway: writesGateway = true
    case .gatewayClass: writesClass = true
    case .proxy, .policy, .grant, .route, .provider, .part, .opened: break
    }
  }
}
