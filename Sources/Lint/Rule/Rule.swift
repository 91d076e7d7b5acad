import Resources
import Schemas

/// A lint rule: one check, with its texts.
///
/// A rule is one file in the folder of its source: id, slug, severity, what is wrong and why, a bad
/// and a good fragment, where the project's source says so, and the check itself. `check`, the
/// Problems pane, `explain` and the manual all speak from it, and tests run every rule on its two
/// fragments. A check looks at the smallest part that suffices (`Check`), because it runs again
/// only where that part changed.
package final class Rule: Sendable {
  /// The stable name: `L33`, or `cel.T1` for one of the server's own.
  package let id: String
  /// The name in words that stands beside it and is taken for it: `priority-without-retry`.
  package let slug: String
  /// The usual severity; a finding may be milder.
  package let severity: Finding.Severity
  package let source: Finding.Source
  /// What is wrong, in a few words.
  package let title: String
  /// Why it is wrong, and the effect.
  package let why: String
  /// A fragment that the rule finds, and the same as it should be.
  package let bad: String
  package let good: String
  /// Where the facts stand in the project's source: project, release and path.
  package let reference: String
  /// The stage at which the API server rejects a document that breaks the rule; nil where it
  /// accepts it.
  let stage: SchemaViolation.Stage?
  /// What `check --fix` does about its findings.
  package let repair: Repair
  let traits: Traits
  let check: Check

  /// The input of a rule. A smaller input is rechecked less often.
  enum Check: Sendable {
    /// Any document, of known kind or not.
    case document(@Sendable (Document, inout Report) -> Void)
    case route(@Sendable (AIGatewayRoute, inout Report) -> Void)
    /// One rule of a route, without the rest of it.
    case routeRule(@Sendable (RouteRule, inout Report) -> Void)
    /// A policy of Envoy Gateway.
    case policy(@Sendable (Policy, inout Report) -> Void)
    case grant(@Sendable (ReferenceGrant, inout Report) -> Void)
    case service(@Sendable (AIServiceBackend, inout Report) -> Void)
    /// All documents together.
    case bundle(@Sendable (ResourceIndex, inout Report) -> Void)
    /// Nothing: the reader of the text or the facts of the fields find it.
    case builtIn
  }

  /// What is true of all findings of a rule.
  struct Traits: OptionSet, Sendable {
    let rawValue: Int

    /// They are about objects of which one takes what the other had.
    static let rivals = Traits(rawValue: 1)
    /// They say how a policy is written or what it targets, and not what its settings do: they hold
    /// without a target, too.
    static let form = Traits(rawValue: 2)
  }

  init(
    _ id: String, _ slug: String, _ severity: Finding.Severity, _ source: Finding.Source,
    _ title: String, why: String, bad: String, good: String, reference: String,
    stage: SchemaViolation.Stage = .conditions, repair: Repair = .none, traits: Traits = [],
    _ check: Check
  ) {
    self.id = id
    self.slug = slug
    self.severity = severity
    self.source = source
    self.title = title
    self.why = why
    self.bad = bad
    self.good = good
    self.reference = reference
    self.stage = source == .admission && severity == .error ? stage : nil
    self.repair = repair
    self.traits = traits
    self.check = check
  }

  /// A rule of advice, which nobody enforces.
  convenience init(
    _ id: String, _ slug: String, _ severity: Finding.Severity, _ title: String, why: String,
    bad: String, good: String, reference: String, repair: Repair = .none, traits: Traits = [],
    _ check: Check
  ) {
    self.init(
      id, slug, severity, .advice, title, why: why, bad: bad, good: good, reference: reference,
      repair: repair, traits: traits, check)
  }

  /// Whether an id is that of a rule, by its id, slug or a former name, or of one of its parts:
  /// `L43.routes` is of `L43` and of `duplicate-matches-in-bundle`, in any case of letters.
  package static func id(_ id: String, isOf rule: String) -> Bool {
    let (whole, start) = (id.lowercased(), rule.lowercased())
    return whole == start || whole.hasPrefix(start + ".") || find(id)?.slug == start
      || former[start]?.contains(id) == true
  }

  /// What is wrong with a word that should name a rule, nil where it does.
  package static func problem(ofName word: String) -> String? {
    let names = everything.flatMap { [$0.id, $0.slug] }
    if names.contains(where: { id($0, isOf: word) }) { return nil }
    let near = isNumber(word) ? nil : NearestWord.match(for: word, among: names)
    return
      "no rule \(word); \(near.map { "did you mean \($0)?" } ?? "aigw-wizard explain lists them")"
  }

  /// Whether a word has the form of a rule's number: none is meant by another.
  package static func isNumber(_ word: String) -> Bool {
    word.utf8.count > 1 && word.lowercased().hasPrefix("l")
      && word.utf8.dropFirst().allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }

  /// The rules that say now what one of another id or slug did, so that comments and options with
  /// that name still hold.
  private static let former = [
    "l71.twice": ["L93"], "l71.type": ["L79"], "l73": ["L80", "L81", "L82"], "l88": ["L02"],
    "closed-circuit": ["L157"], "closed-door": ["L159"], "credentials-elsewhere": ["L107"],
    "dynamic-beside": ["L72"], "grant-at-home": ["L61"],
    "ignored-service-mutation": ["headers.ignored.service"], "misshapen-key": ["L111.shape"],
    "missing-service": ["L59"], "missing-store": ["L105"], "policy-elsewhere": ["L15"],
    "service-body-model": ["body.model.service"], "service-body-value": ["body.json.service"],
    "tls-without-authorities": ["L95"], "unfit-authorities": ["L123.ca"],
  ]
}
