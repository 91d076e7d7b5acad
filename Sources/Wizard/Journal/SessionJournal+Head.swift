import Schemas
import RouteForm
import Screen

/// Why a text is no journal that can be replayed.
package enum JournalError: Error, Hashable, Sendable {
  /// It does not begin as a journal does.
  case foreign
  /// It was written by a program that knows a later format.
  case newer(format: Int)
  /// It ends before all is said of the beginning.
  case torn
  /// A line of the beginning says nothing that is known; lines count from 1.
  case unreadable(line: Int)

  package var message: String {
    switch self {
    case .foreign: "not a draft of this program"
    case .newer(let format): "written by a later version of this program (format \(format))"
    case .torn: "it ends before the form it began with"
    case .unreadable(let line): "line \(line) cannot be read"
    }
  }
}

/// What the beginning of a journal says.
package struct JournalHead: Sendable {
  /// The version of the program that wrote it.
  package private(set) var program = ""
  /// The folder that relative paths start from.
  package private(set) var folder = ""
  private(set) var start = Wizard.Start(
    form: Recipe.blank.form, asks: false, output: Output(path: nil),
    size: Size(rows: 24, columns: 80))
  /// The chosen keys, which are sound only as a whole.
  private var keys: [Command: [String]] = [:]
  private var release = Release.current
  /// Where the events begin, in bytes, and on which line.
  package private(set) var end = 0
  private(set) var line = 1

  /// Reads the beginning of a journal.
  ///
  /// Credentials are no part of it: they come from the files, where those are as they were. `disk`
  /// gives what a file holds now, by its path from the folder.
  package init(
    _ bytes: [UInt8], disk: (_ folder: String, _ path: String) -> [UInt8]? = { _, _ in nil }
  ) throws(JournalError) {
    var lines = Lines(bytes)
    guard bytes.starts(with: SessionJournal.magic.utf8) else { throw .foreign }
    guard let first = lines.next() else { throw .torn }
    var words = EscapedWords(first.dropFirst(SessionJournal.magic.utf8.count))
    guard let format = words.number() else { throw .foreign }
    guard format <= SessionJournal.format else { throw .newer(format: format) }
    while let text = lines.next() {
      if text.elementsEqual("begin".utf8) {
        end = lines.offset
        line = lines.number
        guard let keymap = try? Keymap.standard.choosing(keys) else {
          throw .unreadable(line: line)
        }
        start.keymap = keymap
        start.form.release = release
        return
      }
      let folder = folder
      guard take(EscapedWords(text), disk: { disk(folder, $0) }) else {
        throw .unreadable(line: lines.number)
      }
    }
    throw .torn
  }

  private mutating func take(_ line: EscapedWords, disk: (String) -> [UInt8]?) -> Bool {
    var words = line
    switch words.next() {
    case "program": program = words.rest
    case "folder": folder = words.rest
    case "output": start.output.path = words.rest
    case "kustomization": start.output.writesKustomization = true
    case "asks": start.asks = true
    case "for":
      guard let release = Release(rawValue: words.rest) else { return false }
      self.release = release
    case "no-mouse": start.hasMouse = false
    case "keys":
      guard let command = Command(rawValue: words.next()) else { return false }
      keys[command] = []
      while !words.isEmpty { keys[command]?.append(words.next()) }
    case "draft": start.drafts.append(DraftNote(name: words.next(), description: words.rest))
    case "size":
      guard let rows = words.number(), let columns = words.number() else { return false }
      start.size = Size(rows: rows, columns: columns)
    case "form":
      guard let form = try? AnswersFile.form(from: words.restOfBytes, recipe: nil) else {
        return false
      }
      start.form = form
    case "file":
      guard let file = FileContent(words, known: nil, disk: disk) else { return false }
      start.files.append(file)
    case "reading": start.reading.append(words.next())
    case let kind where kind == "opened" || kind == "opened-redacted":
      let path = words.next()
      let bytes =
        kind == "opened"
        ? words.restOfBytes : FileContent.whole(words.restOfBytes, at: path, disk: disk)
      guard let file = try? OpenedFile(path: path, bytes: bytes) else { return false }
      start.opened.append(file)
    default: return false
    }
    return true
  }
}

