import Corpus
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

/// A session as the program runs it: every event goes to the journal before the wizard has it.
private struct Recorded {
  var wizard: Wizard
  var journal: SessionJournal
  let start: Wizard.Start

  init(_ recipe: Recipe = .failoverPair) {
    var start = Wizard.Start(
      form: recipe.form, asks: false, output: Output(path: "out put.yaml"),
      size: Size(rows: 24, columns: 80))
    start.files = [FileContent(path: "out put.yaml", content: .bytes(Array("old: 1\n \\n".utf8)))]
    self.init(start)
  }

  init(opening files: [OpenedFile]) {
    var start = Wizard.Start(
      form: Recipe.blank.form, asks: false, output: Output(path: nil),
      size: Size(rows: 24, columns: 80))
    start.opened = files
    self.init(start)
  }

  private init(_ start: Wizard.Start) {
    self.start = start
    wizard = Wizard(start)
    journal = SessionJournal(start, program: "9")
  }

  var bytes: [UInt8] { journal.head(in: "/home/a b") + journal.events }

  mutating func handle(_ event: Event) -> [Effect] {
    journal.note(event)
    return wizard.handle(event)
  }

  mutating func draw() {
    _ = wizard.frame()
    journal.noteFrame()
  }

  /// Does what comes of an input as the world would, with a failure now and then.
  mutating func send(_ input: Input, _ random: inout Seeded) { send(.input(input), &random) }

  mutating func send(_ event: Event, _ random: inout Seeded) {
    var events = [event]
    while let event = events.popLast() {
      for effect in handle(event) {
        switch effect {
        case .read(let paths, let purpose):
          let contents: [FileContent.Content] = [
            .absent, .unreadable("a\\ b\nc"), .bytes(Array("x: \\n\n\n".utf8) + [0xff, 0]),
          ]
          let content = contents.randomElement(using: &random) ?? .absent
          events.append(.read(paths.map { FileContent(path: $0, content: content) }, purpose))
        case .write(let files):
          let fails = Bool.random(using: &random)
          events.append(
            .wrote(
              files.map {
                WriteResult(path: $0.path, bytes: $0.bytes, failure: fails ? "full\n" : nil)
              }))
        case .list(let path):
          let entries = [("a b.yaml", false), ("sub\n", true)].map {
            FolderContent.Entry(name: $0.0, isFolder: $0.1)
          }
          events.append(
            .listed(
              Bool.random(using: &random)
                ? FolderContent(path: path, entries: entries)
                : FolderContent(path: path, entries: [], failure: "no such\nfolder")))
        case .copy: events.append(.notified("copied"))
        case .editText(let text): events.append(.edited(Bool.random(using: &random) ? text : nil))
        case .quit, .askCluster, .suspend, .redraw, .mouse, .show, .recover: break
        }
      }
    }
  }
}

@Suite("session journal")
struct SessionJournalTests {
  private static func expectSame(
    _ replayed: Wizard, _ lived: Wizard, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var one = replayed
    var other = lived
    #expect(one.workspace.form == other.workspace.form, sourceLocation: sourceLocation)
    #expect(one.navigation.focus == other.navigation.focus, sourceLocation: sourceLocation)
    #expect(one.navigation.step == other.navigation.step, sourceLocation: sourceLocation)
    #expect(one.navigation.editor == other.navigation.editor, sourceLocation: sourceLocation)
    #expect(one.workspace.disk == other.workspace.disk, sourceLocation: sourceLocation)
    #expect(one.workspace.history.position == other.workspace.history.position)
    for size in [Size(rows: 24, columns: 80), Size(rows: 60, columns: 200)] {
      _ = one.handle(.recovered(size, hasMouse: true))
      _ = other.handle(.recovered(size, hasMouse: true))
      // Where judging is slow, what is shown of a verdict lags behind, in both in their own way.
      _ = (one.settle(), other.settle())
      #expect(one.frame().text == other.frame().text, sourceLocation: sourceLocation)
    }
    for _ in 0..<other.workspace.history.position.done {
      for key in [Key.escape, .text("u")] {
        _ = one.handle(.input(.key(key)))
        _ = other.handle(.input(.key(key)))
      }
      #expect(one.workspace.form == other.workspace.form, sourceLocation: sourceLocation)
    }
  }

  @Test("a session comes back from its journal, whatever was done in it", arguments: 0..<30)
  func replays(seed: Int) throws {
    try Self.replays(Recorded(Recipe.allCases[seed % Recipe.allCases.count]), seed: 4000 + seed)
  }

  @Test("so does one that edits files, in whatever style", arguments: KeepingTests.routes.indices)
  func replaysOpened(index: Int) throws {
    let file = try OpenedFile(path: "a file.yaml", bytes: KeepingTests.routes[index].bytes)
    try Self.replays(Recorded(opening: [file]), seed: 5000 + index)
  }

