package import Manifest

/// The labels of an object.
package struct Labels: Hashable, Sendable {
  private let values: [String: String]

  package init(_ node: Node?) {
    var values: [String: String] = [:]
    for entry in node?.entries ?? [] { values[entry.key] = entry.value.scalar?.text }
    self.values = values
  }

  package subscript(key: String) -> String? { values[key] }

  /// The same with another label, unless that key is there already.
  package func adding(_ key: String, _ value: String) -> Labels {
    values[key] == nil ? Labels(values.merging([key: value]) { old, _ in old }) : self
  }

  private init(_ values: [String: String]) { self.values = values }
}

/// A Kubernetes label selector: `matchLabels` and `matchExpressions`, all of which must hold.
///
/// One that asks for nothing fits every object; an expression that Kubernetes cannot read makes it
/// fit none (k8s.io/apimachinery v0.36.2, pkg/apis/meta/v1/helpers.go).
package struct LabelSelector: Hashable, Sendable {
  private let labels: [Mapping.Entry]
  private let expressions: [Node]

  package init(_ node: Node?) {
    labels = node?.given("matchLabels")?.entries ?? []
    expressions = node?.list("matchExpressions") ?? []
  }

  /// Whether it asks for nothing.
  package var isEmpty: Bool { labels.isEmpty && expressions.isEmpty }

  /// Whether Kubernetes can read every expression.
  package var isReadable: Bool {
    expressions.allSatisfy { expression in
      let isEmpty = expression.list("values").isEmpty
      return switch expression["operator"]?.text {
      case "In", "NotIn": !isEmpty
      case "Exists", "DoesNotExist": isEmpty
      case _: false
      }
    }
  }

  package func fits(_ object: Labels) -> Bool {
    guard isReadable else { return false }
    return labels.allSatisfy { object[$0.key] == $0.value.scalar?.text }
      && expressions.allSatisfy { LabelSelector.holds($0, of: object) }
  }

  private static func holds(_ expression: Node, of object: Labels) -> Bool {
    guard let key = expression["key"]?.text else { return false }
    let value = object[key]
    let values = expression.list("values").compactMap { $0.scalar?.text }
    return switch expression["operator"]?.text {
    case "In": value.map(values.contains) ?? false
    case "NotIn": value.map { !values.contains($0) } ?? true
    case "Exists": value != nil
    case "DoesNotExist": value == nil
    case _: false
    }
  }
}
