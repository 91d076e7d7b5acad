internal import Manifest

/// One of a policy's targetSelectors: objects of a kind, by their labels (domain.md 1.4, 1.5).
struct LabelSelector {
  private let kind: String?
  private let labels: [Mapping.Entry]
  private let expressions: [Node]
  /// Whether it reaches beyond the policy's own namespace; which namespaces have some label is not
  /// known here, so that one that asks for it reaches none.
  private let scope: String

  init(_ node: Node) {
    kind = node["kind"]?.text
    labels = if case .mapping(let mapping)? = node["matchLabels"] { mapping.entries } else { [] }
    expressions = node["matchExpressions"]?.items ?? []
    scope = node["namespaces"]?["from"]?.text ?? "Same"
  }

  /// Whether it selects an object, `isNear` if that is in the policy's namespace. Of an object
  /// that is not at hand the labels are nil: only who asks for none selects it.
  func selects(_ kind: String, isNear: Bool, labels object: Node?) -> Bool {
    guard self.kind == kind, scope == "All" || scope == "Same" && isNear else { return false }
    guard let object else { return labels.isEmpty && expressions.isEmpty }
    return labels.allSatisfy { object[$0.key]?.text == $0.value.text }
      && expressions.allSatisfy { LabelSelector.holds($0, of: object) }
  }

  private static func holds(_ expression: Node, of labels: Node) -> Bool {
    let label = expression["key"]?.text.flatMap { labels[$0]?.text }
    let values = (expression["values"]?.items ?? []).map(\.text)
    return switch expression["operator"]?.text {
    case "In": label != nil && values.contains(label)
    case "NotIn": label == nil || !values.contains(label)
    case "Exists": label != nil
    case "DoesNotExist": label == nil
    case _: false
    }
  }
}
