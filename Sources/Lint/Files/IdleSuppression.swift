import Schemas
import YAML

extension Rule {
  /// The finding of comments that suppress nothing: misspelt, without a rule, or no longer needed.
  static let idleSuppression = Rule(
    "comment.ignore", "idle-suppression", .warning, .advice,
    "a comment that is to suppress findings and suppresses none",
    why: "A misspelt rule suppresses nothing. A comment that is no longer needed hides the next "
      + "finding of its rule. Where only some of the files are checked, the finding may be in the "
      + "others.",
    bad: "name: gw # aigw-wizard: ignore L2x", good: "name: gw # aigw-wizard: ignore L21",
    reference: "", .builtIn)

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
}

extension ManifestFile {
  /// The comments that are to suppress findings and are none of those that do.
  func idleSuppressions(_ used: Set<Suppressions.Entry>) -> [FileFinding] {
    guard role != .background, !ignores.isEmpty else { return [] }
    let silent = role == .named ? [] : Set(foreign.keys).union(foreignDocuments)
    return ignores.all.compactMap { line, entry -> FileFinding? in
      guard !used.contains(entry) else { return nil }
      let document = parsed.documents.last { document in
        document.map.focusRange(of: .root).lowerBound.line <= line
      }
      guard let document, !silent.contains(document.number) else { return nil }
      let misnamed =
        entry.rule.isEmpty
        ? "this names no rule, and suppresses nothing: write # aigw-wizard: ignore L33"
        : Rule.problem(ofName: entry.rule)
      return FileFinding(
        file: name, kind: document.root["kind"]?.text ?? "",
        name: document.root["metadata"]?["name"]?.text ?? "",
        range: entry.position..<entry.position,
        finding: Finding(
          document: document.number, path: .root, severity: misnamed == nil ? .info : .warning,
          source: .advice, rule: Rule.idleSuppression.id,
          message: misnamed ?? "\(entry.rule) has nothing to suppress here; remove it"))
    }
  }
}
