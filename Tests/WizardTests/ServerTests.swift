import Lint
import Resources
import RouteForm
import Screen
import Testing
import YAML

@testable import Wizard

@Suite("the server of a known cluster")
struct ServerTests {
  static let backend = "route.spec.rules[0].backendRefs[0].name"

  /// A route that is saved and shown on Review, with a cluster.
  static func robot(isProtected: Bool = false) -> Robot {
    var robot = Robot(.blank, size: Size(rows: 60, columns: 200), output: "chat.yaml")
    robot.press("<M-2>")
    for (path, text) in [
      ("route.metadata.name", "chat"), ("route.metadata.namespace", "<C-u>team-a"),
      ("route.spec.parentRefs[0].name", "gw"),
      ("route.spec.rules[0].matches[0].headers[0].value", "gpt-4o"), (backend, "openai"),
    ] {
      robot.go(path)
      robot.press(text)
    }
    robot.press("<M-8>")
    let known = ClusterTests.cluster()
    _ = robot.wizard.handle(
      .connected(
        KnownCluster(
          name: known.name, namespace: known.namespace, time: known.time, objects: known.objects,
          incomplete: [], isProtected: isProtected)))
    return robot
  }

  static func saved(isProtected: Bool = false) -> Robot {
    var robot = robot(isProtected: isProtected)
    robot.run("save")
    robot.answer(.absent)
    robot.choose(robot.wizard.workspace.analysis.errors > 0 ? "Save anyway" : "Write")
    robot.succeed()
    robot.effects = []
    return robot
  }

  static func answer(_ findings: [Finding] = [], notes: [String] = []) -> ServerAnswer {
    ServerAnswer(cluster: "prod eu", time: "14:06", findings: findings, notes: notes)
  }

  static func finding(_ document: Int, _ path: String, _ message: String) -> Finding {
    Finding(
      document: document, path: Path(path) ?? .root, severity: .error, source: .server,
      rule: Rule.serverRefusal.id, message: message)
  }

  private static func said(_ robot: Robot) -> [FormProblem] {
    robot.wizard.workspace.analysis.problems.filter { $0.finding?.source == .server }
  }

