import Kinds
import Lint
import Manifest
import RouteForm
import Wizard

/// `aigw-wizard explain`: what a rule is about, what a field is, which there are.
enum Explain {
  static func run(_ topic: String?) -> Int32 {
    guard let topic else {
      Standard.print(overview)
      return Exit.done
    }
    let rules = Rule.everything.filter { Rule.id($0.id, isOf: topic) }
    if let rule = rules.first(where: { $0.id.utf8.count == topic.utf8.count }) {
      Standard.print(text(of: rule))
    } else if !rules.isEmpty {
      Standard.print(lines(of: rules))
    } else {
      switch Field.find(topic) {
      case .found(let field): Standard.print(field.text)
      case .unknown(let hint):
        Standard.complain("aigw-wizard: \(hint)")
        return Exit.usage
      }
    }
    return Exit.done
  }

  /// Every rule and every object, one a line.
  private static var overview: String {
    let objects = Resource.all.map { "  \(pad($0.kind, 22))\($0.root.help)" }
    return "rules:\n\(lines(of: Rule.everything))\n\nobjects:\n"
      + objects.joined(separator: "\n")
  }

  private static func lines(of rules: [Rule]) -> String {
    rules.map { rule in
      "  \(pad(rule.id, 18))\(pad(rule.severity.rawValue, 9))\(pad(rule.source.rawValue, 12))"
        + rule.title
    }.joined(separator: "\n")
  }

  private static func text(of rule: Rule) -> String {
    """
    \(rule.id): \(rule.title)
    \(rule.severity.rawValue), said by: \(rule.source.rawValue)

    \(rule.why)

    bad:
      \(rule.bad)
    good:
      \(rule.good)

    source: \(rule.reference)
    """
  }

  fileprivate static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.utf8.count))
  }
}

/// A field of a kind.
private struct Field {
  let resource: Resource
  let path: Path
  let property: Property

  enum Search {
    case found(Field)
    /// Nothing of that name, and what may have been meant.
    case unknown(String)
  }

  /// The field of a path, which may begin with a kind or an object's name in `--set`.
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
    let named = resource(named: first)
    var rest = path
    if named != nil {
      rest.steps.removeFirst()
      // `grant[0].spec`: which of the grants makes no difference.
      if case .index? = rest.steps.first { rest.steps.removeFirst() }
    }
    let candidates = named.map { [$0] } ?? [.aiGatewayRoute] + Resource.all
    for resource in candidates {
      if let property = resource.property(at: rest) {
        return .found(Field(resource: resource, path: rest, property: property))
      }
    }
    return .unknown(hint(for: text, rest, in: candidates, isNamed: named != nil))
  }

  private static func resource(named name: String) -> Resource? {
    let small = name.lowercased()
    switch small {
    case "policy": return ObjectName.policy.resource
    case "route": return ObjectName.route.resource
    case "grant": return ObjectName.grant(0).resource
    case "retry": return ObjectName.retry.resource
    default: return Resource.all.first { $0.kind.lowercased() == small }
    }
  }

  /// The nearest name below the deepest field that is there.
  private static func hint(
    for text: String, _ path: Path, in candidates: [Resource], isNamed: Bool
  ) -> String {
    var best: (depth: Int, resource: Resource)?
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
    let names = best.resource.properties(at: known).map(\.name)
    var near = Closest.match(for: wrong, among: names).map { known.appending($0).description }
    if known.isRoot, !isNamed {
      let topics = Rule.everything.map(\.id) + Resource.all.map(\.kind)
      near = Closest.match(for: text, among: topics) ?? near
    }
    let place = known.isRoot && !isNamed ? "" : " in \(best.resource.kind) \(known)"
    return "nothing is called \(wrong.quoted)\(place)"
      + (near.map { "; did you mean \($0)?" } ?? "; aigw-wizard explain lists rules and objects")
  }

  /// The facts of the field, as the help pane has them, and the fields below it.
  var text: String {
    var lines = [
      "\(resource.kind)\(path.isRoot ? "" : " \(path)")", property.facts(of: resource.project),
    ]
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
