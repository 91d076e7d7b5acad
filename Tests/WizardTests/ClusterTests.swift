import RouteForm
import Schemas
import Screen
import Testing
import YAML

@testable import Wizard

@Suite("a known cluster")
struct ClusterTests {
  private static func object(
    _ apiVersion: String, _ kind: String, _ namespace: String, _ name: String, _ spec: Node
  ) -> Node {
    .map([
      "apiVersion": .string(apiVersion), "kind": .string(kind),
      "metadata": .map(["name": .string(name), "namespace": .string(namespace)]), "spec": spec,
    ])
  }

  static func cluster(incomplete: [String] = []) -> KnownCluster {
    KnownCluster(
      name: "prod eu", namespace: "team-a", time: "14:05",
      objects: [
        object(
          "gateway.networking.k8s.io/v1", "Gateway", "team-a", "gw",
          .map([
            "gatewayClassName": .string("eg"),
            "listeners": .sequence([
              .map([
                "name": .string("http"), "port": .integer(80), "protocol": .string("HTTP"),
              ])
            ]),
          ])),
        object(
          "aigateway.envoyproxy.io/v1beta1", "AIServiceBackend", "team-a", "openai",
          .map([
            "schema": .map(["name": .string("OpenAI")]),
            "backendRef": .map([
              "group": .string("gateway.envoyproxy.io"), "kind": .string("Backend"),
              "name": .string("openai"),
            ]),
          ])),
      ], incomplete: incomplete)
  }

  private static func robot() -> Robot {
    var robot = Robot(.blank, size: Size(rows: 60, columns: 200))
    robot.press("<M-2>")
    robot.go("route.metadata.name")
    robot.press("chat")
    robot.go("route.metadata.namespace")
    robot.press("<C-u>team-a")
    robot.go("route.spec.parentRefs[0].name")
    robot.press("gw")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("opneai")
    return robot
  }

  private static func details(_ robot: Robot) -> [String] {
    robot.wizard.workspace.reading.checklist.lines.map(\.detail)
  }

  @Test("what exists is known: the checklist says in which cluster, or that it is not there")
  func checklist() {
    var robot = Self.robot()
    robot.press("<M-8>")
    #expect(Self.details(robot).contains("team-a/gw; whether they exist cannot be known offline"))
    _ = robot.wizard.handle(.connected(Self.cluster()))
    let screen = robot.screen
    #expect(screen.contains("cluster: prod eu, 14:05"), "\(screen)")
    #expect(screen.contains("team-a/gw, in cluster prod eu"), "\(screen)")
    #expect(screen.contains("opneai not in cluster prod eu"), "\(screen)")
    #expect(robot.wizard.workspace.analysis.problems.contains { $0.message.contains("openai is") })
  }

  @Test("kinds that may not be listed stay unknown")
  func incomplete() {
    var robot = Self.robot()
    robot.press("<M-8>")
    _ = robot.wizard.handle(.connected(Self.cluster(incomplete: ["AIServiceBackend"])))
    #expect(Self.details(robot).contains("opneai; whether they exist cannot be known offline"))
  }

  @Test("a chosen name brings its namespace along, and one of the route's own takes it away")
  func names() {
    var robot = Self.robot()
    _ = robot.wizard.handle(.connected(Self.cluster()))
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("<Esc>o")
    #expect(robot.screen.contains("openai  in team-a"))
    robot.press("<Enter>")
    #expect(robot.text("route.spec.rules[0].backendRefs[0].name") == "openai")
    #expect(robot.text("route.spec.rules[0].backendRefs[0].namespace") == "")
    robot.go("route.metadata.namespace")
    robot.press("<C-u>team-b")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("<Esc>o<Enter>")
    #expect(robot.text("route.spec.rules[0].backendRefs[0].namespace") == "team-a")
  }

  @Test(
    "the best known name stands behind the caret, and Right or End takes it",
    arguments: ["<Right>", "<End>"])
  func completion(key: String) {
    var robot = Self.robot()
    _ = robot.wizard.handle(.connected(Self.cluster()))
    robot.go("route.metadata.namespace")
    robot.press("<C-u>team-b")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("<C-u>ope")
    #expect(robot.wizard.completion?.name == "openai")
    #expect(robot.text("route.spec.rules[0].backendRefs[0].name") == "ope")
    robot.press("<Left>")
    #expect(robot.wizard.completion == nil)
    robot.press("<Right>\(key)")
    #expect(robot.text("route.spec.rules[0].backendRefs[0].name") == "openai")
    #expect(robot.text("route.spec.rules[0].backendRefs[0].namespace") == "team-a")
    #expect(robot.wizard.completion == nil)
  }

  @Test("a session with a cluster replays as it was")
  func replay() throws {
    let start = Wizard.Start(
      form: Recipe.blank.form, asks: false, output: Output(path: nil),
      size: Size(rows: 40, columns: 120))
    var wizard = Wizard(start)
    var record = SessionJournal(start, program: "test")
    let events: [Event] = [
      .input(.key(.control("v"))), .contexts(["a b", "c\\d"]), .connected(Self.cluster()),
      .unconnected("no answer\nfrom it"), .connected(Self.cluster(incomplete: ["Gateway"])),
    ]
    for event in events {
      record.note(event)
      _ = wizard.handle(event)
    }
    let recovery = try Recovery(record.head(in: "/") + record.events)
    #expect(recovery.brokenLine == nil)
    #expect(
      recovery.wizard.workspace.analysis.cluster == Self.cluster(incomplete: ["Gateway"]))
  }

  @Test("Esc gives up on a cluster that does not answer, and nobody waits for it then")
  func givingUp() {
    var robot = Self.robot()
    robot.run("connect-cluster")
    #expect(robot.effects.contains(.askCluster(.contexts)) && robot.wizard.isAskingCluster)
    _ = robot.wizard.handle(.contexts(["prod", "test"]))
    #expect(!robot.wizard.isAskingCluster)
    robot.press("te<Enter>")
    #expect(robot.effects.contains(.askCluster(.objects("test"))) && robot.wizard.isAskingCluster)
    robot.press("<Esc>")
    #expect(!robot.wizard.isAskingCluster && robot.screen.contains("offline"))
  }

  @Test("that kubectl has no context is said, and no empty list stays")
  func noContexts() {
    var robot = Self.robot()
    robot.run("connect-cluster")
    _ = robot.wizard.handle(.contexts([]))
    #expect(!robot.screen.contains("Which cluster?"))
    #expect(robot.screen.contains("kubectl has no context"))
  }
}
