package import Schemas
import YAML

/// Files with the fixes of their findings made, but for those that need a person, cause an error or a
/// conflict with another object, or lose a comment.
///
/// Each round makes fixes that touch different documents, reads the new texts and checks them; where
/// that finds one more error, a smaller batch is tried, down to one fix. One that cannot be made alone is tried
/// once more with all of its rule in the document, then left out for good.
package struct FixRun: Sendable {
  /// Why a fix is not made.
  package enum Denial: String, Sendable {
    case guess = "it is a guess, which a person must confirm"
    case opening = "it lets through what is closed, which a person must decide"
    case error = "it would cause an error, or a conflict with another object"
    case comments = "comments would be lost"
    case json = "a JSON file holds one document"
    case unsure = "something in its object may be misnamed, so that nothing is added for it"

    fileprivate init(_ caution: Fix.Caution) {
      self =
        switch caution {
        case .guess: .guess
        case .opening: .opening
        }
    }
  }

  /// What was fixed, each where it stood in the text as it was given.
  package private(set) var fixed: [FileFinding] = []
  /// What is left to say.
  package private(set) var lintRun: LintRun
  package private(set) var texts: [[UInt8]]
  package private(set) var files: [ManifestFile]
  private let release: Release
  /// The texts as they were given.
  private let originals: [[UInt8]]
  /// How often each fix was made.
  private var turns: [Turn: Int] = [:]
  private var denials: [Turn: Denial] = [:]
  /// Those that were tried together.
  private var groups: Set<Group> = []

  /// An object that findings are about.
  private struct Subject: Hashable {
    let file: String
    let document: Int

    init(_ finding: FileFinding) {
      file = finding.file
      document = finding.finding.document
    }
  }

  private struct Place: Hashable {
    let file: String
    let position: Position

    init(_ finding: FileFinding) {
      file = finding.file
      position = finding.position
    }
  }

  private struct Group: Hashable {
    let subject: Subject
    let rule: String
  }

  private struct Turn: Hashable {
    let group: Group
    let path: Path
    let title: String

    init(_ finding: FileFinding, _ fix: Fix) {
      group = Group(subject: Subject(finding), rule: finding.finding.rule)
      path = finding.finding.path
      title = fix.title
    }

    init(_ candidate: FixableFiles.Candidate) { self.init(candidate.finding, candidate.fix) }
  }

  /// Makes the fixes of the findings that are wanted.
  package init(
    of files: [ManifestFile], with texts: [[UInt8]], for release: Release,
    where isWanted: (Finding) -> Bool
  ) {
    self.files = files
    self.texts = texts
    originals = texts
    self.release = release
    lintRun = LintRun(into: files, for: release)
    while true {
      var batch = self.batch(isWanted)
      if batch.isEmpty {
        guard makeGroup(isWanted) else { return }
        continue
      }
      while let denial = make(batch) {
        if batch.count == 1 { denials[Turn(batch[0])] = denial }
        batch = Array(batch.prefix(batch.count / 2))
      }
    }
  }

  /// Why a finding that is left was not fixed, though it has a fix; nil where that is not known.
  package func denial(of finding: FileFinding) -> Denial? {
    guard let fix = finding.finding.fix else { return nil }
    return denials[Turn(finding, fix)] ?? fix.caution.map(Denial.init)
      ?? (isLeftOut(finding) ? .unsure : nil)
  }

  /// Whether documents that could be added for a finding were not.
  private func isLeftOut(_ finding: FileFinding) -> Bool {
    FixableFiles(files, texts).candidates(of: [finding]).contains(where: \.addsDocuments)
  }

  /// A fix may be called for again where items of a list have moved up.
  private static let mostTurns = 100

  // MARK: What to make

  private func candidates(_ isWanted: (Finding) -> Bool) -> [FixableFiles.Candidate] {
    let findings = Finding.Severity.allCases.flatMap { severity in
      lintRun.findings.filter { $0.finding.severity == severity && isWanted($0.finding) }
    }
    return FixableFiles(files, texts).candidates(of: findings).filter {
      $0.fix.caution == nil && turns[Turn($0), default: 0] < FixRun.mostTurns
    }
  }

  /// Fixes that touch different documents, those of errors first: what is advised may be another
  /// thing once they are gone. What is to be added comes last, as what seems missing may only be
  /// misnamed; where a document may misname something, nothing is added for it.
  private func batch(_ isWanted: (Finding) -> Bool) -> [FixableFiles.Candidate] {
    let all = candidates(isWanted)
    let candidates = all.filter { denials[Turn($0)] == nil }
    let changes = candidates.filter { !$0.addsDocuments }
    guard changes.isEmpty else { return FixableFiles.apart(changes).batch }
    let unsure = Set(
      lintRun.findings.filter { $0.finding.fix?.caution == .guess }.map(Subject.init))
    // Nor is anything added for what stands where a change was refused.
    let refused = Set(
      all.filter { denials[Turn($0)] != nil && !$0.addsDocuments }.map { Place($0.finding) })
    return FixableFiles.apart(
      candidates.filter {
        !unsure.contains(Subject($0.finding)) && !refused.contains(Place($0.finding))
      }
    ).batch
  }

  // MARK: Making it

  /// Makes some fixes; nothing is made where there is a reason against it.
  private mutating func make(_ batch: [FixableFiles.Candidate]) -> Denial? {
    guard !batch.isEmpty else { return nil }
    let addsToJSON = batch.contains { $0.addsDocuments && files[$0.file].parsed.isJSON }
    if addsToJSON { return .json }
    let changed = FixableFiles(files, texts).making(batch)
    if changed.losesComments { return .comments }
    var next = self
    next.files = changed.result.files
    next.texts = changed.result.texts
    next.lintRun = LintRun(into: next.files, for: release)
    guard next.lintRun.isBetter(than: lintRun, by: batch.map(\.finding)) else { return .error }
    for candidate in batch { next.turns[Turn(candidate), default: 0] += 1 }
    var moves: [Int: LineMove] = [:]
    var spots: Set<FixableFiles.Candidate.Spot> = []
    for candidate in batch where spots.insert(candidate.spot).inserted {
      let file = candidate.file
      let move = moves[file] ?? LineMove(from: texts[file], to: originals[file])
      moves[file] = move
      next.fixed.append(candidate.finding.moved(by: move))
    }
    self = next
    return nil
  }

  /// Makes the fixes of a rule in a document together that cannot be made alone; false where there
  /// are no more.
  private mutating func makeGroup(_ isWanted: (Finding) -> Bool) -> Bool {
    let refused = candidates(isWanted).filter { denials[Turn($0)] == .error }
    let members = Dictionary(grouping: refused, by: { Turn($0).group })
    for group in refused.map({ Turn($0).group }) {
      guard let members = members[group], members.count > 1, groups.insert(group).inserted else {
        continue
      }
      // From the end, so that no item of a list moves before its turn.
      if make(members.sorted { $1.finding.position < $0.finding.position }) == nil { return true }
    }
    return false
  }
}

