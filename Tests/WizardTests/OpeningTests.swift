import Lint
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("opening files")
struct OpeningTests {
  static let chat = """
    # the chat route
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata:
      name: chat          # its name
      namespace: team-a
    spec:
      parentRefs:
      - name: gw
        kind: Gateway
        group: gateway.networking.k8s.io
      rules:
      - name: chat-split
        timeouts: {request: 300s}
        matches:
        - headers:
          - {type: Exact, name: x-ai-eg-model, value: gpt-4o}
        backendRefs:
        - name: openai
          weight: 100     # most of it
        - name: azure
          weight: 1

    """
  static let policy = """
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: buffer, namespace: team-a}
    spec:
      targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]
      connection: {bufferLimit: 50Mi}

    """
  static let secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n"

  static func code(_ backend: String = "x") -> String {
    chat.split(separator: "\n").map { line in
      line.hasPrefix("  name: chat") ? "  name: code" : String(line)
    }.joined(separator: "\n") + "\n"
  }

  private static func robot(
    _ files: [(String, String)], size: Size = Size(rows: 40, columns: 120), output: String? = nil
  ) throws -> Robot {
    let opened = try files.map { try OpenedFile(path: $0.0, bytes: Array($0.1.utf8)) }
    return Robot(opening: opened, size: size, output: output)
  }

  @Test("what is wrong with an opened file is shown in its step, and Esc ! goes through all of it")
  func openedWithProblems() throws {
    let mixed =
      Self.chat + "    - {name: p, group: inference.networking.k8s.io, kind: InferencePool}\n"
    var robot = try Self.robot([("chat.yaml", mixed)])
    robot.press("<Esc>8")
    let errors = robot.wizard.workspace.analysis.problems.filter { $0.severity == .error }
    let error = try #require(errors.first)
    robot.press("<Esc>\(error.step.rawValue)")
    #expect(robot.screen.contains("InferencePool cannot share a rule with"))
    var seen: Set<Int> = []
    for _ in robot.wizard.workspace.analysis.problems {
      robot.press("<Esc>!")
      if let problem = robot.wizard.navigation.problem { seen.insert(problem.number) }
    }
    #expect(seen.count == robot.wizard.workspace.analysis.problems.count)
  }

  @Test("Review names the rules that no step has shown")
  func unvisitedRules() throws {
    let rule = "  - backendRefs: [{name: y}]\n"
    let two = Self.chat.replacing("  rules:\n", with: "  rules:\n\(rule)")
    try #require(two != Self.chat)
    var robot = try Self.robot([("chat.yaml", two)])
    robot.press("<Esc>3<Esc>8")
    #expect(robot.screen.contains("Not looked at: rule 2"), "\(robot.screen)")
    robot.press("<Esc>3<Esc>.<Esc>8")
    #expect(!robot.screen.contains("Not looked at"))
  }

  private static func gateway(_ name: String) -> String {
    """
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: \(name), namespace: infra}
    spec: {gatewayClassName: a, listeners: [{name: web, protocol: HTTP, port: 80}]}

    """
  }

