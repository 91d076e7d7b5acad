import Resources
import Schemas
import YAML

extension Rule {
  static let fullAnnotations = Rule(
    "L09.size", "full-annotations", .error, .generated,
    "annotations that leave no room for the controller's own annotation",
    why: "The generated HTTPRoute has the route's annotations and one that lists every backendRef; "
      + "together they may have 262144 bytes. Beyond that the controller cannot write it.",
    bad: "annotations: {note: (262144 bytes)}", good: "annotations: {owner: ml}",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
    .route { route, report in
      let entries = (route.node["metadata"]?["annotations"]?.entries ?? [])
        .filter { !$0.value.isNull }
      let own = entries.reduce(0) { $0 + $1.bytes }
      let most = 262_144
      // What is too much by itself is refused before.
      guard own <= most, own + route.mostAdded > most else { return }
      let copied = entries.filter { !route.addedKeys.contains($0.key) }.reduce(0) { $0 + $1.bytes }
      let size = copied + route.added
      guard size > most else { return }
      report.add(
        "the generated HTTPRoute would have \(size) bytes of annotations; keep them to \(most)",
        at: entries.isEmpty ? .to("spec", "rules") : .to("metadata", "annotations"))
    })
}

extension Mapping.Entry {
  fileprivate var bytes: Int { key.utf8.count + (value.text?.utf8.count ?? 0) }
}

extension AIGatewayRoute {
  /// The annotations that the controller adds (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/ai_gateway_route.go).
  fileprivate var addedKeys: [String] {
    [HTTPRoute.generatedMark, Generated.priorities]
  }

  /// No fewer bytes than `added`.
  fileprivate var mostAdded: Int {
    // A number of a rule, one of a priority and three signs.
    rules.reduce(200) { $0 + $1.nameBytes + 30 * $1.refs.count }
  }

  /// The bytes of the annotations that the controller adds.
  fileprivate var added: Int {
    var bytes = addedKeys.reduce("true".utf8.count) { $0 + $1.utf8.count }
    var count = 0
    for rule in rules {
      for ref in rule.refs {
        bytes += "\(rule.index)::\(ref.priority ?? 0)".utf8.count + ref.name.utf8.count
        count += 1
      }
    }
    return bytes + max(0, count - 1)
  }
}
