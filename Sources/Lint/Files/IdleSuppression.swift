import YAML

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
