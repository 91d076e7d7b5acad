import Resources
import Kinds

/// One thing that is looked for, and everything there is to say about it.
package final class Rule: Sendable {
  /// The stable name: `L33` and the like as domain.md numbers them, `cel.T1` for the server's own.
  package let id: String
  /// The usual severity; a finding may be milder.
  package let severity: Finding.Severity
  package let source: Finding.Source
  /// What is wrong, in a few words.
  package let title: String
  /// Why it is wrong and what comes of it.
  package let why: String
  /// A fragment that the rule finds, and the same as it should be.
  package let bad: String
  package let good: String
  /// Where the facts stand, `domain.md L33` or `domain.md 1.1`.
  package let reference: String
  let check: Check

  /// What a rule looks at; the smaller, the less it is run.
  enum Check: Sendable {
    /// Any document, of known kind or not.
    case document(@Sendable (Document, inout Report) -> Void)
    case route(@Sendable (AIGatewayRoute, inout Report) -> Void)
    /// One rule of a route, without the rest of it.
    case routeRule(@Sendable (RouteRule, inout Report) -> Void)
    /// A ClientTrafficPolicy or BackendTrafficPolicy.
    case policy(@Sendable (Policy, inout Report) -> Void)
    case grant(@Sendable (ReferenceGrant, inout Report) -> Void)
    case service(@Sendable (AIServiceBackend, inout Report) -> Void)
    /// All documents together.
    case bundle(@Sendable (ResourceIndex, inout Report) -> Void)
    /// Nothing: the reader of the text or the facts of the fields find it.
    case elsewhere
  }

  init(
    _ id: String, _ severity: Finding.Severity, _ source: Finding.Source,
    _ title: String, why: String, bad: String, good: String, reference: String? = nil,
    _ check: Check
  ) {
    self.id = id
    self.severity = severity
    self.source = source
    self.title = title
    self.why = why
    self.bad = bad
    self.good = good
    self.reference = reference ?? "domain.md \(id)"
    self.check = check
  }

  /// A rule of advice, which nobody enforces.
  convenience init(
    _ id: String, _ severity: Finding.Severity, _ title: String, why: String, bad: String,
    good: String, reference: String? = nil, _ check: Check
  ) {
    self.init(
      id, severity, .advice, title, why: why, bad: bad, good: good, reference: reference, check)
  }

  /// Whether an id is that of a rule or of one of its parts: `L43.routes` is of `L43`, in any case
  /// of letters.
  package static func id(_ id: String, isOf rule: String) -> Bool {
    let (whole, start) = (id.lowercased(), rule.lowercased())
    return whole == start || whole.hasPrefix(start + ".")
  }
}

extension Rule {
  /// How far the server comes with a document that breaks the rule, nil where it takes it.
  var stage: Fault.Stage? {
    guard source == .admission, severity == .error else { return nil }
    switch id {
    case "schema.kind": return .addressing
    case "L55": return .blocking
    case "L05", "L63": return .checking
    default: return .conditions
    }
  }
}
