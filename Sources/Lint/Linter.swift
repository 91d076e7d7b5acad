package import Resources
package import Schemas
package import YAML

/// Finds what is wrong with a set of documents, and remembers enough to do it again quickly.
///
/// `findings(in:)` gives every finding, sorted by document and by place in it. The wizard keeps one
/// linter for its session, and each call costs only the documents that changed and the rules that
/// look across documents; `check` makes one that remembers nothing. It throws nothing and takes any
/// node, since what is wrong is what it is for.
package struct Linter: Sendable {
  private let release: Release
  private let stopsLikeServer: Bool
  private let remembers: Bool
  private let isWhole: Bool
  private var inspections: [DocumentResult] = []
  private var latest: [Finding] = []
  /// What is found in the documents as they are, and of it what is found across them.
  private var all: [Finding] = []
  private var shared: Set<Claim> = []
  /// The documents that lately stayed as they were, up to the first that did not: together they are
  /// looked at once.
  private var base: ResourceIndex?
  /// Linters of the same documents with other values in place of the variables.
  private var others: [Linter] = []

  /// With `stopsLikeServer`, what the server would not have come to is left out: of a document
  /// that it cannot read, only why; rules over several fields only where no field is missing, of
  /// another type or too long. One that does not remember takes less memory where documents are
  /// looked at once only. `isWhole` is for documents of a form, which writes all that a route needs
  /// beside the Gateway and the backends.
  package init(
    target release: Release = .current, stopsLikeServer: Bool = false, remembers: Bool = true,
    isWhole: Bool = false
  ) {
    self.release = release
    self.stopsLikeServer = stopsLikeServer
    self.remembers = remembers
    self.isWhole = isWhole
  }

  /// Every finding, sorted by document, then by place there; what depends on a variable such
  /// as `${NAME}` is left out. Of the documents of `background` only what others make of them is
  /// found, for nobody reports on them.
  package mutating func findings(
    in documents: [Node], background: Range<Int> = 0..<0
  ) -> [Finding] {
    if check(documents, background) { settle(background) }
    return latest
  }

  /// The same of documents that stand in an index already.
  mutating func findings(in index: ResourceIndex) -> [Finding] {
    inspections = index.documents.map {
      DocumentResult($0, release: release, reusing: nil, remembers: remembers)
    }
    look(at: index)
    settle(0..<0)
    return latest
  }

  /// Leaves out of all that was found what depends on a variable.
  private mutating func settle(_ background: Range<Int>) {
    latest = all
    guard let variants = SubstitutedDocuments(of: inspections.map(\.document)) else {
      others = []
      return
    }
    latest.removeAll { finding in
      !variants.isComplete && shared.contains(Claim(finding))
        || finding.rule != Rule.variables.id
          && variants.places.contains(.init(document: finding.document, path: finding.path))
    }
    for (index, nodes) in variants.documents.enumerated() {
      if index == others.count {
        others.append(
          Linter(
            target: release, stopsLikeServer: stopsLikeServer, remembers: remembers,
            isWhole: isWhole))
      }
      others[index].check(nodes, background)
      let claims = Set(others[index].all.map(Claim.init))
      latest.removeAll { !claims.contains(Claim($0)) && $0.rule != Rule.variables.id }
    }
  }

  /// Finds everything in documents; whether they are others than before.
  @discardableResult
  private mutating func check(_ documents: [Node], _ background: Range<Int>) -> Bool {
    var isChanged = documents.count != inspections.count
    let old = inspections
    inspections = documents.enumerated().map { index, node in
      let previous = index < old.count ? old[index] : nil
      let isBackground = background.contains(index)
      if let previous, previous.isBackground == isBackground, previous.document.node == node {
        return previous
      }
      isChanged = true
      let document = Document(
        node, index: index, reusing: previous?.document, for: release)
      if isBackground { return DocumentResult(background: document) }
      return DocumentResult(
        document, release: release, reusing: previous, remembers: remembers)
    }
    guard isChanged else { return false }
    look(at: index(of: inspections.map(\.document), before: old))
    return true
  }

  /// Finds everything in the documents of an index, each of which was looked at by itself.
  private mutating func look(at index: ResourceIndex) {
    var report = Report(document: 0)
    Rule.Catalogue.run(on: index, &report)
    shared = Set(report.findings.map(Claim.init))
    var found: [[Finding]] = Array(repeating: [], count: inspections.count)
    for finding in report.findings where found.indices.contains(finding.document) {
      found[finding.document].append(finding)
    }
    let superseded = index.supersededPolicies
    let idle = index.idlePolicies
    all = zip(inspections, found).flatMap { inspection, shared in
      let own = inspection.found
      guard !shared.isEmpty else { return own.map(\.finding) }
      let node = inspection.document.node
      let all = (own + shared.map { SortedFinding($0, in: node) }).sorted().map(\.finding)
      let document = inspection.document
      if superseded.contains(document.index) {
        return all.filter { !$0.isAboutEffects(of: document) }
      }
      guard idle.contains(document.index) else { return all }
      return all.map {
        $0.severity < .info && $0.isAboutEffects(of: document) ? $0.onceThereIsTarget : $0
      }
    }
    if stopsLikeServer { all = all.untilServerStops }
  }
}

