import Resources
import Schemas
import YAML

/// The cached findings of one document: those that depend on this document only.
final class DocumentResult: Sendable {
  let document: Document
  /// Sorted by place.
  let found: [SortedFinding]
  private let checked: ValidatedNode?
  private let rules: [RouteRuleResult]
  /// Whether it was not looked at by itself.
  let isBackground: Bool

  /// For a document that nobody reports on.
  init(background document: Document) {
    self.document = document
    found = []
    checked = nil
    rules = []
    isBackground = true
  }

  init(
    _ document: Document, release: Release, reusing previous: DocumentResult?,
    remembers: Bool = true
  ) {
    self.document = document
    isBackground = false
    let same = previous?.document.kind == document.kind ? previous : nil
    let checked = (document.resource ?? document.partlyKnownResource).map {
      $0.checked(document.node, for: release, reusing: same?.checked, remembers: remembers)
    }
    var report = Report(document: document.index, release: release)
    Rule.Catalogue.run(on: document, &report)
    var found: [SortedFinding] = []
    let old = same?.rules ?? []
    var rules: [RouteRuleResult] = []
    if case .route(let route) = document.content {
      rules.reserveCapacity(route.rules.count)
      let place = SortedFinding.ranks(of: .to("spec", "rules"), in: document.node)
      for (index, rule) in route.rules.enumerated() {
        let inspection = RouteRuleResult.looking(
          at: rule, in: document, at: place, reusing: index < old.count ? old[index] : nil)
        rules.append(inspection)
        found += inspection.found
      }
    }
    self.checked = remembers ? checked : nil
    self.rules = remembers ? rules : []
    let own = report.findings
    // A rule that reports the same place says it better than the bare schema.
    let spoken = Set(
      (own + found.map(\.finding)).lazy
        .filter { $0.source == .admission && $0.field == $0.path }.map(\.path))
    for violation in checked?.violations ?? []
    where !spoken.contains(violation.path) {
      found.append(SortedFinding(Finding(violation, in: document), in: document.node))
    }
    found += own.map { SortedFinding($0, in: document.node) }
    self.found = found.sorted()
  }
}

/// The cached findings of one rule of a route: those that depend on this rule only.
final class RouteRuleResult: Sendable {
  private let rule: RouteRule
  /// The ranks of the list of rules in its document.
  private let place: [Int]
  let found: [SortedFinding]

  private init(_ rule: RouteRule, in document: Document, at place: [Int]) {
    self.rule = rule
    self.place = place
    var report = Report(document: document.index, base: .to("spec", "rules", rule.index))
    Rule.Catalogue.run(on: rule, &report)
    found = report.findings.map { SortedFinding($0, in: document.node) }
  }

  static func looking(
    at rule: RouteRule, in document: Document, at place: [Int],
    reusing previous: RouteRuleResult?
  ) -> RouteRuleResult {
    if let previous, previous.rule === rule, previous.place == place { return previous }
    return RouteRuleResult(rule, in: document, at: place)
  }
}
