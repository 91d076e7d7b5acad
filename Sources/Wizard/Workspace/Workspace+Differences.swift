import Manifest
import RouteForm
import Screen

extension Workspace {
  /// What changed since an earlier form, in words.
  func words(since before: FormState) -> [String] {
    Difference.words(
      from: before.settled.compactMap(\.node), to: form.settled.compactMap(\.node))
  }

  /// What undoing or redoing to a form takes back or does again: `undone: weight of a 80 -> 70`.
  func words(of done: String, from other: FormState) -> String {
    let isUndo = done == "undone"
    let nodes = (other.settled.compactMap(\.node), form.settled.compactMap(\.node))
    let words =
      isUndo
      ? Difference.words(from: nodes.0, to: nodes.1)
      : Difference.words(from: nodes.1, to: nodes.0)
    guard let first = words.first else { return done }
    return "\(done): \(first)" + (words.count > 1 ? " and \(words.count - 1) more" : "")
  }

  /// What a row is called: `rule 2 (gpt-4o)`, `row 1 (openai)`.
  static func name(of list: Address, _ index: Int, in form: FormState) -> String {
    if list == FormState.ruleList {
      return "rule \(index + 1)" + (form.rule(index).map { " (\(FormState.label(of: $0)))" } ?? "")
    }
    let row = form.value(at: list.appending(index))
    let name = row?.scalar?.text ?? row?["name"]?.scalar?.text ?? ""
    return "row \(index + 1)" + (name.isEmpty ? "" : " (\(name))")
  }

  /// What changed, in words and line by line: against the disk, and, where that is something else
  /// by now, against what was opened.
  var differenceLines: [StyledLine] {
    var lines: [StyledLine] = []
    if let before = saved { lines += section("since it was saved", words(since: before)) }
    if !files.isEmpty {
      lines += section("since it was opened", words(since: initial))
    }
    for target in files.isEmpty ? targets : changedTargets {
      lines += difference(of: target, from: disk[target.path])
    }
    for file in files where disk[file.path] != .bytes(file.bytes) {
      guard let target = targets.first(where: { $0.path == file.path }) else { continue }
      lines.append(StyledLine("\(file.path), against what was opened", .heading))
      lines += difference(from: file.bytes, to: target.bytes)
    }
    return lines.isEmpty ? [StyledLine("nothing changed", .hint)] : lines
  }

  private func section(_ title: String, _ words: [String]) -> [StyledLine] {
    words.isEmpty
      ? []
      : [StyledLine("In words, \(title)", .heading)] + words.map { StyledLine($0, .changed) }
  }

  /// A file's mark and path, and its changed lines.
  func difference(of target: FileToWrite, from content: FileContent.Content?) -> [StyledLine] {
    var old: [UInt8] = []
    if case .bytes(let bytes)? = content { old = bytes }
    return [StyledLine("\(mark(of: target)) \(target.path)", .heading)]
      + difference(from: old, to: target.bytes)
  }

  /// The changed lines, the changed words in them marked.
  private func difference(from old: [UInt8], to new: [UInt8]) -> [StyledLine] {
    let changes = unifiedDiff(old: old, new: new).withoutCommonReturns
    return zip(changes, changes.changedWords).map { line, words in
      let marked = words.map { $0.lowerBound + 2..<$0.upperBound + 2 } ?? 0..<0
      return switch line.kind {
      case .context: StyledLine("  \(line.text)")
      case .added: StyledLine("+ \(line.text)", .added, marked: marked)
      case .removed: StyledLine("- \(line.text)", .removed, marked: marked)
      case .hunk: StyledLine(line.text, .hint)
      }
    }
  }
}
