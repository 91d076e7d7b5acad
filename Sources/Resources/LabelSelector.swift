package import YAML

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

  /// The same with those of another object that it does not have itself.
  func over(_ other: Labels?) -> Labels {
    other.map { Labels(values.merging($0.values) { own, _ in own }) } ?? self
  }

  private init(_ values: [String: String]) { self.values = values }

  /// The label that the API server gives every Namespace: its name.
  package static let namespaceName = "kubernetes.io/metadata.name"
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

  /// Whether it fits a namespace; nil where that depends on labels that are not known, all but
  /// the one that holds its name.
  package func fits(namespace: String, labels known: Labels?) -> Bool? {
    if let known { return fits(known) }
    guard isReadable else { return false }
    let own = Labels(nil).adding(Labels.namespaceName, namespace)
    let (name, others) = (
      LabelSelector(of: self, about: true), LabelSelector(of: self, about: false)
    )
    guard name.fits(own) else { return false }
    return others.isEmpty ? true : nil
  }

  /// The part of another that is about a namespace's name, or what is not.
  private init(of whole: LabelSelector, about isName: Bool) {
    labels = whole.labels.filter { ($0.key == Labels.namespaceName) == isName }
    expressions = whole.expressions.filter {
      ($0["key"]?.text == Labels.namespaceName) == isName
    }
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
