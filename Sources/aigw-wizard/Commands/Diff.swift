import ArgumentParser
import Glibc
import Lint
import YAML
import RouteForm
import Wizard

/// `aigw-wizard diff A B`: what changed from one file to another, in words and then line by line; with
/// `--cluster`, what applying files would change there.
struct Diff: Subcommand {
  static let configuration = CommandConfiguration.command(
    "diff", "<old> <new> | --cluster <file> ...",
    "Compares two files, or files with the cluster.",
    exit: "0 no difference, 1 unreadable, 2 wrong usage, 4 differences")

  @Argument(
    help: ArgumentHelp(
      "The old file and the new file; with --cluster, the files that would be applied. "
        + "- reads standard input.", valueName: "file"), completion: .manifests)
  var files: [String] = []
  @OptionGroup(title: "The cluster") var cluster: ClusterOptions

  func validate() throws {
    if cluster.isAsked { return try Self.checkFiles(files) }
    guard files.count == 2 else {
      throw ValidationError(
        "diff takes two files, old and new, or --cluster and files to be applied; "
          + "\(files.count == 1 ? "there is one" : "there are \(files.count)")")
    }
    try Self.checkInput(files)
  }

  func perform() throws(Failure) -> Int32 {
    if cluster.isAsked { return try compareWithCluster() }
    let files = try FileOpener.pair(files)
    guard let old = files.first, let new = files.last, old.bytes != new.bytes else {
      return Exit.done
    }
    Streams.print(Self.text(old, new))
    return Exit.different
  }

  private static func text(_ old: OpenedFile, _ new: OpenedFile) -> String {
    var lines = Difference.lines(from: old.documents, to: new.documents)
    if lines.isEmpty { lines.append("the same values, written differently") }
    lines += ["", "--- \(old.path)", "+++ \(new.path)"]
    return (lines + Self.lines(from: old.bytes, to: new.bytes)).joined(separator: "\n")
  }

  /// The lines that changed between two texts; on a terminal with a mark under the words that did,
  /// elsewhere as `patch` reads them. Credentials are not shown.
  static func lines(from old: [UInt8], to new: [UInt8]) -> [String] {
    var lines: [String] = []
    let changes = unifiedDiff(old: MaskedText.of(old), new: MaskedText.of(new))
      .withoutCommonReturns
    let marks = changes.changedWords
    let isShown = isatty(STDOUT_FILENO) == 1
    for (line, mark) in zip(changes, marks) {
      lines.append(text(of: line))
      if isShown, let mark, !mark.isEmpty {
        lines.append(
          "?" + String(repeating: " ", count: mark.lowerBound)
            + String(repeating: "^", count: mark.count))
      }
      if line.lacksNewline { lines.append(noNewline) }
    }
    return lines
  }

  private static let newline = UInt8(ascii: "\n")
  private static let noNewline = "\\ No newline at end of file"

  /// What changed in a file, as `patch` reads it, but for credentials, which are not shown: unchanged
  /// lines with one are left out, so that the patch applies to the file.
  static func patch(_ path: String, from old: [UInt8], to new: [UInt8]) -> String {
    // The tab ends a name with blanks in it.
    let name = Streams.shown(path) + (path.contains(" ") ? "\t" : "")
    var lines = ["--- \(name)", "+++ \(name)"]
    let masked = MaskedText.of(old)
    let hidden = Set(
      zip(
        old.split(separator: newline, omittingEmptySubsequences: false),
        masked.split(separator: newline, omittingEmptySubsequences: false)
      )
      .enumerated().filter { $1.0 != $1.1 }.map { $0.offset + 1 })
    let changes = unifiedDiff(old: masked, new: MaskedText.of(new)).withoutContext {
      $0.oldLine.map(hidden.contains) ?? false
    }
    let shown = changes.withoutHunks(with: {
      $0.kind == .removed && ($0.oldLine.map(hidden.contains) ?? false)
    })
    if shown.count < changes.count {
      Streams.printMessage(
        "aigw-wizard: \(path): a changed line holds a credential, and its change is not in the patch; use "
          + "--fix without -o")
    }
    if shown.isEmpty { return "" }
    for line in shown {
      lines.append(text(of: line))
      if line.lacksNewline { lines.append(noNewline) }
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
