import ArgumentParser
import Lint
import YAML
import RouteForm
import Wizard

/// `aigw-wizard diff A B`: what changed from one file to another, in words and then line by line.
struct Diff: Subcommand {
  static let configuration = CommandConfiguration.command(
    "diff", "<old> <new>",
    "Shows what changed from one file to another, in words and line by line.",
    exit: "0 no difference, 1 unreadable, 2 usage, 4 they differ")

  @Argument(help: "The file to compare with; - reads standard input.", completion: .manifests)
  var old: String
  @Argument(help: "The file as it is now; - reads standard input.", completion: .manifests)
  var new: String

  func validate() throws { try Self.checkInput([old, new]) }

  func perform() throws(Failure) -> Int32 {
    let files = try FileOpener.pair([old, new])
    guard let old = files.first, let new = files.last, old.bytes != new.bytes else {
      return Exit.done
    }
    Streams.print(Self.text(old, new))
    return Exit.different
  }

  private static func text(_ old: OpenedFile, _ new: OpenedFile) -> String {
    var lines = Difference.words(from: old.documents, to: new.documents)
    if lines.isEmpty { lines.append("the same values, written differently") }
    lines += ["", "--- \(old.path)", "+++ \(new.path)"]
    let changes = unifiedDiff(old: MaskedText.of(old.bytes), new: MaskedText.of(new.bytes))
      .withoutCommonReturns
    let marks = changes.changedWords
    for (line, mark) in zip(changes, marks) {
      lines.append(text(of: line))
      if let mark, !mark.isEmpty {
        lines.append(
          "?" + String(repeating: " ", count: mark.lowerBound)
            + String(repeating: "^", count: mark.count))
      }
      if line.lacksNewline { lines.append("\\ no newline at the end") }
    }
    return lines.joined(separator: "\n")
  }

  /// What changed in a file, as `patch` reads it, but for credentials, which are not shown.
  static func patch(_ path: String, from old: [UInt8], to new: [UInt8]) -> String {
    var lines = ["--- \(Streams.shown(path))", "+++ \(Streams.shown(path))"]
    for line in unifiedDiff(old: MaskedText.of(old), new: MaskedText.of(new)) {
      lines.append(text(of: line))
      if line.lacksNewline { lines.append("\\ No newline at end of file") }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func text(of line: DiffLine) -> String {
    switch line.kind {
    case .hunk: line.text
    case .context: " \(line.text)"
    case .removed: "-\(line.text)"
    case .added: "+\(line.text)"
    }
  }
}
