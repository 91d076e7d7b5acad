package import Schemas
import YAML

extension FixableFiles {
  /// A fix that could be made.
  struct Candidate {
    let finding: FileFinding
    let fix: Fix
    /// The file in which it was reported.
    let file: Int
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
  func apart(_ candidates: [Candidate]) -> (batch: [Candidate], rest: [Candidate]) {
    var touched: Set<Int> = []
    var added: Set<Node> = []
    var (batch, rest): ([Candidate], [Candidate]) = ([], [])
    for candidate in candidates {
      let documents = candidate.fix.edits.compactMap(\.document)
      let additions = candidate.fix.edits.compactMap(\.addition)
      guard touched.isDisjoint(with: documents), added.isDisjoint(with: additions) else {
        rest.append(candidate)
        continue
      }
      touched.formUnion(documents)
      added.formUnion(additions)
      batch.append(candidate)
    }
    return (batch, rest)
  }

  /// The files with some fixes made.
  func making(_ batch: [Candidate]) -> FixableFiles {
    var (files, texts) = (files, texts)
    for (file, text) in self.texts(making: batch.map { ($0.fix, $0.file) }) {
      texts[file] = text
      files[file] = ManifestFile(name: files[file].name, bytes: text, role: files[file].role)
      files[file].namespace = self.files[file].namespace
    }
    return FixableFiles(files, texts)
  }

  /// Those of some findings whose fix repairs them and brings no error of its own.
  package func harmless(_ findings: [FileFinding], for release: Release) -> Set<FileFinding> {
    let before = LintRun(into: files, for: release)
    var harmless: Set<FileFinding> = []
    var rest = candidates(of: findings)
    while !rest.isEmpty {
      let (batch, others) = apart(rest)
      harmless.formUnion(sound(batch[...], before, release).map(\.finding))
      rest = others
    }
    return harmless
  }

  /// Those of some fixes that bring no error: all of them, where that holds of them together.
  private func sound(
    _ batch: ArraySlice<Candidate>, _ before: LintRun, _ release: Release
  ) -> ArraySlice<Candidate> {
    let after = LintRun(into: making(Array(batch)).files, for: release)
    if after.isBetter(than: before, by: batch.map(\.finding)) { return batch }
    guard batch.count > 1 else { return [] }
    let middle = batch.startIndex + batch.count / 2
    return sound(batch[..<middle], before, release) + sound(batch[middle...], before, release)
  }
}
