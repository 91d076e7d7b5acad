import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("choosing what to open")
struct OpenPanelTests {
  /// A robot with files around it.
  private struct Desk {
    var robot = Robot()
    let files: [String: String]

    init(_ files: [String: String]) {
      self.files = files
      robot.wizard.panels.open(.start(StartPanel(drafts: [])))
    }

    /// Presses keys, each with what the program would answer to it.
    mutating func press(_ keys: String) {
      var key = ""
      for letter in keys {
        key.append(letter)
        if key.first == "<", letter != ">" { continue }
        pressOne(key)
        key = ""
      }
    }

    private mutating func pressOne(_ key: String) {
      robot.press(key)
      while let effect = robot.effects.first {
        robot.effects.removeFirst()
        switch effect {
        case .list(let path): robot.effects += robot.wizard.handle(.listed(folder(path)))
        case .read(let paths, let purpose):
          let found = paths.flatMap { path in
            path.hasSuffix("/") || !below("\(path)/").isEmpty
              ? below("\(path)/").filter { $0.hasSuffix(".yaml") }.map(content) : [content(path)]
          }
          robot.effects += robot.wizard.handle(.read(found, purpose))
        case .write, .quit, .askCluster, .suspend, .redraw, .mouse, .copy, .show, .editText,
          .recover:
          break
        }
      }
    }

    private func below(_ path: String) -> [String] {
      let path = path.replacing("//", with: "/")
      return files.keys.filter { $0.hasPrefix(path) }.sorted()
    }

    private func content(_ path: String) -> FileContent {
      FileContent(path: path, content: files[path].map { .bytes(Array($0.utf8)) } ?? .absent)
    }

    private func folder(_ path: String) -> FolderContent {
      let inner = below(path).map { $0.dropFirst(path.count) }
      guard !inner.isEmpty else {
        return FolderContent(path: path, entries: [], failure: "no such file or directory")
      }
      let names = Set(inner.map { String($0.prefix { $0 != "/" }) }).sorted()
      return FolderContent(
        path: path,
        entries: names.map { name in
          .init(name: name, isFolder: inner.contains { $0.hasPrefix("\(name)/") })
        })
    }
  }

  private static let files = [
    "chat.yaml": OpeningTests.policy + "---\n" + OpeningTests.chat,
    "code.yaml": OpeningTests.code(), "notes.txt": "hello\n", ".hidden.yaml": "a: 1\n",
    "live/one.yaml": OpeningTests.chat, "live/two.yaml": OpeningTests.policy,
    "bad.yaml": "a: [\n",
  ]

  @Test("lists the folder, and says what a file holds before it is opened")
  func lists() {
    var desk = Desk(Self.files)
    desk.press("8")
    let screen = desk.robot.screen
    #expect(screen.contains(">./   all of this folder: 3 files"))
    for name in ["bad.yaml", "chat.yaml", "code.yaml", "live/", "../"] {
      #expect(screen.contains(name), "\(name)")
    }
    #expect(!screen.contains("notes.txt") && !screen.contains(".hidden"))
    desk.press("<Down><Down>")
    #expect(desk.robot.screen.contains(">chat.yaml   1 route, 1 policy"))
    desk.press("<Up>")
    #expect(desk.robot.screen.contains(">bad.yaml   bad.yaml:2:1"))
  }

  @Test("filters as one types, completes with Tab, and says where nothing is")
  func filters() {
    var desk = Desk(Self.files)
    desk.press("8c")
    #expect(desk.robot.screen.contains(">chat.yaml"))
    #expect(!desk.robot.screen.contains("bad.yaml"))
    desk.press("o<Tab>")
    #expect(desk.robot.screen.contains("> code.yaml"))
    #expect(desk.robot.screen.contains(">code.yaml   1 route"))
    desk.press("x")
    #expect(desk.robot.screen.contains("no such file: code.yamlx"))
    desk.press("<C-u>notes.txt")
    #expect(desk.robot.screen.contains("notes.txt:1:1: this is not an object"))
    desk.press("<C-u>liv<Tab>")
    #expect(desk.robot.screen.contains("> live/"))
    #expect(desk.robot.screen.contains(">./   all of this folder: 2 files"))
    desk.press("none/")
    #expect(desk.robot.screen.contains("live/none/: no such file or directory"))
    desk.press("<C-u>.h")
    #expect(desk.robot.screen.contains(">.hidden.yaml"))
  }

  @Test("goes into folders and back with arrows and Enter alone, and opens")
  func arrows() {
    var desk = Desk(Self.files)
    desk.press("8<Down><Down><Down><Down>")
    #expect(desk.robot.screen.contains(">live/"))
    desk.press("<Enter><Up>")
    #expect(desk.robot.screen.contains(">../"))
    desk.press("<Enter>")
    #expect(desk.robot.screen.contains(">./   all of this folder: 3 files"))
    desk.press("<Down><Down><Down><Down><Enter><Down><Enter>")
    #expect(desk.robot.wizard.workspace.files.map(\.path) == ["live/one.yaml"])
    #expect(desk.robot.form.routeName == "chat")
  }

  @Test("opens all of a folder that was named, or that one has gone into")
  func folder() {
    for keys in ["8live<Enter>", "8live/<Enter>", "8li<Tab><Enter>"] {
      var desk = Desk(Self.files)
      desk.press(keys)
      #expect(
        desk.robot.wizard.workspace.files.map(\.path) == ["live/one.yaml", "live/two.yaml"],
        "\(keys)")
    }
  }

  @Test("a session that opened files comes back from its record")
  func recorded() throws {
    let start = Wizard.Start(
      form: Recipe.blank.form, asks: true, output: Output(path: nil),
      size: Size(rows: 24, columns: 80))
    var wizard = Wizard(start)
    var record = SessionJournal(start, program: "9")
    let events: [Event] = [
      .input(.key(.text("8"))),
      .listed(FolderContent(path: "", entries: [.init(name: "a b.yaml", isFolder: false)])),
      .input(.key(.down)),
      .read([FileContent(path: "a b.yaml", content: .bytes([]))], .glance),
      .input(.key(.enter)),
      .read(
        [FileContent(path: "a b.yaml", content: .bytes(Array(OpeningTests.chat.utf8)))], .open),
    ]
    for event in events {
      record.note(event)
      _ = wizard.handle(event)
    }
    #expect(wizard.workspace.form.routeName == "chat")
    let recovery = try Recovery(record.head(in: "/home") + record.events)
    #expect(recovery.brokenLine == nil)
    #expect(recovery.wizard.workspace.form == wizard.workspace.form)
  }
}
