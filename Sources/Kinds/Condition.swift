import Manifest

/// A rule of the server over the parts of one value: what a CRD says beyond types and bounds.
package struct Condition: Sendable {
  /// How the rule is broken.
  struct Violation {
    var rule = Fault.Rule.fields
    /// From the judged value to what is at odds.
    var path = Path.root
    let message: String
    var stage: Fault.Stage?
    /// Whether the server names the field at `path`, not the judged value.
    var isNamed = false
  }

  private let check: @Sendable (Seen) -> Violation?

  init(_ check: @escaping @Sendable (Seen) -> Violation?) { self.check = check }

  /// The condition of a line in a table: `@name`, or an implication; nil for what is neither.
  init?(_ text: String) {
    if text.hasPrefix("@") {
      guard let named = Condition.named[String(text.dropFirst())] else { return nil }
      self = named
    } else {
      guard let implication = Implication(text) else { return nil }
      self.init { implication.violation(in: $0) }
    }
  }

  /// The conditions of a clause in a table; `type ? A:a B:b` stands for two of each pair.
  static func all(of clause: String) -> [Condition] {
    let words = clause.split(separator: " ")
    guard words.count > 2, words[1] == "?" else { return [Condition(clause)].compactMap { $0 } }
    return words.dropFirst(2).flatMap { word -> [Condition] in
      let pair = word.split(separator: ":")
      guard pair.count == 2 else { return [] }
      return ["\(words[0])=\(pair[0]) => \(pair[1])", "\(pair[1]) => \(words[0])=\(pair[0])"]
        .compactMap { Condition($0) }
    }
  }

  /// What is wrong with a value, with the path from it; the server names the value itself.
  func fault(in value: Seen) -> Fault? {
    check(value).map { violation in
      Fault(
        violation.rule, violation.message, at: violation.path, stage: violation.stage,
        depth: violation.isNamed ? 0 : violation.path.count)
    }
  }

  static let named: [String: Condition] =
    httpRoute.merging(gateway) { first, _ in first }.merging(policies) { first, _ in first }
    .merging(metadata) { first, _ in first }
}