extension Linter {
  /// Documents together, those that are among the last ones checked as they were read then.
  package func index(of documents: [Node]) -> ResourceIndex {
    let known = base?.documents ?? []
    let isKnown =
      known.count <= documents.count && zip(known, documents).allSatisfy { $0.node == $1 }
    let base = isKnown ? base : nil
    let start = base?.documents.count ?? 0
    let rest = documents[start...].enumerated().map {
      Document($1, index: start + $0, for: release)
    }
    return base?.adding(rest) ?? ResourceIndex(rest, release: release, isWhole: isWhole)
  }

  private mutating func index(
    of documents: [Document], before old: [DocumentResult]
  ) -> ResourceIndex {
    let stable = zip(documents, old).prefix { $0 === $1.document }.count
    let count = base?.documents.count ?? 0
    // A few more are not worth looking at all of them again.
    if count > stable || stable > count + 64 {
      base = ResourceIndex(Array(documents[..<stable]), release: release, isWhole: isWhole)
    }
    guard let base else { return ResourceIndex(documents, release: release, isWhole: isWhole) }
    return base.adding(Array(documents[base.documents.count...]))
  }
}

extension Finding {
  /// Whether it says what the settings of a policy do, and not how it is written or what it targets.
  fileprivate func isAboutEffects(of document: Document) -> Bool {
    if rule == Rule.invalidConfiguration.id, document.isUnreadable(at: path) { return false }
    return [.advice, .controller].contains(source)
      && Rule.find(rule)?.traits.contains(.form) != true
  }

  /// What it says of a policy that holds for nothing yet.
  fileprivate var onceThereIsTarget: Finding {
    var conditional = self
    // Before the advice.
    let advice = message.lastIndex(of: ";") ?? message.endIndex
    conditional.message.insert(contentsOf: " (once the policy has a target)", at: advice)
    return conditional
  }
}

extension Document {
  /// Whether Envoy Gateway can read no policy of the kind because of a setting.
  fileprivate func isUnreadable(at path: Path) -> Bool {
    guard case .policy(let policy) = content else { return false }
    return policy.invalidSettings.contains { $0.path == path && $0.component == .client }
  }
}

/// What identifies a finding, apart from its message.
private struct Claim: Hashable {
  let document: Int
  let path: Path
  let rule: String

  init(_ finding: Finding) {
    document = finding.document
    path = finding.path
    rule = finding.rule
  }
}

extension [Finding] {
  /// The findings without those of the server's that it would not have come to.
  fileprivate var untilServerStops: [Finding] {
    var furthest: [Int: SchemaViolation.Stage] = [:]
    for finding in self {
      guard let stage = finding.stage else { continue }
      furthest[finding.document] = Swift.min(furthest[finding.document] ?? stage, stage)
    }
    return filter { finding in
      guard let stage = finding.stage, let first = furthest[finding.document] else { return true }
      switch first {
      case .addressing, .reading, .decoding: return stage == first
      case .blocking: return stage != .conditions
      case .checking, .conditions: return true
      }
    }
  }
}
