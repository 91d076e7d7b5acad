import Resources
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

  static func cluster(
    incomplete: [String] = [], time: String = "14:05", release: Release? = nil
  ) -> KnownCluster {
    KnownCluster(
      name: "prod eu", namespace: "team-a", time: time,
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
      ], incomplete: incomplete,
      names: [
        "Secret": [
          ObjectKey("team-a", "openai-apikey"), ObjectKey("team-a", "gw-cert"),
          ObjectKey("team-b", "other"),
        ], "ConfigMap": [ObjectKey("team-a", "ca")],
      ], release: release)
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
    robot.wizard.workspace.routeSummary.checklist.lines.map(\.detail)
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
      .unconnected("no answer\nfrom it"), .connecting, .clusterAged,
      .connected(Self.cluster(incomplete: ["Gateway"], release: .v1_0)),
    ]
    for event in events {
      record.note(event)
      _ = wizard.handle(event)
    }
    let recovery = try Recovery(record.head(in: "/") + record.events)
    #expect(recovery.brokenLine == nil)
    #expect(
      recovery.wizard.workspace.analysis.cluster
        == Self.cluster(incomplete: ["Gateway"], release: .v1_0))
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
    #expect(robot.screen.contains("reading cluster test... Esc cancels"))
    robot.press("<Esc>")
    #expect(!robot.wizard.isAskingCluster && robot.screen.contains("offline"))
    #expect(robot.screen.contains("cancelled"))
  }

  @Test("that kubectl has no context is said, and no empty list stays")
  func noContexts() {
    var robot = Self.robot()
    robot.run("connect-cluster")
    _ = robot.wizard.handle(.contexts([]))
    #expect(!robot.screen.contains("Which cluster?"))
    #expect(robot.screen.contains("kubectl has no context"))
  }

  @Test("typing goes into the form while the cluster is read")
  func typing() {
    var robot = Self.robot()
    _ = robot.wizard.handle(.connecting)
    #expect(robot.wizard.isAskingCluster)
    robot.go("route.metadata.name")
    robot.press("<C-u>other")
    #expect(robot.text("route.metadata.name") == "other" && robot.wizard.isAskingCluster)
    #expect(robot.screen.contains("reading the cluster... Esc cancels"))
    _ = robot.wizard.handle(.connected(Self.cluster()))
    #expect(!robot.wizard.isAskingCluster && robot.screen.contains("2 objects read"))
  }

  @Test("what was read five minutes ago is read again before the cluster is asked, and then it is")
  func aged() {
    var robot = Self.robot()
    robot.press("<M-8>")
    _ = robot.wizard.handle(.connected(Self.cluster()))
    robot.run("route-status")
    #expect(robot.effects.last?.isStatus == true)
    robot.press("<Esc>")
    _ = robot.wizard.handle(.clusterAged)
    robot.run("route-status")
    #expect(robot.effects.last == .askCluster(.objects("prod eu")))
    let effects = robot.wizard.handle(.connected(Self.cluster(time: "14:11")))
    #expect(effects.last?.isStatus == true)
    #expect(robot.wizard.workspace.analysis.cluster?.time == "14:11")
    robot.press("<Esc>")
    robot.run("route-status")
    #expect(robot.effects.last?.isStatus == true)
  }

  @Test("an old cluster that is not reached is not asked, and Esc drops what was to follow")
  func agedUnreached() {
    var robot = Self.robot()
    robot.press("<M-8>")
    _ = robot.wizard.handle(.connected(Self.cluster()))
    _ = robot.wizard.handle(.clusterAged)
    robot.run("route-status")
    #expect(robot.wizard.handle(.unconnected("no answer")).isEmpty)
    #expect(robot.screen.contains("no answer") && !robot.wizard.isAskingCluster)
    robot.run("route-status")
    robot.press("<Esc>")
    #expect(!robot.wizard.isAskingCluster)
    #expect(robot.wizard.handle(.connected(Self.cluster())).isEmpty)
  }

  @Test(
    "names of Secrets are offered where a field takes one, of the namespace that it is read from")
  func secrets() throws {
    var robot = Robot(.openAI, size: Size(rows: 60, columns: 200))
    robot.go("route.metadata.namespace")
    robot.press("<C-u>team-a")
    _ = robot.wizard.handle(.connected(Self.cluster()))
    let secret = try #require(Address("provider[0].secret"))
    let names = robot.wizard.workspace.form.knownNames(
      at: secret, in: robot.wizard.workspace.analysis.cluster)
    #expect(names.map(\.name) == ["gw-cert", "openai-apikey"])
    #expect(names.allSatisfy { $0.namespace == nil })
    robot.go("provider[0].secret")
    robot.press("opena")
    #expect(robot.wizard.completion?.name == "openai-apikey")
    robot.press("<End>")
    #expect(robot.text("provider[0].secret") == "openai-apikey")
    robot.press("<M-8>")
    #expect(
      Self.details(robot).contains { $0.contains("Secret openai-apikey, in cluster prod eu") })
    robot.go("provider[0].secret")
    robot.press("<C-u>other")
    robot.press("<M-8>")
    #expect(Self.details(robot).contains { $0.contains("Secret other not in cluster prod eu") })
  }

  @Test("a Gateway is offered with its listeners and whom they admit, and its listeners by name")
  func listeners() throws {
    var robot = Self.robot()
    _ = robot.wizard.handle(.connected(Self.cluster()))
    robot.go("route.spec.parentRefs[0].name")
    robot.press("<Esc>o")
    #expect(robot.screen.contains("gw  in team-a  http HTTP 80, its own namespace"))
    robot.press("<Enter>")
    robot.go("route.spec.parentRefs[0].sectionName")
    robot.press("<Esc>o")
    #expect(robot.screen.contains("http  HTTP 80, its own namespace"))
    robot.press("<Enter>")
    #expect(robot.text("route.spec.parentRefs[0].sectionName") == "http")
  }

  @Test("names of Secrets and ConfigMaps are offered in references to certificates")
  func certificates() throws {
    var form = Recipe.blank.form
    form.set(.string("team-a"), at: try #require(Address("route.metadata.namespace")))
    _ = form.perform(.writeGateway(true))
    let listeners = Address(.gateway, Path([.key("spec"), .key("listeners")]))
    _ = form.insert(form.httpsListener(secret: ""), into: listeners, at: 1)
    let cluster = Self.cluster()
    let certificate = listeners.appending(1).appending("tls").appending("certificateRefs")
      .appending(0).appending("name")
    let names = form.knownNames(at: certificate, in: cluster)
    #expect(names.map(\.name) == ["gw-cert", "openai-apikey", "other"])
    #expect(names.last?.namespace == "team-b")
    let authority = Address(
      .part(.tls, 0),
      Path([
        .key("spec"), .key("validation"), .key("caCertificateRefs"), .index(0), .key("name"),
      ]))
    #expect(form.knownNames(at: authority, in: cluster).map(\.name) == ["ca"])
  }

  @Test("what was read of a cluster is too old after five minutes, which is said once")
  func age() {
    var age = ClusterAge()
    func isOver(at times: Int...) -> [Bool] { times.map { age.isOver(at: $0) } }
    #expect(isOver(at: 1_000_000) == [false])
    age.note(.connected(Self.cluster()), at: 1_000_000)
    #expect(isOver(at: 1_300_000, 1_300_001, 9_000_000) == [false, true, false])
    age.note(.connected(Self.cluster()), at: 9_000_000)
    age.note(.clusterAged, at: 9_200_000)
    #expect(isOver(at: 9_300_000, 9_300_001) == [false, true])
  }

  @Test("the CRDs of the cluster propose the release, which one command takes and undo gives back")
  func release() {
    var robot = Self.robot()
    let present = robot.wizard.workspace.form.release
    _ = robot.wizard.handle(.connecting)
    _ = robot.wizard.handle(.connected(Self.cluster(release: .v1_0)))
    #expect(robot.screen.contains("its CRDs are those of AI Gateway 1.0"))
    #expect(robot.wizard.workspace.form.release == present)
    robot.run("use-cluster-release")
    #expect(robot.wizard.workspace.form.release == .v1_0)
    robot.run("undo")
    #expect(robot.wizard.workspace.form.release == present)
    _ = robot.wizard.handle(.connected(Self.cluster(release: present)))
    robot.run("use-cluster-release")
    #expect(robot.wizard.workspace.form.release == present)
    #expect(robot.screen.contains("show no release other than"))
  }
}

extension Effect {
  /// Whether it asks how a route fares.
  fileprivate var isStatus: Bool {
    if case .askCluster(.status) = self { true } else { false }
  }
}