  @Test("beside the only Gateway of a file a new route begins on it, in its namespace")
  func onlyGateway() throws {
    var one = try Self.robot([("gw.yaml", Self.gateway("gw"))])
    #expect(
      one.screen.contains("gw.yaml holds no AIGatewayRoute; a new one, for Gateway gw, is added"))
    #expect(one.wizard.workspace.form.parentRefs.first?["name"]?.text == "gw")
    #expect(one.wizard.workspace.form.routeNamespace == "infra")
    #expect(!one.wizard.workspace.isDirty)
    var two = try Self.robot([("gw.yaml", Self.gateway("gw") + "---\n" + Self.gateway("other"))])
    #expect(two.screen.contains("gw.yaml holds no AIGatewayRoute; a new one is added to it"))
    #expect(two.wizard.workspace.form.parentRefs.first?["name"] == nil)
    #expect(two.wizard.workspace.form.routeNamespace == "default")
  }

  /// What was last asked to be written, as text by path.
  private static func written(_ robot: inout Robot) -> [String: String] {
    guard case .write(let files)? = robot.takeEffects().last else { return [:] }
    return Dictionary(
      uniqueKeysWithValues: files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self)) })
  }

  private static func save(_ robot: inout Robot) -> [String: String] {
    robot.press("<C-o>")
    robot.answerWithDisk()
    if robot.screen.contains("< Save anyway >") { robot.press("<Tab>") }
    robot.press("<Enter>")
    return written(&robot)
  }

  @Test("what is opened lands on Review, unchanged and with nothing to save")
  func review() throws {
    let text = Self.policy + "---\n" + Self.chat
    var robot = try Self.robot([("all.yaml", text)])
    #expect(robot.wizard.navigation.step == .review)
    #expect(!robot.wizard.workspace.isDirty)
    #expect(robot.screen.contains("= all.yaml"))
    #expect(robot.faults == [])
    robot.press("<C-o>")
    robot.answerWithDisk()
    #expect(robot.wizard.message?.text == "nothing to save: the files are up to date")
    #expect(Self.written(&robot).isEmpty)
    robot.press("<C-x>")
    #expect(robot.takeEffects() == [.quit(ExitRequest(status: 0, lines: [], keepsDraft: false))])
  }

  @Test("only the file of the edited object is written")
  func oneFile() throws {
    var robot = try Self.robot([
      ("policy.yaml", Self.policy), ("s.yaml", Self.secret), ("chat.yaml", Self.chat),
    ])
    robot.go("policy.spec.connection.bufferLimit")
    robot.press("<C-u>20Mi")
    #expect(robot.wizard.workspace.isDirty)
    let written = Self.save(&robot)
    #expect(written.keys.sorted() == ["policy.yaml"])
    let documents = Parser().parse(Array((written["policy.yaml"] ?? "").utf8)).documents
    #expect(documents[0].root["spec"]?["connection"]?["bufferLimit"]?.text == "20Mi")
  }

  @Test("a new object goes behind the route, or into a folder of its own")
  func newObject() throws {
    var robot = try Self.robot([("chat.yaml", Self.chat)])
    robot.go("route.spec.rules[0].backendRefs[0].name")
    _ = robot.wizard.workspace.form.perform(.writePolicy(true))
    robot.press("<Tab>")
    let written = Self.save(&robot)
    #expect(written["chat.yaml"]?.hasPrefix(Self.chat + "---\n") == true)
    #expect(written["chat.yaml"]?.contains("kind: ClientTrafficPolicy") == true)
    robot = try Self.robot([("chat.yaml", Self.chat)], output: "new/")
    _ = robot.wizard.workspace.form.perform(.writePolicy(true))
    robot.press("<Tab>")
    #expect(Self.save(&robot).keys.sorted() == ["new/00-buffer.yaml"])
  }

  @Test("save as writes the route's file elsewhere, the opened one stays")
  func saveAs() throws {
    var robot = try Self.robot([("chat.yaml", Self.chat)])
    robot.press("<Esc>W<C-u>other.yaml<Enter>")
    robot.answer(.absent)
    robot.press("<Enter>")
    #expect(Self.written(&robot) == ["other.yaml": Self.chat])
  }

  @Test("standard input is saved under the route's name")
  func standardInput() throws {
    var robot = try Self.robot([("-", Self.chat)])
    robot.press("<C-o>")
    robot.answer(.absent)
    robot.press("<Enter>")
    #expect(Self.written(&robot) == ["chat.yaml": Self.chat])
  }

  @Test("several routes are offered; switching is undone, and both edits are saved")
  func routes() throws {
    var robot = try Self.robot([("a.yaml", Self.chat), ("b.yaml", Self.code())])
    #expect(robot.screen.contains("team-a/chat") && robot.screen.contains("team-a/code"))
    #expect(robot.screen.contains("b.yaml:2"))
    robot.press("<Down><Enter>")
    #expect(robot.form.routeName == "code" && !robot.wizard.workspace.isDirty)
    #expect(robot.wizard.workspace.history.position.total == 0)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>10s")
    robot.run("choose-route")
    robot.press("<Up><Enter>")
    #expect(robot.form.routeName == "chat" && robot.wizard.navigation.step == .review)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>20s")
    #expect(robot.faults == [])
    let written = Self.save(&robot)
    #expect(written["a.yaml"]?.contains("request: 20s") == true)
    #expect(written["b.yaml"]?.contains("request: 10s") == true)
    for _ in 0..<6 { robot.press("<C-_>") }
    #expect(robot.form.routeName == "code")
    for _ in 0..<6 { robot.press("<C-_>") }
    #expect(!robot.form.differs(from: robot.wizard.workspace.initial))
  }

  @Test("what is typed at the choice of routes filters them; the title names the one that is open")
  func filteredRoutes() throws {
    var robot = try Self.robot([("a.yaml", Self.chat), ("b.yaml", Self.code())])
    robot.press("cod")
    #expect(!robot.screen.contains("team-a/chat") && robot.screen.contains("team-a/code"))
    robot.press("<Enter>")
    #expect(robot.form.routeName == "code")
    #expect(robot.screen.contains(", route code"), "\(robot.screen)")
  }

  @Test("Esc at the choice of routes keeps the first")
  func keepFirst() throws {
    var robot = try Self.robot([("a.yaml", Self.chat + "---\n" + Self.code())])
    robot.press("<Esc>")
    #expect(robot.form.routeName == "chat" && robot.wizard.panels.isEmpty)
  }

  @Test(
    "what is not YAML, or no object, is refused with its place",
    arguments: [
      ("a: [1\nb: 2\n", "f.yaml:2:2"), ("kind: A\n---\nkind: B\n\tx: 1\n", "f.yaml:4:1"),
      ("hello\n", "f.yaml:1:1: this is not an object"), ("kind: A\n---\n- a\n", "f.yaml:3:1"),
      ("a: 1\na: 2\n", "f.yaml:2:1: the key a is there twice"),
      ("# values\nreplicas: 2\n", "f.yaml:2:1: this is not an object"),
    ])
  func refused(text: String, words: String) {
    #expect {
      try OpenedFile(path: "f.yaml", bytes: Array(text.utf8))
    } throws: { "\($0)".hasPrefix(words) }
  }

  @Test(
    "UTF-16 is refused, which an edit would make a mixture",
    arguments: [[0xFF, 0xFE], [0xFE, 0xFF]])
  func wide(mark: [UInt8]) {
    #expect {
      try OpenedFile(path: "f.yaml", bytes: mark + [0x61, 0x00, 0x3A, 0x00, 0x20, 0x00])
    } throws: { "\($0)".hasPrefix("f.yaml: this is UTF-16") }
  }

  @Test("a text of several lines is not shown as kept where a line begins like a comment")
  func keptText() throws {
    let note = Self.chat.replacing(
      "metadata:\n",
      with: "# for all\nmetadata:\n  annotations:\n    note: |\n      # no comment\n      b\n")
    let robot = try Self.robot([("a.yaml", note)])
    let printedText = robot.wizard.workspace.analysis.printedText
    let kept = (0..<printedText.lineCount).filter { robot.wizard.workspace.analysis.isKept($0) }
      .map { String(decoding: printedText.line($0), as: UTF8.self) }
    #expect(kept.contains("# for all") && !kept.contains("      # no comment"))
  }

  @Test("opening from the first screen and by command; a broken file changes nothing")
  func inside() throws {
    var robot = Robot()
    robot.wizard.panels.open(.start(StartPanel(drafts: [])))
    robot.press("8a.yaml<Enter>")
    #expect(robot.effects.last == .read(["a.yaml"], .open))
    robot.answer(.bytes(Array("a: [".utf8)))
    #expect(robot.screen.contains("a.yaml:2:1: ") && robot.screen.contains("Not opened"))
    robot.press("<Enter>a.yaml<Enter>")
    let template = Self.chat.replacing("name: chat ", with: "name: \"{{ .Values.name }}\" ")
    robot.answer(.bytes(Array(template.utf8)))
    #expect(robot.screen.contains("this is a Helm template") && robot.screen.contains("Not opened"))
    robot.press("<Enter>a.yaml<Enter>")
    robot.answer(.bytes(Array(Self.chat.utf8)))
    #expect(robot.form.routeName == "chat" && robot.wizard.navigation.step == .review)
    #expect(robot.wizard.panels.isEmpty && !robot.wizard.workspace.isDirty)
    robot.go("route.metadata.name")
    robot.press("2")
    robot.run("open")
    #expect(robot.screen.contains("Open with unsaved work?"))
    robot.press("<Enter>")
    #expect(robot.form.routeName == "chat2")
    robot.run("open")
    robot.press("<Tab><Enter>b.yaml<Enter>")
    robot.answer(.bytes(Array(Self.code().utf8)))
    #expect(robot.form.routeName == "code")
    robot.press("<Esc>u")
    #expect(robot.form.routeName == "code", "undo begins with the file")
  }

  @Test("a long wait for large files is put into words, which are gone when it is over")
  func wordsForWaiting() {
    let waits: [(event: Event, words: String)] = [
      (.read([], .save), "comparing with the files on disk: they are large"),
      (.read([], .compare), "comparing with the files on disk: they are large"),
      (.read([], .open), "reading the files again: they are large"),
      (.input(.key(.enter)), "computing the resulting files: they are large"),
    ]
    for columns in [80, 200] {
      var robot = Robot(.failoverPair, size: Size(rows: 24, columns: columns))
      robot.press("<Esc>")
      for wait in waits {
        let frame = robot.wizard.frame(waitingFor: wait.event)
        #expect(frame.text.contains(wait.words), "\(wait.event)")
      }
      #expect(!robot.screen.contains("they are large"))
    }
  }

  @Test("files are large beyond 4 MiB together")
  func largeFiles() throws {
    let route = Array(Self.chat.utf8)
    let padding = [UInt8](repeating: UInt8(ascii: "#"), count: (4 << 20) - route.count)
    let one = try OpenedFile(path: "a.yaml", bytes: route + padding)
    let more = try OpenedFile(path: "b.yaml", bytes: Array(Self.secret.utf8))
    let form = Recipe.blank.form
    #expect(!Workspace(form, files: [one], output: Output(path: nil)).isLarge)
    #expect(Workspace(form, files: [one, more], output: Output(path: nil)).isLarge)
  }

  @Test("a misspelt field is named at its line, and fixed or edited as text there")
  func misspelt() throws {
    let text = Self.chat.split(separator: "\n").map {
      $0 == "  parentRefs:" ? "  parentRef:" : String($0)
    }.joined(separator: "\n")
    var robot = try Self.robot([("a.yaml", text)])
    let problem = try #require(
      robot.wizard.workspace.analysis.problems.first { "\($0.address)" == "route.spec.parentRef" })
    #expect(problem.message.contains("did you mean parentRefs"))
    robot.press("<Esc>!")
    while robot.wizard.navigation.focus != .field(problem.address),
      !robot.yamlLine.contains("parentRef:")
    {
      robot.send(.key(.alt("!")))
    }
    #expect(robot.yamlLine == "  parentRef:")
    robot.effects = []
    robot.send(.key(.alt("v")))
    guard case .editText(let given)? = robot.effects.last else {
      Issue.record("nothing to edit")
      return
    }
    #expect(given.contains("kind: AIGatewayRoute") && given.contains("parentRef:"))
    _ = robot.wizard.handle(.edited("kind: [\n"))
    #expect(robot.screen.contains("continues with your text): line 2"))
    robot.send(.key(.alt("v")))
    #expect(robot.effects.last == .editText("kind: [\n"), "the refused text is taken up again")
    _ = robot.wizard.handle(.edited(given + "\n"))
    #expect(!robot.wizard.workspace.isDirty)
    robot.send(.key(.alt("f")))
    #expect(robot.form.route["spec"]?["parentRef"] == nil)
    #expect(robot.text("route.spec.parentRefs[0].name") == "gw")
  }

  @Test("text of several lines is not typed into, but edited whole")
  func multiline() throws {
    let text = Self.chat.split(separator: "\n").map {
      $0 == "  namespace: team-a"
        ? "  namespace: team-a\n  annotations:\n    note: |\n      a\n      b" : String($0)
    }.joined(separator: "\n")
    var robot = try Self.robot([("a.yaml", text)])
    robot.go("route.metadata.annotations.note")
    robot.press("z")
    #expect(!robot.wizard.workspace.isDirty)
    robot.send(.key(.alt("v")))
    #expect(robot.effects.last == .editText("a\nb\n"))
    _ = robot.wizard.handle(.edited("a\nb\nc\n\n"))
    #expect(robot.form.route["metadata"]?["annotations"]?["note"]?.text == "a\nb\nc\n")
  }

  @Test("findings in other documents are told with file and line, after those of the route")
  func elsewhere() throws {
    let other = Self.code().split(separator: "\n").map {
      $0.hasPrefix("  - name: chat-split") ? "  - name: Bad_Name" : String($0)
    }.joined(separator: "\n")
    var robot = try Self.robot([("a.yaml", Self.chat), ("b.yaml", other)])
    robot.press("<Esc>")
    #expect(
      robot.wizard.workspace.analysis.problems.allSatisfy { !$0.message.contains("Bad_Name") })
    robot.press("<Esc>p<End>")
    #expect(
      robot.wizard.workspace.analysis.elsewhere.contains { $0.finding.message.contains("Bad_Name") }
    )
    #expect(robot.screen.contains("b.yaml:13:"))
    robot.press("<Enter>")
    #expect(robot.wizard.panels.isEmpty)
    robot.press("<C-o>")
    robot.answerWithDisk()
    #expect(!robot.screen.contains("Save with errors?"), "what is not shown does not block")
  }

  @Test("what changed is told in words, then by line, against the disk")
  func diff() throws {
    var robot = try Self.robot([("a.yaml", Self.policy + "---\n" + Self.chat)])
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    robot.press("<C-u>70<Esc>d")
    robot.answerWithDisk()
    #expect(robot.screen.contains("rule chat-split: weight of openai 100 -> 70"))
    #expect(robot.screen.contains("M a.yaml"))
    #expect(robot.screen.contains("weight: 70"))
  }

  @Test("a file that someone changed is shown from both sides, and theirs can be taken")
  func theirs() throws {
    var robot = try Self.robot([("a.yaml", Self.chat)])
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    robot.press("<C-u>70<C-o>")
    robot.answer(.bytes(Array(Self.code().utf8)))
    #expect(robot.screen.contains("was changed by someone else"))
    #expect(robot.screen.contains("In words, against what a.yaml holds now"), "\(robot.screen)")
    robot.choose("Take theirs")
    #expect(robot.effects.last == .read(["a.yaml"], .open))
    robot.answer(.bytes(Array(Self.code().utf8)))
    #expect(robot.form.routeName == "code" && !robot.wizard.workspace.isDirty)
  }
}

extension Robot {
  init(opening files: [OpenedFile], size: Size, output: String? = nil) {
    self.init(size: size, output: output)
    var start = Wizard.Start(
      form: Recipe.blank.form, asks: false, output: Output(path: output), size: size)
    start.opened = files
    wizard = Wizard(start)
  }

  /// Answers the last reading with what the files were known to hold.
  mutating func answerWithDisk() {
    guard case .read(let paths, let purpose)? = effects.last else { return }
    effects.removeLast()
    let disk = wizard.workspace.disk
    effects += wizard.handle(
      .read(paths.map { FileContent(path: $0, content: disk[$0] ?? .absent) }, purpose))
  }
}
