package import Manifest

/// What is wrong with one value, by the facts of its field alone.
package struct Fault: Error, Hashable, Sendable {
  /// Which fact is broken; the raw value is the stable name of the finding.
  package enum Rule: String, CaseIterable, Sendable {
    case type = "schema.type"
    case pattern = "schema.pattern"
    case length = "schema.length"
    case range = "schema.range"
    case choice = "schema.choice"
    case count = "schema.count"
    case duplicate = "schema.duplicate"
    case required = "schema.required"
    case unknown = "schema.unknown"
    case release = "schema.release"
  }

  /// What would mend it.
  package enum Repair: Hashable, Sendable {
    case replace(Node)
    case remove
    /// The value moves to this sibling key.
    case rename(String)
  }

  /// From the judged node down to the value.
  package var path: Path
  package let rule: Rule
  /// What is wrong and what would be right, in lower case, without a full stop.
  package let message: String
  package let repair: Repair?

  package init(_ rule: Rule, _ message: String, repair: Repair? = nil, at path: Path = .root) {
    self.path = path
    self.rule = rule
    self.message = message
    self.repair = repair
  }
}
