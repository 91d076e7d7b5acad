import ArgumentParser
import Schemas
import Lint
import Resources
import YAML
import RouteForm
import Wizard

/// `aigw-wizard explain`: describes a rule, a field or a provider preset, or lists them.
struct Explain: Subcommand {
  static let configuration = CommandConfiguration.command(
    "explain", "[<topic>]",
    "Explains a rule, a field or a provider; without a topic it lists the rules and objects.")

  @Argument(
    help: "A rule, a kind, a field path, a field name, 'providers', or 'provider NAME'.",
    completion: .custom { words, _, _ in
      words.dropFirst().dropLast().contains("provider")
        ? ProviderPreset.all.map(\.name)
        : Rule.everything.flatMap { [$0.id, $0.slug] } + ResourceKind.kinds
          + ["providers", "provider"]
    })
  var topic: [String] = []

  func validate() throws {
    guard topic.count > 1, topic.first != "provider" || topic.count > 2 else { return }
    let extra = topic[topic.first == "provider" ? 2 : 1]
    throw ValidationError("unexpected argument '\(extra)': explain takes one topic")
  }

  func perform() throws(Failure) -> Int32 {
    switch topic.first {
    case nil: Streams.print(Self.overview)
    case "providers": Streams.print(ProviderPages.list)
    case "provider": Streams.print(try ProviderPages.page(of: topic.dropFirst().first))
    case let topic?: Streams.print(try Self.text(about: topic))
    }
    return Exit.done
  }

  private static func text(about topic: String) throws(Failure) -> String {
    let rules = Rule.everything.filter { Rule.id($0.id, isOf: topic) }
    let name = topic.lowercased()
    let exact = rules.first { $0.id.lowercased() == name || $0.slug == name }
    if let rule = exact ?? (rules.count == 1 ? rules.first : nil) { return text(of: rule) }
    switch Field.find(topic) {
    case .found(let fields):
      let text =
        fields.count == 1
        ? fields.map(\.text).joined() : fields.map(\.line).joined(separator: "\n")
      return rules.isEmpty ? text : "\(text)\n\nrules:\n\(lines(of: rules))"
    case .unknown(let hint):
      guard rules.isEmpty else { return lines(of: rules) }
      throw Failure(status: Exit.usage, message: hint)
    }
  }

  /// Every rule and every object, one a line.
  private static var overview: String {
    let objects = ResourceKind.explained.map { "  \($0.kind.padded(to: 22))\($0.root.help)" }
    return "rules:\n\(lines(of: Rule.everything))\n\nobjects:\n"
      + objects.joined(separator: "\n")
  }

  private static func lines(of rules: [Rule]) -> String {
    let width = max(18, 2 + (rules.map(\.id.utf8.count).max() ?? 0))
    return rules.map { rule in
      let kind = rule.severity.rawValue.padded(to: 9) + rule.source.rawValue.padded(to: 12)
      return "  \(rule.id.padded(to: width))\(kind)\(rule.title) (\(rule.slug))"
    }.joined(separator: "\n")
  }

  private static func text(of rule: Rule) -> String {
    """
    \(rule.id) \(rule.slug): \(rule.title)
    \(rule.severity.rawValue), \(rule.source.rawValue): \(rule.source.phrase)
    fix: \(rule.repair.text)

    \(rule.why)

    bad:
      \(rule.bad)
    good:
      \(rule.good)

    source: \(rule.reference)
    """
  }
}

/// A field of a kind.
private struct Field {
  let resource: ResourceKind
  let path: Path
  let property: Property

  enum Search {
    case found([Field])
    /// Nothing of that name, and what may have been meant.
    case unknown(String)
  }

  /// The field of a path, which may begin with a kind or an object's name in `--set`, or every field
  /// of a name.
  static func find(_ text: String) -> Search {
    var shape = ""
    for character in text {
      // Any index will do, and none is needed.
      if character == "]", shape.hasSuffix("[") { shape += "0" }
      shape.append(character)
    }
    guard let path = Path(shape), case .key(let first)? = path.steps.first else {
      return .unknown("\(text.quoted) is neither a rule nor a path such as spec.rules[0].name")
    }
    let named = resource(named: first, isAlone: path.count == 1)
    var rest = path
    if named != nil {
      rest.steps.removeFirst()
      // `grant[0].spec`: which of the grants makes no difference.
      if case .index? = rest.steps.first { rest.steps.removeFirst() }
    }
    let candidates =
      named.map { [$0] }
      ?? [.aiGatewayRoute]
      + ResourceKind.explained.filter { $0.kind != ResourceKind.aiGatewayRoute.kind }
    // A path of a kind that is not named may lack `spec`, too; a name alone is looked for below.
    let paths = named == nil && rest.count > 1 ? [rest, Path.to("spec").appending(rest)] : [rest]
    for place in paths {
      for resource in candidates {
        if let property = resource.property(at: place) {
          return .found([Field(resource: resource, path: place, property: property)])
        }
      }
    }
    let fields = rest.count == 1 ? fields(rest.last, in: candidates) : []
    if !fields.isEmpty { return .found(fields) }
    return .unknown(hint(for: text, rest, in: candidates, isNamed: named != nil))
  }

