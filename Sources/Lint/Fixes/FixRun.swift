package import Schemas
import YAML

/// Files with the fixes of their findings made, as far as none brings an error of its own.
///
/// Each round makes fixes that touch different documents, reads the new texts and checks them; where
/// that finds an error more, fewer are tried, down to one, which is then left out for good.
package struct FixRun: Sendable {
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

    init(_ candidate: FixableFiles.Candidate) {
      let finding = candidate.finding.finding
      file = candidate.finding.file
      document = finding.document
      rule = finding.rule
      path = finding.path
      title = candidate.fix.title
    }
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
        if batch.count == 1 { turns[Turn(batch[0])] = FixRun.mostTurns }
        batch = Array(batch.prefix(batch.count / 2))
      }
    }
  }

  /// A fix may be called for again where items of a list have moved up.
  private static let mostTurns = 100

  // MARK: What to make

  /// Fixes that touch different documents, those of errors first: what is advised may be another
  /// thing once they are gone. What is to be added comes last, as what seems missing may only be
  /// misnamed.
  private func batch(_ isWanted: (Finding) -> Bool) -> [FixableFiles.Candidate] {
    let fixable = FixableFiles(files, texts)
    let findings = Finding.Severity.allCases.flatMap { severity in
      lintRun.findings.filter { $0.finding.severity == severity && isWanted($0.finding) }
    }
    let candidates = fixable.candidates(of: findings).filter {
      turns[Turn($0), default: 0] < FixRun.mostTurns
    }
    let changes = candidates.filter { $0.fix.edits.allSatisfy { $0.addition == nil } }
    return fixable.apart(changes.isEmpty ? candidates : changes).batch
  }

  // MARK: Making it

  /// Makes some fixes; false, and nothing made, where that brings an error or repairs nothing.
  private mutating func make(_ batch: [FixableFiles.Candidate]) -> Bool {
    guard !batch.isEmpty else { return true }
    let changed = FixableFiles(files, texts).making(batch)
    var next = self
    next.files = changed.files
    next.texts = changed.texts
    next.lintRun = LintRun(into: next.files, for: release)
    guard next.lintRun.isBetter(than: lintRun, by: batch.map(\.finding)) else { return false }
    for candidate in batch { next.turns[Turn(candidate), default: 0] += 1 }
    next.fixed += batch.map(\.finding)
    self = next
    return true
  }
}

extension LintRun {
  /// Whether these findings are gone, and no rule objects more often to a file than it did.
  func isBetter(than old: LintRun, by repaired: [FileFinding]) -> Bool {
    let (known, now) = (LintRun.counts(of: old.findings), LintRun.counts(of: findings))
    let errors = findings.filter { $0.finding.severity == .error }
    return LintRun.counts(of: repaired).allSatisfy {
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