/// What a list of drafts shows of a journal, without a look into its files.
package struct JournalSummary: Sendable {
  /// The folder that the session began in.
  package private(set) var folder = ""
  /// The paths of what it was to edit, as they are from any folder.
  package private(set) var paths: [String] = []
  /// How many edits can be undone; nil where it was not said yet.
  package private(set) var edits: Int?

  /// Nil for what is no journal.
  package init?(_ bytes: [UInt8]) {
    guard bytes.starts(with: SessionJournal.magic.utf8) else { return nil }
    var output: [String] = []
    var lines = Lines(bytes)
    while let text = lines.next(), !text.elementsEqual("begin".utf8) {
      var words = EscapedWords(text)
      switch words.next() {
      case "folder": folder = words.rest
      case "output": output = [words.rest]
      case "opened", "opened-redacted", "reading": paths.append(words.next())
      default: break
      }
    }
    paths = (paths.filter { $0 != OpenedFile.standardInput } + output).map {
      $0.hasPrefix("/") ? $0 : "\(folder)/\($0)"
    }
    edits = Self.edits(in: bytes[max(0, lines.offset - 1)...])
  }

  /// The number in the last line that has it.
  private static func edits(in events: ArraySlice<UInt8>) -> Int? {
    let mark = Array("\nedits ".utf8)
    var rest = events
    while let end = rest.lastIndex(of: UInt8(ascii: "\n")) {
      rest = rest[..<end]
      let line = rest.lastIndex(of: UInt8(ascii: "\n")) ?? rest.startIndex
      if rest[line...].starts(with: mark) {
        return Int(String(decoding: rest[(line + mark.count)...], as: UTF8.self))
      }
    }
    return nil
  }

  /// The edits in words; nothing where they are not known.
  package var description: String {
    edits.map { $0 == 1 ? "1 edit" : "\($0) edits" } ?? ""
  }
}

extension SessionJournal {
  /// The lines of a beginning, as `JournalHead` reads them.
  static func head(of start: Wizard.Start, program: String, in folder: String) -> [UInt8] {
    var lines = Array("\(magic)\(format)\n".utf8)
    func line(_ kind: String, _ rest: String? = nil) {
      lines += kind.utf8
      if let rest {
        lines.append(UInt8(ascii: " "))
        EscapedWords.append(rest: rest, to: &lines)
      }
      lines.append(UInt8(ascii: "\n"))
    }
    line("program", program)
    line("folder", folder)
    if let path = start.output.path { line("output", path) }
    if start.output.writesKustomization { line("kustomization") }
    if start.asks { line("asks") }
    if start.form.release != .current { line("for", start.form.release.rawValue) }
    if !start.hasMouse { line("no-mouse") }
    for command in Command.allCases {
      guard let names = start.keymap.choices[command] else { continue }
      lines += "keys \(command.rawValue)".utf8
      for name in names {
        lines.append(UInt8(ascii: " "))
        EscapedWords.append(word: name, to: &lines)
      }
      line("")
    }
    for draft in start.drafts {
      lines += "draft ".utf8
      EscapedWords.append(word: draft.name, to: &lines)
      line("", draft.description)
    }
    line("size \(start.size.rows) \(start.size.columns)")
    lines += "form ".utf8
    EscapedWords.append(rest: AnswersFile.bytes(of: start.form, hidesCredentials: true), to: &lines)
    line("")
    for file in start.files {
      lines += "file ".utf8
      file.append(to: &lines)
      line("")
    }
    for path in start.reading {
      lines += "reading ".utf8
      EscapedWords.append(word: path, to: &lines)
      line("")
    }
    for file in start.opened {
      let kept = FileContent.kept(file.bytes)
      lines += (kept.isRedacted ? "opened-redacted " : "opened ").utf8
      EscapedWords.append(word: file.path, to: &lines)
      lines.append(UInt8(ascii: " "))
      EscapedWords.append(rest: kept.bytes, to: &lines)
      line("")
    }
    line("begin")
    return lines
  }
}

extension FileContent {
  /// Reads what `append` wrote; `known` is what the file was last known to hold, `disk` gives what it
  /// holds now.
  init?(
    _ words: EscapedWords, known: [String: FileContent.Content]?, disk: (String) -> [UInt8]?
  ) {
    var words = words
    let path = words.next()
    switch words.next() {
    case "same":
      guard let content = known?[path] else { return nil }
      self.init(path: path, content: content)
    case "absent": self.init(path: path, content: .absent)
    case "unreadable": self.init(path: path, content: .unreadable(words.rest))
    case "bytes": self.init(path: path, content: .bytes(words.restOfBytes))
    case "redacted":
      self.init(
        path: path, content: .bytes(FileContent.whole(words.restOfBytes, at: path, disk: disk)))
    default: return nil
    }
  }

  /// Appends the file as the rest of a line.
  func append(to line: inout [UInt8]) {
    EscapedWords.append(word: path, to: &line)
    switch content {
    case .absent: line += " absent".utf8
    case .unreadable(let why):
      line += " unreadable ".utf8
      EscapedWords.append(rest: why, to: &line)
    case .bytes(let bytes):
      let kept = FileContent.kept(bytes)
      line += (kept.isRedacted ? " redacted " : " bytes ").utf8
      EscapedWords.append(rest: kept.bytes, to: &line)
    }
  }
}

/// The whole lines of a text; what is behind the last line end is no line.
struct Lines {
  private let bytes: [UInt8]
  /// Where the next line begins, in bytes.
  private(set) var offset = 0
  /// The number of the last line taken, from 1.
  private(set) var number = 0

  init(_ bytes: [UInt8], from offset: Int = 0, after number: Int = 0) {
    self.bytes = bytes
    self.offset = offset
    self.number = number
  }

  /// Takes the next line, without its end.
  mutating func next() -> ArraySlice<UInt8>? {
    guard let end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    defer {
      offset = end + 1
      number += 1
    }
    return bytes[offset..<end]
  }
}
