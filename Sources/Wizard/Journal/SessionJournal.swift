import Schemas
import YAML
import RouteForm
import Screen

/// What a session began with and all that happened since, as lines of text that give the same
/// session again (`Recovery`).
///
/// Drafts on disk and traces for tests are this text. A blank line stands for a frame, `settled`
/// for a run of the linter; a click refers to the frame before it. Now and then there is a
/// checkpoint: the files as they would be saved; a replay compares its result with it. Noting an
/// event costs its text; credentials are removed before anything reaches the disk.
package struct SessionJournal: Sendable {
  /// The version of the text that this program writes; it reads this one only.
  package static let format = 1
  static let magic = "aigw-wizard draft "

  private enum Head: Sendable {
    case start(Wizard.Start, program: String)
    case text([UInt8])
  }

  private let beginning: Head
  /// The lines of what happened, each with its end.
  package private(set) var events: [UInt8] = []
  /// What a file held when it was last recorded.
  private(set) var known: [String: FileContent.Content] = [:]
  /// How often credentials were taken out of the events.
  package private(set) var redactions = 0
  /// Up to where the events were looked through for credentials, and which were known then.
  var looked = (offset: 0, credentials: [String]())
  /// How many edits were last noted.
  private var edits = 0
  /// The files as the last checkpoint has them.
  private(set) var checkpoint: [String: [UInt8]] = [:]

  /// Begins a journal; `program` is the version of the program that writes it.
  package init(_ start: Wizard.Start, program: String) {
    beginning = .start(start, program: program)
    knows(start)
  }

  /// Goes on with a journal that was read.
  init(head: [UInt8], start: Wizard.Start) {
    beginning = .text(head)
    knows(start)
  }

  private mutating func knows(_ start: Wizard.Start) {
    for file in start.opened { known[file.path] = .bytes(file.bytes) }
    for file in start.files { known[file.path] = file.content }
  }

  /// What a checkpoint says of a file is what differs from this: the last checkpoint's bytes, else
  /// what it held.
  func base(of path: String) -> [UInt8] {
    if let bytes = checkpoint[path] { return bytes }
    if case .bytes(let bytes)? = known[path] { return bytes }
    return []
  }

  /// The lines of the beginning; `folder` is what relative paths start from.
  package func head(in folder: String) -> [UInt8] {
    switch beginning {
    case .text(let text): text
    case .start(let start, let program):
      SessionJournal.head(of: start, program: program, in: folder)
    }
  }

  /// Notes what happened, in the order in which the wizard handles it.
  package mutating func note(_ event: Event) {
    switch event {
    case .input(let input): InputCodec.append(input, to: &events)
    // Only words on the screen come of it.
    case .read(_, .glance): return
    case .read(let files, let purpose):
      for file in files { note(file) }
      append("read \(purpose.rawValue)")
    case .listed(let folder): note(folder)
    case .opened(let opened):
      note(.read(opened.contents, .open))
      return
    case .wrote(let results):
      for result in results { note(result) }
      append("wrote")
    case .edited(let text): append(text == nil ? "edit-failed" : "edited ", rest: text ?? "")
    case .notified(let message): append("told ", rest: message)
    case .requested(let request): append("order ", rest: request.line)
    case .recovered(let size, let hasMouse):
      append("recovered \(size.rows) \(size.columns) \(hasMouse)")
    case .leftBehind(let draft):
      append("left-behind ", word: draft.name)
      append(" ", rest: draft.description)
    case .contexts(let names):
      append("contexts")
      for name in names { append(" ", word: name) }
    case .connected(let cluster):
      events += Self.line(of: cluster)
      return
    case .validated(let answer): append("judged ", rest: answer.node.json)
    case .applied(let report): append("applied ", rest: report.node.json)
    case .routeStatus(let report): append("followed ", rest: report.node.json)
    case .compared(let lines):
      append("compared ", rest: Node.sequence(lines.map(Node.string)).json)
    case .unconnected(let message): append("unconnected ", rest: message)
    case .connecting: append("connecting")
    case .clusterAged: append("aged")
    case .lintFinished: append("checked")
    case .drafted: return
    }
    events.append(UInt8(ascii: "\n"))
  }

  /// Notes that a cluster was read, as it was worked out beforehand.
  package mutating func note(_ preparation: Preparation) { events += preparation.line }

  /// The line that says what a cluster holds.
  static func line(of cluster: KnownCluster) -> [UInt8] {
    var line = Array((cluster.isProtected ? "protected" : "connected").utf8)
    let fields = [
      cluster.name, cluster.namespace, cluster.time, cluster.incomplete.joined(separator: ","),
      cluster.release?.rawValue ?? "", cluster.namesNode.json,
    ]
    for word in fields {
      line.append(UInt8(ascii: " "))
      EscapedWords.append(word: word, to: &line)
    }
    line.append(UInt8(ascii: " "))
    EscapedWords.append(rest: Node.sequence(cluster.objects).json, to: &line)
    line.append(UInt8(ascii: "\n"))
    return line
  }

  private mutating func note(_ file: FileContent) {
    append("file ")
    if known[file.path] == file.content {
      append("", word: file.path)
      append(" same")
    } else {
      file.append(to: &events)
    }
    known[file.path] = file.content
    events.append(UInt8(ascii: "\n"))
  }

  private mutating func note(_ folder: FolderContent) {
    append(folder.failure == nil ? "listed " : "unlisted ", word: folder.path)
    if let failure = folder.failure { append(" ", rest: failure) }
    for entry in folder.entries { append(entry.isFolder ? " folder " : " file ", word: entry.name) }
  }

  private mutating func note(_ result: WriteResult) {
    if let failure = result.failure {
      append("failed ", word: result.path)
      append(" ", rest: failure)
    } else {
      append("done ", word: result.path)
      known[result.path] = .bytes(result.bytes)
    }
    events.append(UInt8(ascii: "\n"))
  }

  /// Notes that a frame was drawn.
  package mutating func noteFrame() { events.append(UInt8(ascii: "\n")) }

  /// Notes that the linter ran, and that a frame was drawn if that changed it.
  package mutating func noteSettled() { append("settled\n") }

  /// Notes how many edits can be undone, for a list of drafts.
  package mutating func noteEdits(_ count: Int) {
    if count == edits { return }
    edits = count
    append("edits \(count)\n")
  }

  /// Notes the files as they would be saved, by what differs from the last time.
  ///
  /// Files with credentials are not noted.
  package mutating func noteCheckpoint(_ files: [FileToWrite]) {
    guard !files.contains(where: { FileContent.kept($0.bytes).isRedacted }) else { return }
    var isNew = false
    for file in files where checkpoint[file.path] != file.bytes {
      let old = base(of: file.path)
      let least = min(old.count, file.bytes.count)
      var prefix = 0
      while prefix < least, old[prefix] == file.bytes[prefix] { prefix += 1 }
      var suffix = 0
      while suffix < least - prefix,
        old[old.count - 1 - suffix] == file.bytes[file.bytes.count - 1 - suffix]
      {
        suffix += 1
      }
      append("part ", word: file.path)
      append(" \(prefix) \(suffix) ")
      EscapedWords.append(
        rest: Array(file.bytes[prefix..<(file.bytes.count - suffix)]), to: &events)
      append("\n")
      checkpoint[file.path] = file.bytes
      isNew = true
    }
    guard isNew else { return }
    append("checkpoint")
    for file in files { append(" ", word: file.path) }
    append("\n")
  }

  /// Takes over the events without credentials; no checkpoint of those before holds for them.
  mutating func replaceEvents(_ lines: [UInt8]) {
    events = lines.starts(with: Self.redactedMark) ? lines : Self.redactedMark + lines
    checkpoint = [:]
    looked.offset = events.count
    redactions += 1
  }

  /// The line that says that `***` stands for credentials.
  private static let redactedMark = Array("redacted\n".utf8)

  private mutating func append(_ text: String) { events += text.utf8 }

  private mutating func append(_ text: String, rest: String) {
    append(text)
    EscapedWords.append(rest: rest, to: &events)
  }

  private mutating func append(_ text: String, word: String) {
    append(text)
    EscapedWords.append(word: word, to: &events)
  }

  /// Takes over a line that was read, with its end, and what it says of files.
  mutating func take(_ line: ArraySlice<UInt8>) { events += line }
  mutating func take(_ file: FileContent) { known[file.path] = file.content }
  mutating func takePart(_ path: String, _ bytes: [UInt8]) { checkpoint[path] = bytes }
}