extension FixableFiles.Candidate {
  fileprivate var addsDocuments: Bool { fix.edits.contains { $0.addition != nil } }
}

extension LintRun {
  /// Whether some findings are gone, without others in their place, and no rule objects more often
  /// to a file than it did by errors, or to objects that go before others.
  func isBetter(than old: LintRun, by repaired: [FileFinding]) -> Bool {
    let (known, now) = (LintRun.counts(of: old.findings), LintRun.counts(of: findings))
    let harms = findings.filter {
      $0.finding.severity == .error
        || Rule.find($0.finding.rule)?.traits.contains(.rivals) == true
    }
    let places = Set(findings.map(\.claim))
    let areFewer = LintRun.counts(of: repaired).allSatisfy {
      (now[$0.key] ?? 0) + $0.value <= known[$0.key] ?? 0
    }
    // What a rule says afterwards may be another thing about the same part.
    let areOthers = repaired.allSatisfy {
      !places.contains($0.claim) && now[$0.key] ?? 0 <= known[$0.key] ?? 0
    }
    return (areFewer || areOthers) && harms.allSatisfy { now[$0.key] ?? 0 <= known[$0.key] ?? 0 }
  }

  private static func counts(of findings: [FileFinding]) -> [[String]: Int] {
    var counts: [[String]: Int] = [:]
    for finding in findings { counts[finding.key, default: 0] += 1 }
    return counts
  }
}

extension FileFinding {
  /// The same where it stands in another text.
  fileprivate func moved(by move: LineMove) -> FileFinding {
    let start = Position(line: move.line(position.line), column: position.column)
    let end = Position(line: move.line(range.upperBound.line), column: range.upperBound.column)
    return FileFinding(
      file: file, kind: kind, name: name, range: start..<max(start, end), finding: finding)
  }

  /// Whether it says the same about the same place: two aliases lead to one.
  package func isTwin(of other: FileFinding) -> Bool {
    file == other.file && range == other.range && finding.rule == other.finding.rule
      && finding.message == other.finding.message
  }

  fileprivate var key: [String] { [file, finding.rule] }
  /// What it says and of what.
  fileprivate var claim: [String] {
    [file, "\(finding.document)", finding.rule, finding.path.description, finding.message]
  }
}