  @Test("so does one beside so much that judging is slow", arguments: 0..<4)
  func replaysSlow(seed: Int) throws {
    var session = Recorded(Recipe.allCases[seed % Recipe.allCases.count])
    _ = session.handle(.connected(LintTimingTests.crowd))
    session.journal.noteSettled()
    _ = session.wizard.settle()
    try Self.replays(session, seed: 6000 + seed)
  }

  private static func replays(_ first: Recorded, seed: Int) throws {
    var random = Seeded(UInt64(seed))
    var session = first
    session.draw()
    for _ in 0..<Int.random(in: 1...200, using: &random) {
      session.send(WalkTests.input(&random), &random)
      session.draw()
      if Int.random(in: 0..<4, using: &random) == 0 {
        session.journal.noteSettled()
        if session.wizard.settle() { _ = session.wizard.frame() }
        if session.wizard.isPostponing { session.send(.lintFinished, &random) }
        session.journal.noteCheckpoint(session.wizard.workspace.draftFiles)
      }
    }
    let recovery = try Recovery(session.bytes)
    #expect(recovery.brokenLine == nil && !recovery.isOther)
    #expect(recovery.head.program == "9" && recovery.head.folder == "/home/a b")
    Self.expectSame(recovery.wizard, session.wizard)
    #expect(recovery.journal.head(in: "elsewhere") + recovery.journal.events == session.bytes)

    // And once more, from the journal that was gone on with.
    var again = session
    again.wizard = recovery.wizard
    again.journal = recovery.journal
    _ = again.handle(.recovered(Size(rows: 40, columns: 120), hasMouse: false))
    for _ in 0..<50 {
      again.send(WalkTests.input(&random), &random)
      again.draw()
    }
    again.journal.noteCheckpoint(again.wizard.workspace.draftFiles)
    let twice = try Recovery(again.bytes)
    #expect(twice.brokenLine == nil && !twice.isOther)
    Self.expectSame(twice.wizard, again.wizard)
  }

  @Test("cut anywhere, it gives all that stands in whole lines before the cut")
  func torn() throws {
    var random = Seeded(1)
    var session = Recorded()
    for _ in 0..<40 { session.send(WalkTests.input(&random), &random) }
    session.journal.noteCheckpoint(session.wizard.workspace.draftFiles)
    let bytes = session.bytes
    let head = session.journal.head(in: "/home/a b").count
    for cut in stride(from: head, through: bytes.count, by: 7) {
      let recovery = try Recovery(Array(bytes[..<cut]))
      #expect(recovery.brokenLine == nil && !recovery.isOther)
      let whole = bytes[..<cut].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
      #expect(head + recovery.journal.events.count == whole)
    }
    for cut in 0..<head {
      #expect(throws: JournalError.self) { try Recovery(Array(bytes[..<cut])) }
    }
  }

