import YAML
import RouteForm
import Screen

/// What to open: a path to be typed, and what lies where it leads.
package struct OpenPanel: Panel {
  private var editor = LineEditor()
  private var list = ListBox()
  /// The folder that was last asked for, and what it holds once that is known.
  private var asked: String?
  private var folder: FolderContent?
  /// What the files that were looked at hold, in words, by their paths.
  private var findings: [String: StyledLine] = [:]
  /// The file that was last asked for.
  private var looked: String?

  init() {}

  var panel: AnyPanel { .open(self) }

  /// What a line of the list leads to.
  private enum Choice: Hashable {
    /// All manifests of the folder, so many of them.
    case all(Int)
    case folder(String)
    case file(String)
  }

  // MARK: The path

  /// The part of the path that names a folder, with its slash.
  private var place: String {
    editor.text.lastIndex(of: "/").map { String(editor.text[...$0]) } ?? ""
  }

  /// The rest, which the names in the folder are held against.
  private var wanted: String { String(editor.text.dropFirst(place.count)) }

  private var choices: [Choice] {
    guard let folder, folder.path == place, folder.failure == nil else { return [] }
    let wanted = wanted.lowercased()
    let found = folder.entries.filter { entry -> Bool in
      (entry.isFolder || entry.isManifest)
        && (wanted.hasPrefix(".") || !entry.name.hasPrefix("."))
        && (wanted.isEmpty || Array(entry.name.lowercased().utf8)[...].contains(Array(wanted.utf8)))
    }
    let first = found.filter { $0.name.lowercased().hasPrefix(wanted) }
    let names = first + found.filter { !$0.name.lowercased().hasPrefix(wanted) }
    let choices = names.map { $0.isFolder ? Choice.folder("\($0.name)/") : .file($0.name) }
    guard wanted.isEmpty else { return choices }
    let count = found.count { !$0.isFolder }
    return (count > 0 ? [.all(count)] : []) + choices + (place == "/" ? [] : [.folder("../")])
  }

  /// Where a line leads; what was typed where there is none.
  private func path(of choice: Choice?) -> String {
    switch choice {
    case .folder("../"): above
    case .folder(let name), .file(let name): place + name
    case .all: place.isEmpty ? "./" : place
    case nil: editor.text
    }
  }

  /// The folder above the present one.
  private var above: String {
    let parts = place.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    guard let last = parts.last, last != "..", last != ".", last != "~" else {
      return place + "../"
    }
    return parts.dropLast().map { "\($0)/" }.joined()
  }

  private func choice(_ index: Int) -> Choice? {
    let choices = choices
    return choices.indices.contains(index) ? choices[index] : nil
  }

  // MARK: What is asked for

  /// What has to be known of the outside, each asked for once.
  mutating func look() -> [Effect] {
    var effects: [Effect] = []
    if asked != place {
      asked = place
      effects.append(.list(place))
    }
    let file: String? =
      switch choice(list.selection) {
      case .file(let name): place + name
      case nil where isThere: editor.text
      case .folder, .all, nil: nil
      }
    if let file, looked != file, findings[file] == nil {
      looked = file
      effects.append(.read([file], .glance))
    }
    return effects
  }

  /// Whether what was typed is there, although it is not offered.
  private var isThere: Bool {
    folder?.path == place && !wanted.isEmpty
      && folder?.entries.contains { $0.name == wanted && !$0.isFolder } == true
  }

  mutating func take(_ content: FolderContent) {
    guard content.path == place else { return }
    folder = content
    list.selection = 0
  }

  mutating func take(_ file: FileContent) { findings[file.path] = OpenPanel.description(of: file) }

  /// What a file holds: `3 routes, 2 policies`.
  private static func description(of file: FileContent) -> StyledLine {
    if case .bytes(let bytes) = file.content, bytes.count > 1 << 20 {
      return StyledLine("\(bytes.count >> 20) MiB", .hint)
    }
    do throws(OpenError) {
      let found = try OpenedFile(file).documents
      return StyledLine(found.isEmpty ? "empty" : Self.counts(of: found), .success)
    } catch {
      return StyledLine("\(error)", .warning)
    }
  }

  private static func counts(of documents: [Node]) -> String {
    let names = ["route", "policy", "grant", "backend", "Gateway", "other"]
    let kinds = documents.map { document -> String in
      switch document["kind"]?.text ?? "" {
      case "AIGatewayRoute": "route"
      case "ReferenceGrant": "grant"
      case "AIServiceBackend", "Backend", "InferencePool": "backend"
      case "Gateway": "Gateway"
      case let kind where kind.hasSuffix("Policy"): "policy"
      default: "other"
      }
    }
    return names.compactMap { name in
      let count = kinds.count { $0 == name }
      return count == 0 ? nil : count.of(name)
    }.joined(separator: ", ")
  }

  // MARK: Keys

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(choice(list.selection))
    case .key(.tab): complete()
    case .key(let key):
      if editor.handle(key) { list.selection = 0 } else { list.move(key, count: choices.count) }
    case .paste(let text):
      editor.insert(text)
      list.selection = 0
    case .click(let index): return choice(index).map { choose($0) } ?? .stay
    case .wheel(let steps): list.turn(steps, count: choices.count)
    }
    return .stay
  }

  /// Opens a file, or all of a folder that was named; goes into a folder that was chosen.
  private mutating func choose(_ choice: Choice?) -> Response {
    let path = path(of: choice)
    if case .folder(let name)? = choice, name != "\(wanted)/" {
      editor.set(path)
      list.selection = 0
      return .stay
    }
    return path.isEmpty ? .close : .command(.answer(.openFile(path)))
  }

  /// Completes what was typed as far as the names agree; goes on to the next line where that is
  /// no further.
  private mutating func complete() {
    let wanted = wanted
    let names = choices.compactMap { choice -> String? in
      switch choice {
      case .folder(let name), .file(let name): name.hasPrefix(wanted) && name != "../" ? name : nil
      case .all: nil
      }
    }
    let common = names.dropFirst().reduce(names.first ?? "") { $0.commonPrefix(with: $1) }
    if !wanted.isEmpty || names.count == 1, common.count > wanted.count {
      editor.set(place + common)
      list.selection = 0
    } else {
      list.move(.down, count: choices.count)
    }
  }

  // MARK: Drawing

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let lines = choices.map { choice -> StyledLine in
      switch choice {
      case .all(let count):
        StyledLine("./   all of this folder: \(count == 1 ? "1 file" : "\(count) files")")
      case .folder(let name):
        StyledLine(
          name == "\(wanted)/" ? "\(name)   a folder: Enter opens all of it, Tab goes in" : name,
          .heading)
      case .file(let name):
        StyledLine(name + (findings[place + name].map { "   \($0.text)" } ?? ""))
      }
    }
    list.draw(
      lines,
      .init(
        title: "Open (a file, or a folder with all its .yaml files)", editor: editor,
        header: [StyledLine("Tab completes; Enter opens a file, and goes into a folder", .hint)],
        empty: nothing), &frame, &viewport)
  }

  /// Why there is no line.
  private var nothing: String {
    guard let folder, folder.path == place else { return "" }
    if let failure = folder.failure { return "\(place): \(failure)" }
    if wanted.isEmpty { return "nothing is here" }
    guard isThere else { return "no such file: \(editor.text)" }
    return findings[editor.text]?.text ?? ""
  }
}

extension FolderContent.Entry {
  fileprivate var isManifest: Bool { name.hasSuffix(".yaml") || name.hasSuffix(".yml") }
}

extension Int {
  /// So many of what a word names: `1 route`, `2 policies`.
  fileprivate func of(_ word: String) -> String {
    if self == 1 { return "1 \(word)" }
    return "\(self) " + (word.hasSuffix("y") ? "\(word.dropLast())ies" : "\(word)s")
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
