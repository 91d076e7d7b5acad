package import Kinds
package import Manifest

/// Finds what is wrong with a set of documents, and remembers enough to do it again quickly.
package struct Linter: Sendable {
  private let release: Release
  private let stopsLikeServer: Bool
  private let remembers: Bool
  private var inspections: [Inspection] = []
  private var latest: [Finding] = []

  /// With `stopsLikeServer`, what the server would not have come to is left out: of a document
  /// that it cannot read, only why; rules over several fields only where no field is missing, of
  /// another type or too long (domain.md 1.0). One that does not remember takes less memory where
  /// documents are looked at once only.
  package init(
    target release: Release = .v1_1, stopsLikeServer: Bool = false, remembers: Bool = true
  ) {
    self.release = release
    self.stopsLikeServer = stopsLikeServer
    self.remembers = remembers
  }

  /// Every finding, sorted by document, then by place in the document.
  package mutating func findings(in documents: [Node]) -> [Finding] {
    var isChanged = documents.count != inspections.count
    let old = inspections
    inspections = documents.enumerated().map { index, node in
      let previous = index < old.count ? old[index] : nil
      if let previous, previous.document.node == node { return previous }
      isChanged = true
      let document = Document(node, index: index, reusing: previous?.document)
      return Inspection(
        document, release: release, reusing: previous, remembers: remembers)
    }
    guard isChanged else { return latest }
    var report = Report(document: 0)
    Rule.Catalogue.run(on: Bundle(inspections.map(\.document)), &report)
    var shared: [[Finding]] = Array(repeating: [], count: inspections.count)
    for finding in report.findings where shared.indices.contains(finding.document) {
      shared[finding.document].append(finding)
    }
    latest = zip(inspections, shared).flatMap { inspection, shared in
      let own = inspection.found
      guard !shared.isEmpty else { return own.map(\.finding) }
      let node = inspection.document.node
      return (own + shared.map { Placed($0, in: node) }).sorted().map(\.finding)
    }
    if stopsLikeServer { latest = latest.untilServerStops }
    return latest
  }
}

extension [Finding] {
  /// The findings without those of the server's that it would not have come to.
  fileprivate var untilServerStops: [Finding] {
    var furthest: [Int: Fault.Stage] = [:]
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
