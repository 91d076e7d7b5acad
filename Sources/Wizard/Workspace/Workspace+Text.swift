import Lint
import YAML
import RouteForm
import Screen

extension Workspace {
  /// A finding in a document that the form does not show, in a line.
  func text(of problem: KeptProblem) -> String {
    let finding = problem.finding
    let place = location(of: problem.documentIndex, finding.path)
    let who = finding.source == .server ? "server: " : ""
    return "\(finding.severity.label) \(place): \(who)\(finding.message)"
  }

  /// The number of notes in words, behind the errors and warnings.
  var notes: String {
    let count = analysis.problems.count - analysis.errors - analysis.warnings
    return count == 0 ? "" : count == 1 ? ", 1 note" : ", \(count) notes"
  }

  /// The number of errors and warnings in words: `2 errors, 1 warning`.
  var counts: String {
    let parts = [(analysis.errors, "error"), (analysis.warnings, "warning")].filter { $0.0 > 0 }
    return parts.isEmpty ? "none" : Self.counted(parts)
  }

  /// The number of what is found in the documents that the form does not show, in words.
  var countsElsewhere: String {
    let parts = Finding.Severity.allCases.map { severity in
      (
        analysis.elsewhere.count { $0.finding.severity == severity },
        severity == .info ? "note" : severity.rawValue
      )
    }
    return Self.counted(parts.filter { $0.0 > 0 })
  }

  private static func counted(_ parts: [(count: Int, noun: String)]) -> String {
    parts.map { "\($0.count) \($0.noun)\($0.count == 1 ? "" : "s")" }.joined(separator: ", ")
  }

  /// The mark of a file without a look at its bytes, for the frames between the reads.
  func quickMark(of path: String, isDirty: Bool) -> String {
    switch disk[path] {
    case nil, .absent: "A"
    case .bytes: isDirty || saved == nil && files.isEmpty ? "M" : "="
    case .unreadable: "?"
    }
  }

  /// `A` new, `M` changed, `=` same, `?` unreadable.
  func mark(of file: FileToWrite) -> String {
    switch disk[file.path] {
    case nil, .absent: "A"
    case .bytes(let bytes): bytes == file.bytes ? "=" : "M"
    case .unreadable: "?"
    }
  }
}

extension [KeptProblem] {
  /// Errors first, each severity in its order.
  var bySeverity: [KeptProblem] {
    Finding.Severity.allCases.flatMap { severity in
      filter { $0.finding.severity == severity }
    }
  }
}

extension Workspace {
  /// The opened routes, a line each: name, file, rules.
  var routeLines: [StyledLine] {
    form.routePlaces.map { place in
      let document = form.opened[place]
      let node = place == form.held.route ? form.route : document.node ?? .null
      let name = node["metadata"]?["name"]?.scalar?.text ?? "(no name)"
      let namespace =
        node["metadata"]?["namespace"]?.scalar?.text.isEmpty == false
        ? "\(node["metadata"]?["namespace"]?.scalar?.text ?? "")/" : ""
      let count = node["spec"]?["rules"]?.items.count ?? 0
      return StyledLine(
        "\(namespace)\(name)  \(count) rule\(count == 1 ? "" : "s")  \(location(of: place))")
    }
  }

  /// Where an opened document stood: `file:line`.
  func location(of place: Int, _ path: Path = .root) -> String {
    let document = form.opened[place]
    guard files.indices.contains(document.file) else { return "" }
    let file = files[document.file]
    guard let number = document.document, let position = file.position(of: path, in: number) else {
      return "\(file.path), new"
    }
    return "\(file.path):\(position.line)"
  }
}
