package import Schemas
import YAML

extension FixableFiles {
  /// A fix that could be made.
  struct Candidate {
    let finding: FileFinding
    let fix: Fix
    /// The file in which it was reported.
    let file: Int

    /// A place in a file and what is done there.
    struct Spot: Hashable {
      let file: Int
      let position: Position
      let rule: String
      let title: String
    }

    var spot: Spot {
      Spot(
        file: file, position: finding.position, rule: finding.finding.rule, title: fix.title)
    }
  }

  /// The fixes of some findings, those left out that touch what may not be changed.
  func candidates(of findings: [FileFinding]) -> [Candidate] {
    let places = Dictionary(
      files.indices.map { (files[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    return findings.compactMap { finding in
      guard let fix = finding.finding.fix, let file = places[finding.file], isOpen(file),
        fix.edits.compactMap(\.document).allSatisfy({
          locations.indices.contains($0) && isOpen(locations[$0].file)
        })
      else { return nil }
      return Candidate(finding: finding, fix: fix, file: file)
    }
  }

  /// The first of some fixes that touch different documents and add different ones, and the rest.
  /// What is found several times at one place, since aliases lead there, is fixed at once.
  static func apart(_ candidates: [Candidate]) -> (batch: [Candidate], rest: [Candidate]) {
    var touched: [Int: Candidate.Spot] = [:]
    var added: Set<Node> = []
    var (batch, rest): ([Candidate], [Candidate]) = ([], [])
    for candidate in candidates {
      let documents = candidate.fix.edits.compactMap(\.document)
      let additions = candidate.fix.edits.compactMap(\.addition)
      let spot = candidate.spot
      guard documents.allSatisfy({ touched[$0] == nil || touched[$0] == spot }),
        added.isDisjoint(with: additions)
      else {
        rest.append(candidate)
        continue
      }
      for document in documents { touched[document] = spot }
      added.formUnion(additions)
      batch.append(candidate)
    }
    return (batch, rest)
  }

  /// The files with some fixes made, and whether that loses comments.
  func making(_ batch: [Candidate]) -> (result: FixableFiles, losesComments: Bool) {
    var (files, texts) = (files, texts)
    var losesComments = false
    // What is moved takes its comments along; those of what is removed go with it.
    let moves = batch.contains { candidate in
      let edits = candidate.fix.edits
      return edits.contains(where: \.removes) && !edits.allSatisfy(\.removes)
    }
    for (file, edited) in edited(making: batch.map { ($0.fix, $0.file) }) {
      if moves || !edited.reprinted.isEmpty, edited.bytes.comments < texts[file].comments {
        losesComments = true
      }
      texts[file] = edited.bytes
      files[file] = ManifestFile(
        name: files[file].name, bytes: edited.bytes, role: files[file].role)
      files[file].namespace = self.files[file].namespace
    }
    return (FixableFiles(files, texts), losesComments)
  }

  /// Those of some findings whose fix may be made unattended: it repairs them and brings no error of
  /// its own.
  package func safelyFixable(
    _ findings: [FileFinding], for release: Release
  ) -> Set<FileFinding> {
    let before = LintRun(into: files, for: release)
    var fixable: Set<FileFinding> = []
    var rest = candidates(of: findings)
    while !rest.isEmpty {
      let (batch, others) = Self.apart(rest)
      fixable.formUnion(safe(among: batch[...], before, release).map(\.finding))
      rest = others
    }
    return fixable
  }

  /// Those of some fixes that bring no error: all of them, where that holds of them together.
  private func safe(
    among batch: ArraySlice<Candidate>, _ before: LintRun, _ release: Release
  ) -> ArraySlice<Candidate> {
    let after = LintRun(into: making(Array(batch)).result.files, for: release)
    if after.isBetter(than: before, by: batch.map(\.finding)) { return batch }
    guard batch.count > 1 else { return [] }
    let middle = batch.startIndex + batch.count / 2
    return safe(among: batch[..<middle], before, release)
      + safe(among: batch[middle...], before, release)
  }
}

extension [UInt8] {
  /// How many comments it holds, those counted too that only look like one in a text.
  fileprivate var comments: Int {
    indices.count {
      self[$0] == UInt8(ascii: "#") && ($0 == 0 || self[$0 - 1] <= UInt8(ascii: " "))
    }
  }
}
