package import Schemas
import YAML

/// Files with the fixes of their findings made, as far as none brings an error of its own.
///
/// Each round makes fixes that touch different documents, reads the new texts and judges them; where
/// that finds an error more, fewer are tried, down to one, which is then left out for good.
package struct Repair: Sendable {
  /// What was fixed, each as it stood when its fix was made.
  package private(set) var fixed: [FileFinding] = []
  /// What is left to say.
  package private(set) var lintRun: LintRun
  package private(set) var texts: [[UInt8]]
  package private(set) var files: [ManifestFile]
  private let release: Release
  /// How often each fix was made; one that was refused is never made again.
  private var turns: [Turn: Int] = [:]

  private struct Turn: Hashable {
    let file: String
    let document: Int
    let rule: String
    let path: Path
    let title: String
  }

  /// Makes the fixes of the findings that are wanted.
  package init(
    of files: [ManifestFile], with texts: [[UInt8]], for release: Release,
    where isWanted: (Finding) -> Bool
  ) {
    self.files = files
    self.texts = texts
    self.release = release
    lintRun = LintRun(into: files, for: release)
    while true {
      var batch = self.batch(isWanted)
      guard !batch.isEmpty else { return }
      while !make(batch) {
        if batch.count == 1 { turns[batch[0].turn] = Repair.mostTurns }
        batch = Array(batch.prefix(batch.count / 2))
      }
    }
  }

  /// A fix may be called for again where items of a list have moved up.
  private static let mostTurns = 100

  // MARK: What to make

  private struct Candidate {
    let finding: FileFinding
    let fix: Fix
    /// The file that it is told of.
    let file: Int

    var turn: Turn {
      Turn(
        file: finding.file, document: finding.finding.document, rule: finding.finding.rule,
        path: finding.finding.path, title: fix.title)
    }
  }

  /// Fixes that touch different documents, and add different ones, those of errors first: what is
  /// advised may be another thing once they are gone.
  private func batch(_ isWanted: (Finding) -> Bool) -> [Candidate] {
    let fixable = FixableFiles(files, texts)
    let homes = fixable.homes
    let places = Dictionary(
      files.indices.map { (files[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
    var touched: Set<Int> = []
    var added: Set<Node> = []
    var batch: [Candidate] = []
    let findings = Finding.Severity.allCases.flatMap { severity in
      lintRun.findings.filter { $0.finding.severity == severity && isWanted($0.finding) }
    }
    for finding in findings {
      guard let fix = finding.finding.fix, let file = places[finding.file], fixable.isOpen(file)
      else { continue }
      let candidate = Candidate(finding: finding, fix: fix, file: file)
      let documents = fix.edits.compactMap(\.document)
      let isFree =
        touched.isDisjoint(with: documents)
        && documents.allSatisfy { homes.indices.contains($0) && fixable.isOpen(homes[$0].file) }
        && added.isDisjoint(with: fix.edits.compactMap(\.addition))
        && turns[candidate.turn, default: 0] < Repair.mostTurns
      guard isFree else { continue }
      touched.formUnion(documents)
      added.formUnion(fix.edits.compactMap(\.addition))
      batch.append(candidate)
    }
    return batch
  }

  // MARK: Making it

  /// Makes some fixes; false, and nothing made, where that brings an error or mends nothing.
  private mutating func make(_ batch: [Candidate]) -> Bool {
    guard !batch.isEmpty else { return true }
    let changes = FixableFiles(files, texts).texts(
      making: batch.map { ($0.fix, $0.file) })
    var next = self
    for (file, text) in changes {
      next.texts[file] = text
      next.files[file] = ManifestFile(
        name: files[file].name, bytes: text, role: files[file].role)
    }
    next.lintRun = LintRun(into: next.files, for: release)
    guard next.lintRun.isBetter(than: lintRun, by: batch.map(\.finding)) else { return false }
    for candidate in batch { next.turns[candidate.turn, default: 0] += 1 }
    next.fixed += batch.map(\.finding)
    self = next
    return true
  }
}

extension LintRun {
  /// Whether these findings are gone, and no rule objects more often to a file than it did.
  fileprivate func isBetter(than old: LintRun, by mended: [FileFinding]) -> Bool {
    let (known, now) = (LintRun.counts(of: old.findings), LintRun.counts(of: findings))
    let errors = findings.filter { $0.finding.severity == .error }
    return LintRun.counts(of: mended).allSatisfy {
      (now[$0.key] ?? 0) + $0.value <= known[$0.key] ?? 0
    }
      && errors.allSatisfy { now[$0.key] ?? 0 <= known[$0.key] ?? 0 }
  }

  private static func counts(of findings: [FileFinding]) -> [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for finding in findings { counts[finding.key, default: 0] += 1 }
    return counts
  }
}

extension FileFinding {
  fileprivate var key: [String] { [file, finding.rule] }
}
