import Lint
import Schemas
import YAML
package import RouteForm
import Screen

extension Workspace {
  /// What looks like a credential among the values of the form, the texts that are none included.
  package var credentials: [String] {
    form.objects.flatMap { form.document($0).credentials }
      + form.invalidTexts.values.flatMap { Credential.all(in: $0) }
  }

  /// What changed since an earlier form, in words.
  package func changes(since before: FormState) -> [String] {
    Difference.lines(
      from: before.settled.compactMap(\.node), to: form.settled.compactMap(\.node))
  }

  /// What saving would change in a file that holds something else than was read, in words.
  func changes(of path: String, since files: [FileContent]) -> [String] {
    guard case .bytes(let bytes)? = files.first(where: { $0.path == path })?.content,
      let target = targets.first(where: { $0.path == path })
    else { return [] }
    return Self.words(from: bytes, to: target.bytes)
  }

  /// What one text of manifests has other than another, in words.
  private static func words(from old: [UInt8], to new: [UInt8]) -> [String] {
    Difference.lines(
      from: Parser().parse(old).documents.map(\.root),
      to: Parser().parse(new).documents.map(\.root))
  }

  /// What changed from one form to another, in a line: `weight of a 80 -> 70 and 2 more`.
  static func change(from old: FormState, to new: FormState) -> String {
    let changes = Difference.lines(
      from: withRouteFirst(old.settled.compactMap(\.node)),
      to: withRouteFirst(new.settled.compactMap(\.node)))
    if let first = changes.first {
      return first + (changes.count > 1 ? " and \(changes.count - 1) more" : "")
    }
    let drafts = Set(old.invalidTexts.keys).union(new.invalidTexts.keys).map { "\($0)" }.sorted()
    let typed = drafts.first { text in
      Address(text).map { old.invalidTexts[$0] != new.invalidTexts[$0] } ?? false
    }
    return typed.map { "the text of \($0)" } ?? "a change"
  }

  /// The documents with the routes first: what follows from them changes with them.
  private static func withRouteFirst(_ documents: [Node]) -> [Node] {
    func isRoute(_ node: Node) -> Bool { node["kind"]?.text == ResourceKind.aiGatewayRoute.kind }
    return documents.filter(isRoute) + documents.filter { !isRoute($0) }
  }

  /// What was done to rows, in words: `added backend 2`.
  static func description(of change: ListChange, _ operation: FormEdit, in before: FormState)
    -> String
  {
    let noun = noun(of: change.list)
    switch change.kind {
    case .inserted(let place):
      guard case .duplicate(let list, let index) = operation else {
        return "added \(noun) \(place + 1)"
      }
      return "added \(noun) \(place + 1), a copy of \(name(of: list, index, in: before))"
    case .removed(let place): return "removed \(name(of: change.list, place, in: before))"
    case .swapped(let from, let to):
      return "moved \(name(of: change.list, from, in: before)) to \(to + 1)"
    }
  }

  /// What a row is called: `rule 2 (gpt-4o)`, `backend 1 (openai)`.
  static func name(of list: Address, _ index: Int, in form: FormState) -> String {
    let row = form.value(at: list.appending(index))
    let label =
      list == FormState.ruleList
      ? row.map { FormState.label(of: $0) } : row?.scalar?.text ?? row?["name"]?.scalar?.text
    guard let label, !label.isEmpty else { return "\(noun(of: list)) \(index + 1)" }
    return "\(noun(of: list)) \(index + 1) " + (label.hasPrefix("(") ? label : "(\(label))")
  }

  /// What a row of a list is: `rule`, `backend`.
  package static func noun(of list: Address) -> String {
    guard case .key(let key)? = list.path.last else { return "row" }
    return switch key {
    case "rules": "rule"
    case "matches": "match"
    case "headers": "header"
    case "backendRefs": "backend"
    case "parentRefs": "Gateway"
    case "hostnames": "hostname"
    default: "row"
    }
  }

  /// What changed, in words and line by line: what someone else did to the files, what saving would do
  /// to what they hold now, and, where that is something else, what changed since they were opened.
  var differenceLines: [StyledLine] {
    var lines = changesOfOthers
    if let before = saved { lines += section("since it was saved", changes(since: before)) }
    if !files.isEmpty {
      lines += section("since it was opened", changes(since: initial))
    }
    for target in files.isEmpty ? targets : changedTargets {
      lines += difference(of: target, from: lastRead[target.path] ?? disk[target.path])
    }
    for file in files where disk[file.path] != .bytes(file.bytes) {
      guard let target = targets.first(where: { $0.path == file.path }) else { continue }
      lines.append(StyledLine("\(file.path), against what was opened", .heading))
      lines += difference(from: file.bytes, to: target.bytes)
    }
    return lines.isEmpty ? [StyledLine("nothing changed", .hint)] : lines
  }

  /// What someone else changed in the files since they were read or written here.
  private var changesOfOthers: [StyledLine] {
    disk.sorted { $0.key < $1.key }.flatMap { path, known -> [StyledLine] in
      guard case .bytes(let old) = known, case .bytes(let new)? = lastRead[path], old != new else {
        return []
      }
      let words = Self.words(from: old, to: new)
      return section("what someone else changed in \(path)", words)
        + [StyledLine("\(path), changed by someone else", .heading)]
        + difference(from: old, to: new)
    }
  }

  private func section(_ title: String, _ texts: [String]) -> [StyledLine] {
    texts.isEmpty
      ? []
      : [StyledLine("In words, \(title)", .heading)] + texts.map { StyledLine($0, .changed) }
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
    let (old, new) = (MaskedText.of(old), MaskedText.of(new))
    let changes = unifiedDiff(old: old, new: new).withoutCommonReturns
    return zip(changes, changes.changedWords).map { line, range in
      let marked = range.map { $0.lowerBound + 2..<$0.upperBound + 2 } ?? 0..<0
      return switch line.kind {
      case .context: StyledLine("  \(line.text)")
      case .added: StyledLine("+ \(line.text)", .added, marked: marked)
      case .removed: StyledLine("- \(line.text)", .removed, marked: marked)
      case .hunk: StyledLine(line.text, .hint)
      }
    }
  }
}