  @Test("bytes that say nothing end it there, and are named by their line")
  func broken() throws {
    var session = Recorded()
    for letter in ["a", "b", "c"] { _ = session.handle(.input(.key(.text(letter)))) }
    let head = session.journal.head(in: "/").split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).count
    let good = session.bytes
    for bad in ["nonsense", "text", "file x same", "part out.yaml 5 5 x", "\0\0\0", "key nope"] {
      let recovery = try Recovery(good + Array("\(bad)\ntext d\n".utf8))
      if bad == "text" { continue }
      #expect(recovery.brokenLine == head + 3, "\(bad)")
      #expect(recovery.journal.events == session.journal.events)
    }
  }

  @Test("any bytes at all are refused in words or replayed, and never trap", arguments: 0..<20)
  func anyBytes(seed: Int) {
    var random = Seeded(UInt64(seed))
    var session = Recorded()
    for _ in 0..<30 { session.send(WalkTests.input(&random), &random) }
    session.journal.noteCheckpoint(session.wizard.workspace.draftFiles)
    for _ in 0..<20 {
      var bytes = session.bytes
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
      do {
        _ = try Recovery(bytes).manifests
      } catch { #expect(!error.message.isEmpty) }
    }
  }

  @Test("what a journal is of is told without reading its files")
  func places() throws {
    let file = try OpenedFile(path: "a file.yaml", bytes: KeepingTests.routes[0].bytes)
    for (first, path) in [
      (Recorded(), "/home/a b/out put.yaml"), (Recorded(opening: [file]), "/home/a b/a file.yaml"),
    ] {
      var session = first
      let early = try #require(JournalSummary(session.bytes))
      #expect(early.paths == [path] && early.folder == "/home/a b" && early.description.isEmpty)
      for (count, words) in [(1, "1 edit"), (12, "12 edits")] {
        session.journal.noteEdits(count)
        session.draw()
        #expect(try #require(JournalSummary(session.bytes)).description == words)
      }
      #expect(try Recovery(session.bytes).brokenLine == nil)
    }
    #expect(JournalSummary(Array("version: 1\n".utf8)) == nil)
  }

  @Test("what is no journal, or a later one, is told from a broken one")
  func foreign() {
    let cases: [(String, JournalError)] = [
      ("", .foreign), ("version: 1\n", .foreign), ("aigw-wizard draft x\n", .foreign),
      ("aigw-wizard draft 2\nwhatever\n", .newer(format: 2)), ("aigw-wizard draft 1\n", .torn),
      ("aigw-wizard draft 1\nprogram 1\nform version: 2\\n\nbegin\n", .unreadable(line: 3)),
    ]
    for (text, fault) in cases {
      #expect(throws: fault) { try Recovery(Array(text.utf8)) }
    }
  }

  @Test("a journal that replays as other files gives those of its last checkpoint")
  func otherVersion() throws {
    var session = Recorded()
    _ = session.handle(.input(.key(.text("a"))))
    session.journal.noteCheckpoint(session.wizard.workspace.draftFiles)
    let theirs = [FileToWrite(path: "out put.yaml", bytes: Array("kind: B\n".utf8), over: nil)]
    session.journal.noteCheckpoint(theirs)
    let recovery = try Recovery(session.bytes)
    #expect(recovery.isOther && recovery.manifests == theirs)
  }

  @Test("a journal that breaks off is held against the last checkpoint before that")
  func otherVersionBrokenOff() throws {
    var session = Recorded()
    _ = session.handle(.input(.key(.text("a"))))
    let theirs = [FileToWrite(path: "out put.yaml", bytes: Array("kind: B\n".utf8), over: nil)]
    session.journal.noteCheckpoint(theirs)
    var bytes = session.bytes
    bytes += Array("nothing that is known\ntext b\n".utf8)
    bytes += Array("part out%20put.yaml 0 0 kind: C\\n\ncheckpoint out%20put.yaml\n".utf8)
    let recovery = try Recovery(bytes)
    #expect(recovery.brokenLine != nil && recovery.isOther && recovery.manifests == theirs)
  }

  @Test("what was typed is judged when a replay ends, as often as it was judged before")
  func judgedAtTheEnd() throws {
    var session = Recorded()
    for _ in 0..<3 {
      _ = session.handle(.input(.key(.text("_"))))
      session.journal.noteSettled()
      _ = session.wizard.settle()
    }
    let recovery = try Recovery(session.bytes)
    #expect(recovery.wizard.isSettled)
    #expect(
      recovery.wizard.workspace.analysis.problems == session.wizard.workspace.analysis.problems)
  }

  @Test("a replay works out neither problems nor the command that nobody sees")
  func worksOutNothingUnseen() throws {
    var session = Recorded()
    for step in ["2", "8", "2"] {
      for key: Key in [.alt(Character(step)), .text("_"), .tab, .tab, .backtab, .backtab] {
        _ = session.handle(.input(.key(key)))
        session.draw()
      }
    }
    #expect(session.wizard.workspace.analysis.command != nil)
    let versions = session.wizard.workspace.analysis.problemsVersion
    let recovery = try Recovery(session.bytes)
    #expect(recovery.wizard.workspace.form == session.wizard.workspace.form)
    #expect(recovery.wizard.workspace.analysis.command == nil)
    // Those of the beginning, and of the visit to Review.
    #expect(recovery.wizard.workspace.analysis.problemsVersion == 2 && versions == 3)
  }

  @Test("a text that is no value costs a replay once, not at every event after it")
  func judgesTextsOnce() {
    var form = Recipe.blank.form
    for index in 0..<400 {
      let rule = Address.route(.key("spec"), .key("rules"), .index(index))
      form.invalidTexts[rule.appending("timeouts").appending("request")] = "5 Minutes\(index)"
    }
    var analysis = Analysis()
    let first = leastProcessorTime {
      analysis = Analysis()
      analysis.lint(form)
    }
    let judged = analysis.problems
    #expect(judged.count { $0.finding == nil } == 400)
    let again = leastProcessorTime {
      form.invalidTexts[.route(.key("metadata"), .key("name"))] =
        form.invalidTexts.count % 2 == 0 ? "É" : nil
      analysis.lint(form)
    }
    #expect(again < first / 2, "\(again) of \(first)")
    form.invalidTexts[.route(.key("metadata"), .key("name"))] = nil
    analysis.lint(form)
    #expect(analysis.problems == judged)
  }

  @Test("words and texts of a line come back as they were")
  func words() {
    let texts = ["", " ", "a b", "\\", "\\n", "\n", "a\\\n s", "é \u{200d}", "\0\t"]
    for one in texts {
      for other in texts {
        var line: [UInt8] = []
        EscapedWords.append(word: one, to: &line)
        line.append(UInt8(ascii: " "))
        EscapedWords.append(rest: other, to: &line)
        #expect(!line.contains(UInt8(ascii: "\n")))
        var words = EscapedWords(line[...])
        #expect(words.next() == one)
        #expect(words.rest == other)
      }
    }
  }
}