  @Test("what the server says stands at its field until the form changes there")
  func words() throws {
    var robot = Self.robot()
    robot.run("ask-server")
    guard case .askCluster(.dryRun(let asked))? = robot.effects.last else {
      Issue.record("nothing was asked")
      return
    }
    #expect(robot.wizard.isAskingCluster)
    #expect(asked.cluster == "prod eu" && asked.background == ClusterTests.cluster().objects)
    let place = try #require(
      asked.documents.firstIndex { $0["kind"]?.text == "AIGatewayRoute" })
    #expect(asked.documents[place]["metadata"]?["namespace"]?.text == "team-a")
    _ = robot.wizard.handle(
      .validated(
        Self.answer(
          [
            Self.finding(place, "spec.rules[0].backendRefs[0].name", "not that one"),
            Self.finding(place, "", "exceeded quota"),
          ], notes: ["1 Secret(s) not sent to the server"])))
    #expect(!robot.wizard.isAskingCluster)
    #expect(Set(Self.said(robot).map(\.message)) == ["not that one", "exceeded quota"])
    #expect(Self.said(robot).contains { $0.address == robot.address(Self.backend) })
    let screen = robot.screen
    #expect(screen.contains("server: not that one"), "\(screen)")
    #expect(screen.contains("The server of prod eu, 14:06: objects: 2 errors"), "\(screen)")
    #expect(screen.contains("1 Secret(s) not sent to the server"), "\(screen)")
    robot.go("route.metadata.name")
    robot.press("s")
    #expect(Self.said(robot).map(\.message) == ["not that one"])
    robot.go(Self.backend)
    robot.press("<C-u>anthropic")
    #expect(Self.said(robot).isEmpty)
    robot.press("<M-8>")
    #expect(robot.screen.contains("changed since"))
  }

  @Test("what the server says holds for what it was asked about, not for what was typed meanwhile")
  func typedMeanwhile() throws {
    var robot = Self.robot()
    robot.run("ask-server")
    guard case .askCluster(.dryRun(let asked))? = robot.effects.last else {
      Issue.record("nothing was asked")
      return
    }
    let place = try #require(asked.documents.firstIndex { $0["kind"]?.text == "AIGatewayRoute" })
    robot.go(Self.backend)
    robot.press("<C-u>anthropic")
    _ = robot.wizard.handle(
      .validated(
        Self.answer([
          Self.finding(place, "spec.rules[0].backendRefs[0].name", "not that one"),
          Self.finding(place, "spec.parentRefs", "nor these"),
        ])))
    #expect(Self.said(robot).map(\.message) == ["nor these"])
    robot.press("<M-8>")
    #expect(robot.screen.contains("changed since"))
  }

  @Test("after an apply the cluster is read again once the conditions are known, without a word")
  func readAgain() {
    var robot = Self.saved()
    robot.run("apply")
    robot.choose("Apply")
    _ = robot.wizard.handle(
      .applied(
        ApplyReport(cluster: "prod eu", applied: ["AIGatewayRoute team-a/chat"], failures: [])))
    let effects = robot.wizard.handle(
      .routeStatus(
        StatusReport(
          lines: [.init("team-a/chat is ready")], isWell: true, time: "14:09", timeout: 20_000)))
    #expect(effects == [.askCluster(.objectsAgain("prod eu"))])
    robot.press("<Esc>")
    robot.go("route.metadata.name")
    let before = robot.wizard.message
    #expect(robot.wizard.handle(.connected(ClusterTests.cluster(time: "14:10"))).isEmpty)
    #expect(robot.wizard.message == before)
    #expect(robot.screen.contains("cluster: prod eu, 14:10"))
  }

  @Test("without a cluster the server is asked for first, and Review has no buttons for it")
  func offline() {
    var robot = Robot(.blank, size: Size(rows: 60, columns: 200))
    robot.press("<M-8>")
    #expect(!robot.screen.contains("Ask the server"))
    robot.run("ask-server")
    #expect(robot.effects.last == .askCluster(.contexts))
  }

  @Test("Esc gives up on the server; another cluster has said nothing yet")
  func givingUp() {
    var robot = Self.robot()
    robot.run("ask-server")
    robot.press("<Esc>")
    #expect(!robot.wizard.isAskingCluster)
    _ = robot.wizard.handle(.validated(Self.answer([Self.finding(0, "", "no")])))
    #expect(!Self.said(robot).isEmpty)
    _ = robot.wizard.handle(
      .connected(
        KnownCluster(name: "test", namespace: "default", time: "14:07", objects: [], incomplete: [])
      ))
    #expect(Self.said(robot).isEmpty)
  }

  // MARK: Applying

  private static func isApplied(_ robot: Robot) -> Bool {
    robot.effects.contains { if case .askCluster(.apply) = $0 { true } else { false } }
  }

  @Test("apply names context, namespaces and objects, and Enter cancels")
  func dialog() {
    var robot = Self.saved()
    robot.run("apply")
    let screen = robot.screen
    for words in [
      "Apply", "Context:    prod eu", "Namespaces: team-a", "AIGatewayRoute team-a/chat",
    ] { #expect(screen.contains(words), "\(screen)") }
    robot.press("<Enter>")
    #expect(!Self.isApplied(robot) && robot.wizard.panels.isEmpty)
  }

  @Test("what is not saved is not applied, and from elsewhere one is led to Review first")
  func unsaved() {
    var robot = Self.robot()
    robot.run("apply")
    #expect(robot.wizard.panels.isEmpty && robot.screen.contains("only what is saved is applied"))
    robot = Self.saved()
    robot.press("<M-2>")
    robot.run("apply")
    #expect(robot.wizard.panels.isEmpty && robot.wizard.navigation.step == .review)
    #expect(robot.effects.isEmpty)
  }

  @Test("what was applied is told, and the conditions are watched until all is well")
  func applying() {
    var robot = Self.saved()
    robot.run("apply")
    robot.choose("Apply")
    guard case .askCluster(.apply(let objects, cluster: "prod eu"))? = robot.effects.last else {
      Issue.record("nothing was applied")
      return
    }
    #expect(objects.allSatisfy { $0["metadata"]?["namespace"]?.text == "team-a" })
    var effects = robot.wizard.handle(
      .applied(
        ApplyReport(cluster: "prod eu", applied: ["AIGatewayRoute team-a/chat"], failures: [])))
    var route = WatchedRoute(
      cluster: "prod eu", namespace: "team-a", name: "chat", timeout: 30_000)
    #expect(effects == [.askCluster(.status(route))])
    #expect(robot.screen.contains("applied AIGatewayRoute team-a/chat"))
    effects = robot.wizard.handle(
      .routeStatus(
        StatusReport(
          lines: [.init("BAD  HTTPRoute team-a/chat: not yet", .broken)], isWell: false,
          time: "14:08",
          timeout: 27_000)))
    route.timeout = 27_000
    route.isAgain = true
    #expect(effects == [.askCluster(.status(route))] && robot.wizard.isAskingCluster)
    effects = robot.wizard.handle(
      .routeStatus(
        StatusReport(
          lines: [.init("team-a/chat is ready")], isWell: true, time: "14:09", timeout: 20_000)))
    #expect(!robot.wizard.isAskingCluster)
    #expect(robot.screen.contains("team-a/chat is ready"))
  }

  @Test("the conditions are watched no longer than there is patience")
  func patience() {
    var robot = Self.saved()
    robot.run("route-status")
    #expect(robot.wizard.isAskingCluster)
    let effects = robot.wizard.handle(
      .routeStatus(
        StatusReport(lines: [.init("BAD  no", .broken)], isWell: false, time: "14:08", timeout: 0))
    )
    #expect(effects.isEmpty && !robot.wizard.isAskingCluster)
    #expect(robot.screen.contains("team-a/chat in prod eu, 14:08, Esc closes"))
  }

  @Test("a protected context wants its name typed, and nothing else will do")
  func protected() {
    var robot = Self.saved(isProtected: true)
    robot.run("apply")
    robot.choose("Apply...")
    #expect(!Self.isApplied(robot) && robot.screen.contains("type its name"))
    robot.press("prod<Enter>")
    #expect(!Self.isApplied(robot) && robot.screen.contains("not applied: prod is not prod eu"))
    robot.run("apply")
    robot.choose("Apply...")
    robot.press("prod eu<Enter>")
    #expect(Self.isApplied(robot))
  }

  @Test("what the server did not take is told in its words, and nothing is watched")
  func failures() {
    var robot = Self.saved()
    robot.run("apply")
    robot.choose("Apply")
    let effects = robot.wizard.handle(
      .applied(
        ApplyReport(
          cluster: "prod eu", applied: ["Gateway team-a/gw"],
          failures: ["AIGatewayRoute team-a/chat: no quota"])))
    #expect(effects.isEmpty)
    let screen = robot.screen
    #expect(
      screen.contains("Not all was applied") && screen.contains("chat: no quota"), "\(screen)")
  }

  @Test("giving up on applying says that what was applied stays")
  func givingUpApplying() {
    var robot = Self.saved()
    robot.run("apply")
    robot.choose("Apply")
    robot.press("<Esc>")
    #expect(!robot.wizard.isAskingCluster)
    #expect(robot.screen.contains("what was applied so far stays"))
  }

  @Test("a replay applies nothing again, and what goes on from it is connected to nothing")
  func replay() throws {
    let start = Wizard.Start(
      form: Recipe.blank.form, asks: false, output: Output(path: nil),
      size: Size(rows: 40, columns: 120))
    var wizard = Wizard(start)
    var record = SessionJournal(start, program: "test")
    let cluster = KnownCluster(
      name: "prod", namespace: "a", time: "14:05", objects: [], incomplete: [], isProtected: true)
    let events: [Event] = [
      .connected(cluster),
      .validated(Self.answer([Self.finding(0, "spec.rules", "a\nb")], notes: ["c d"])),
      .applied(ApplyReport(cluster: "prod", applied: ["Gateway a/b"], failures: ["no\nway"])),
      .routeStatus(
        StatusReport(
          lines: [.init("x", .unknown), .init("y")], isWell: false, time: "14:08", timeout: 9)),
    ]
    for event in events {
      record.note(event)
      _ = wizard.handle(event)
    }
    let recovery = try Recovery(record.head(in: "/") + record.events)
    #expect(recovery.brokenLine == nil)
    let analysis = recovery.wizard.workspace.analysis
    #expect(analysis.cluster == cluster)
    #expect(analysis.server?.answer == wizard.workspace.analysis.server?.answer)
    #expect(recovery.wizard.panels.count == wizard.panels.count)
    var resumed = recovery.wizard
    _ = resumed.handle(.recovered(Size(rows: 40, columns: 120), hasMouse: true))
    #expect(resumed.workspace.analysis.cluster == nil && !resumed.isAskingCluster)
  }
}
