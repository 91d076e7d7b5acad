import RouteForm
import Schemas
import YAML
import Screen

/// A session brought back from its journal: the form, its history, the step and the focus.
package struct Recovery: Sendable {
  package private(set) var head: JournalHead
  /// The wizard as it was after the last event that was read.
  package private(set) var wizard: Wizard
  /// The journal up to there, to be gone on with.
  package private(set) var journal: SessionJournal
  /// The line that cannot be read, from 1; what is behind it is left out. Nil for a whole journal.
  package private(set) var brokenLine: Int?
  /// Whether the replay gave other files than there were, as another version's may.
  package private(set) var isOther = false
  /// Whether the linter has to run: done once, before the next event that needs its result.
  private var isToBeSettled = false
  /// The files of the last checkpoint, in their order.
  private var checkpoint: [String] = []
  private var files: [FileContent] = []
  private var results: [WriteResult] = []
  private var toWrite: [FileToWrite] = []
  /// Whether `***` stands where credentials were typed.
  package private(set) var isRedacted = false

  /// Replays a journal; throws for one without a beginning that can be read. `disk` gives what a file
  /// holds now: a journal has no credentials of files.
  package init(
    _ bytes: [UInt8], disk: (_ folder: String, _ path: String) -> [UInt8]? = { _, _ in nil }
  ) throws(JournalError) {
    head = try JournalHead(bytes, disk: disk)
    let folder = head.folder
    wizard = Wizard(head.start)
    journal = SessionJournal(head: Array(bytes[..<head.end]), start: head.start)
    let last = Last(in: bytes, from: head.end)
    var lines = Lines(bytes, from: head.end, after: head.line)
    defer { settle() }
    while let line = lines.next() {
      guard take(line, at: lines.offset, before: last, disk: { disk(folder, $0) }) else {
        // It is held against the last checkpoint before what cannot be read.
        if last.checkpoint > lines.offset {
          self = try Recovery(Array(bytes[..<line.startIndex]), disk: disk)
        }
        brokenLine = lines.number
        return
      }
      journal.take(bytes[line.startIndex...line.endIndex])
    }
  }

  /// The manifests, texts that are no values included; those of the last checkpoint where the
  /// replay gave others.
  package var manifests: [FileToWrite] {
    guard isOther else { return wizard.workspace.draftFiles }
    return checkpoint.map {
      FileToWrite(path: $0, bytes: journal.checkpoint[$0] ?? [], over: nil)
    }
  }

  /// What a replay need not do again and again.
  private struct Last {
    /// Where the last event ends whose meaning depends on frames: none needs to be drawn behind it.
    private(set) var frame: Int
    /// Where the last checkpoint ends: the replay is held against that one.
    private(set) var checkpoint: Int

    init(in bytes: [UInt8], from start: Int) {
      (frame, checkpoint) = (start, start)
      let kinds = ["click", "wheel", "key page"].map { Array($0.utf8) }
      var lines = Lines(bytes, from: start)
      while let line = lines.next() {
        if kinds.contains(where: { line.starts(with: $0) }) { frame = lines.offset }
        if line.starts(with: "checkpoint".utf8) { checkpoint = lines.offset }
      }
    }
  }

  private mutating func take(
    _ line: ArraySlice<UInt8>, at place: Int, before last: Last, disk: (String) -> [UInt8]?
  ) -> Bool {
    let drawing = place <= last.frame
    var words = EscapedWords(line)
    switch words.next() {
    case "" where line.isEmpty: if drawing { _ = wizard.frame() }
    case "settled":
      isToBeSettled = true
      if drawing, settle() { _ = wizard.frame() }
    case "file":
      guard let file = FileContent(words, known: journal.known, disk: disk) else { return false }
      files.append(file)
      journal.take(file)
    case "done": done(words.next())
    case "failed":
      let path = words.next()
      results.append(WriteResult(path: path, bytes: [], failure: words.rest))
    case "part": return takePart(&words)
    case "checkpoint": hold(words, comparing: place == last.checkpoint)
    case "edits": break
    case "redacted": isRedacted = true
    default:
      guard let event = event(from: line) else { return false }
      handle(event)
    }
    return true
  }

  private mutating func event(from line: ArraySlice<UInt8>) -> Event? {
    var words = EscapedWords(line)
    switch words.next() {
    case "read":
      guard let purpose = Effect.Purpose(rawValue: words.rest) else { return nil }
      defer { files = [] }
      return .read(files, purpose)
    case "listed":
      let path = words.next()
      var entries: [FolderContent.Entry] = []
      while !words.isEmpty {
        let isFolder = words.next() == "folder"
        entries.append(.init(name: words.next(), isFolder: isFolder))
      }
      return .listed(FolderContent(path: path, entries: entries))
    case "unlisted":
      return .listed(FolderContent(path: words.next(), entries: [], failure: words.rest))
    case "wrote":
      defer { results = [] }
      return .wrote(results)
    case "edited": return .edited(words.rest)
    case "edit-failed": return .edited(nil)
    case "order": return LinearRequest(line: words.rest).map { .requested($0) }
    case "told": return .notified(words.rest)
    case "left-behind": return .leftBehind(DraftNote(name: words.next(), description: words.rest))
    case "contexts":
      var names: [String] = []
      while !words.isEmpty { names.append(words.next()) }
      return .contexts(names)
    case "connected": return connected(&words, isProtected: false).map { .connected($0) }
    case "protected": return connected(&words, isProtected: true).map { .connected($0) }
    case "judged": return value(words).flatMap(ServerAnswer.init).map { .validated($0) }
    case "applied": return value(words).flatMap(ApplyReport.init).map { .applied($0) }
    case "followed": return value(words).flatMap(StatusReport.init).map { .routeStatus($0) }
    case "compared": return value(words).map { .compared($0.items.compactMap(\.text)) }
    case "unconnected": return .unconnected(words.rest)
    case "connecting": return .connecting
    case "checked": return .lintFinished
    case "aged": return .clusterAged
    case "recovered":
      guard let rows = words.number(), let columns = words.number() else { return nil }
      return .recovered(Size(rows: rows, columns: columns), hasMouse: words.next() == "true")
    default: return InputCodec.input(from: line).map { .input($0) }
    }
  }

  private func connected(_ words: inout EscapedWords, isProtected: Bool) -> KnownCluster? {
    let (name, namespace, time) = (words.next(), words.next(), words.next())
    let incomplete = words.next().split(separator: ",").map(String.init)
    let release = Release(rawValue: words.next())
    let names = Parser().parse(Array(words.next().utf8)).documents.first?.root
    guard let root = value(words) else { return nil }
    return KnownCluster(
      name: name, namespace: namespace, time: time, objects: root.items, incomplete: incomplete,
      names: names.map(KnownCluster.names) ?? [:], release: release, isProtected: isProtected)
  }

  /// The value that the rest of a line is.
  private func value(_ words: EscapedWords) -> Node? {
    var limits = Parser.Limits()
    limits.bytes = 64 << 20
    return Parser(limits: limits).parse(words.restOfBytes).documents.first?.root
  }

  /// Runs the linter where the session did; returns whether a frame would now look different.
  @discardableResult
  private mutating func settle() -> Bool {
    defer { isToBeSettled = false }
    return isToBeSettled && wizard.settle()
  }

  /// Where the linter is slow, the effect of an event depends on whether it has run; elsewhere an event
  /// that needs its result runs it first.
  private mutating func handle(_ event: Event) {
    let isSlow = isToBeSettled && wizard.workspace.isSlowToLint
    if isSlow, !wizard.isTyping(event) { settle() }
    let form = isSlow ? wizard.workspace.form : nil
    defer { if let form, form != wizard.workspace.form { isToBeSettled = false } }
    for effect in wizard.handle(event) {
      switch effect {
      case .write(let files): toWrite = files
      case .read, .list, .askCluster, .quit, .suspend, .redraw, .mouse, .copy, .show, .editText,
        .recover:
        break
      }
    }
  }

  /// A file that was written holds what it was to hold.
  private mutating func done(_ path: String) {
    let bytes = toWrite.first { $0.path == path }?.bytes ?? []
    results.append(WriteResult(path: path, bytes: bytes, failure: nil))
    journal.take(FileContent(path: path, content: .bytes(bytes)))
  }

  private mutating func takePart(_ words: inout EscapedWords) -> Bool {
    let path = words.next()
    let old = journal.base(of: path)
    guard let prefix = words.number(), let suffix = words.number(), prefix >= 0, suffix >= 0,
      prefix <= old.count, suffix <= old.count - prefix
    else { return false }
    journal.takePart(path, old[..<prefix] + words.restOfBytes + old[(old.count - suffix)...])
    return true
  }

  /// Holds the replay against a checkpoint.
  private mutating func hold(_ paths: EscapedWords, comparing: Bool) {
    var words = paths
    checkpoint = []
    while !words.isEmpty { checkpoint.append(words.next()) }
    guard comparing else { return }
    let files = wizard.workspace.draftFiles
    isOther =
      files.map(\.path) != checkpoint
      || files.contains { journal.checkpoint[$0.path] != $0.bytes }
  }
}