  /// Every field whose path ends in a name.
  private static func fields(_ name: Path.Step?, in resources: [ResourceKind]) -> [Field] {
    resources.flatMap { resource in
      resource.facts.filter { $0.path.last == name }.map { field in
        Field(resource: resource, path: field.path, property: field.property)
      }
    }
  }

  /// A kind, or the kind of an object's name in `--set`; `isAlone` says that nothing follows, so that
  /// a field of the name comes first.
  private static func resource(named name: String, isAlone: Bool) -> ResourceKind? {
    let small = name.lowercased()
    if let resource = ResourceKind.explained.first(where: { $0.kind.lowercased() == small }) {
      return resource
    }
    guard let object = (Address(small) ?? Address("\(small)[0]"))?.object else { return nil }
    if object.provider != nil, isAlone,
      ResourceKind.explained.contains(where: { $0.hasField(small) })
    {
      return nil
    }
    if case .provider = object { return nil }
    return object.resource
  }

  /// The nearest name below the deepest field that is there.
  private static func hint(
    for text: String, _ path: Path, in candidates: [ResourceKind], isNamed: Bool
  ) -> String {
    var best: (depth: Int, resource: ResourceKind)?
    for resource in candidates {
      var depth = 0
      while depth < path.count,
        resource.property(at: Path(Array(path.steps[...depth]))) != nil
      {
        depth += 1
      }
      if depth > best?.depth ?? -1 { best = (depth, resource) }
    }
    guard let best, case .key(let wrong)? = path.steps.dropFirst(best.depth).first else {
      return "there is no field \(text)"
    }
    let known = Path(Array(path.steps[..<best.depth]))
    let names = best.resource.property(at: known)?.fields.map(\.name) ?? []
    var near = NearestWord.match(for: wrong, among: names).map { known.appending($0).description }
    if known.isRoot, !isNamed, Rule.isNumber(text) {
      near = nil
    } else if known.isRoot, !isNamed {
      let topics =
        Rule.everything.flatMap { [$0.id, $0.slug] } + ResourceKind.explained.map(\.kind)
        + ResourceKind.explained.flatMap { $0.facts.map(\.property.name) }
      near = NearestWord.match(for: text, among: topics) ?? near
    }
    if known.isRoot, !isNamed, ProviderPreset.named(text) != nil {
      near = "explain provider \(text)"
    }
    let place = known.isRoot && !isNamed ? "" : " in \(best.resource.kind) \(known)"
    return "nothing is called \(wrong.quoted)\(place)"
      + (near.map { "; did you mean \($0)?" }
        ?? "; \(AIGWWizard.name) explain lists rules and objects")
  }

  /// Its kind and path, and what it is for.
  var line: String {
    // `[]` reads as any item, and `explain` takes it.
    let steps = path.steps.map { step in
      switch step {
      case .key(let key): ".\(key)"
      case .index: "[]"
      }
    }
    let place = resource.kind + steps.joined()
    return property.help.isEmpty ? place : "\(place)\n  \(property.help)"
  }

  /// The facts of the field, as the help pane has them, and the fields below it.
  var text: String {
    // The facts begin with the name, which is the kind for the whole object.
    var lines = path.isRoot ? [] : ["\(resource.kind) \(path)"]
    lines.append(property.facts(of: resource.project))
    lines.append("type: \(property.schema.noun)")
    if path.isRoot { lines.append("versions: \(resource.apiVersions.joined(separator: ", "))") }
    if !property.examples.isEmpty {
      lines.append("for example: \(property.examples.joined(separator: ", "))")
    }
    if !property.source.isEmpty { lines.append("source: \(property.source)") }
    if !property.fields.isEmpty {
      lines += ["", "fields:"] + property.fields.map { "  \($0.facts(of: resource.project))" }
    }
    return lines.joined(separator: "\n")
  }
}

extension ResourceKind {
  /// Those whose fields are explained: also the one of which Pods are left out.
  fileprivate static let explained = all + [.envoyProxy]

  /// Whether some field is called so.
  fileprivate func hasField(_ name: String) -> Bool {
    facts.contains { $0.path.last == .key(name) }
  }
}

extension Finding.Source {
  /// Who reports the problem, as a phrase.
  fileprivate var phrase: String {
    switch self {
    case .admission: "reported by the API server"
    case .generated: "reported by the API server for the HTTPRoute that AI Gateway generates"
    case .controller: "reported by a controller, or ignored silently"
    case .advice: "reported by aigw-wizard only: every component accepts it"
    case .server: "reported by the API server of the cluster in a dry run (--cluster)"
    }
  }
}
