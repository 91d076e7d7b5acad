package import Kinds
package import Manifest

/// Finds what is wrong with a set of documents, and remembers enough to do it again quickly.
package struct Linter: Sendable {
  private let release: Release
  private let remembers: Bool
  private var inspections: [Inspection] = []
  private var latest: [Finding] = []

  /// One that does not remember takes less memory where documents are looked at once only.
  package init(target release: Release = .v1_1, remembers: Bool = true) {
    self.release = release
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
      guard !shared.isEmpty else { return inspection.found.map(\.finding) }
      let node = inspection.document.node
      return (inspection.found + shared.map { Placed($0, in: node) }).sorted().map(\.finding)
    }
    return latest
  }
}
