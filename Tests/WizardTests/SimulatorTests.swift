import Foundation
import RouteForm
import Screen
import Simulation
import Testing

@testable import Wizard

@Suite("the Simulate panel")
struct SimulatorTests {
  /// A route with a name and a Gateway.
  static func robot(
    _ recipe: Recipe = .failoverPair, size: Size = Size(rows: 40, columns: 120)
  ) -> Robot {
    var robot = Robot(recipe, size: size)
    robot.go("route.metadata.name")
    robot.press("<C-u>llm")
    robot.go("route.spec.parentRefs[0].name")
    robot.press("<C-u>gw")
    return robot
  }

  @Test("t opens it over the form and asks for what the selected rule takes")
  func opens() {
    var robot = Self.robot()
    robot.press("<Esc>t")
    #expect(robot.screen.contains("Simulate: what becomes of a request"))
    #expect(robot.screen.contains("200: rule 1 ("))
    #expect(robot.faults == [])
  }

  @Test("what is typed first takes the place of the model that stands there")
  func typedModel() {
    var robot = Self.robot()
    robot.press("<Esc>tno-such")
    #expect(robot.screen.contains("404: no rule takes model no-such"), "\(robot.screen)")
  }

  @Test("the header of the model is asked for as the model in any case of letters")
  func modelHeader() {
    var robot = Self.robot(.singleModel)
    robot.go("route.spec.rules[0].matches[0].headers[0].name")
    robot.press("<C-u>X-AI-EG-Model<Esc>t")
    #expect(robot.screen.contains("Model     [gpt-4o"), "\(robot.screen)")
    #expect(!robot.screen.contains("X-AI-EG-Model: "), "\(robot.screen)")
  }

  @Test("every key typed asks anew, and the answer says who takes it or why nobody does")
  func live() {
    var robot = Self.robot()
    robot.press("<Esc>t<C-u>no-such")
    #expect(robot.screen.contains("404: no rule takes model no-such"))
    #expect(robot.screen.contains("not \"gpt-4o"))
    robot.press("<C-u>")
    robot.send(.paste("gpt-4o-mini"))
    #expect(robot.screen.contains("model \"gpt-4o-mini\""))
  }

  @Test("Esc closes it, and the request is there the next time")
  func keeps() {
    var robot = Self.robot()
    let before = robot.form
    robot.press("<Esc>t<C-u>mine<Tab>x-team: a<Esc>")
    #expect(!robot.screen.contains("Simulate: what"))
    #expect(robot.form == before)
    robot.press("<Esc>t")
    #expect(robot.screen.contains("mine") && robot.screen.contains("x-team: a"))
  }

  @Test("another header line appears behind a full one, and an empty one goes")
  func headers() {
    var robot = Self.robot()
    robot.press("<Esc>t")
    let first = robot.wizard.panels.simulatorForm.lines.count
    robot.press("<Tab>a: 1<Tab>b=2<Tab>")
    #expect(robot.wizard.panels.simulatorForm.lines.count == first + 2)
    #expect(
      robot.wizard.panels.simulatorForm.request.headers.map { [$0.name, $0.value] }
        == [["a", "1"], ["b", "2"]])
    robot.press("<S-Tab><S-Tab><C-u><Tab><Tab>")
    #expect(robot.wizard.panels.simulatorForm.lines.count == first + 1)
    #expect(robot.wizard.panels.simulatorForm.request.headers.map(\.name) == ["b"])
  }

  @Test("what cannot be read of the request is named, and the rest is asked")
  func faults() {
    var robot = Self.robot()
    robot.press("<Esc>t<Tab>nonsense")
    #expect(robot.screen.contains("nonsense is not a header yet: use NAME: VALUE"))
    #expect(robot.screen.contains("200: rule 1"))
  }

  @Test("what the backend is sent stands below it, or that it gets nothing")
  func upstream() throws {
    let services = """
      ---
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIServiceBackend
      metadata: {name: openai, namespace: team-a}
      spec:
        schema: {name: OpenAI, prefix: /openai/v1}
        backendRef: {group: gateway.envoyproxy.io, kind: Backend, name: groq}
      ---
      apiVersion: gateway.envoyproxy.io/v1alpha1
      kind: Backend
      metadata: {name: groq, namespace: team-a}
      spec: {endpoints: [{fqdn: {hostname: api.groq.com, port: 443}}]}

      """
    let file = try OpenedFile(path: "a.yaml", bytes: Array((OpeningTests.chat + services).utf8))
    var robot = Robot(opening: [file], size: Size(rows: 40, columns: 120))
    robot.press("<Esc>t")
    #expect(robot.screen.contains("upstream: api.groq.com:443, path /openai/v1/chat/completions"))
    robot.press("<Tab><Tab><Tab>/cohere/v2/rerank")
    #expect(robot.screen.contains("gets nothing: AI Gateway answers 500"))
    #expect(robot.screen.contains("schema OpenAI of AIServiceBackend openai does not serve"))
  }

  @Test("a backend that is down shows where its requests go")
  func down() {
    var robot = Self.robot()
    robot.press("<Esc>t<Tab><Tab><Tab><Tab><Tab><Tab>\(robot.names[0])")
    #expect(robot.screen.contains("\(robot.names[0]) down: 100% of the requests fail"))
    #expect(robot.screen.contains("\(robot.names[0]) (down)"))
    robot.press(",\(robot.names[1])")
    #expect(robot.screen.contains("503: "))
  }

  @Test("Tab, arrows and Enter reach every part of it; Close closes it")
  func buttons() {
    var robot = Self.robot()
    robot.press("<Esc>t")
    for _ in robot.wizard.panels.simulatorForm.lines { robot.press("<Enter>") }
    #expect(robot.wizard.panels.simulatorForm.button == .save)
    robot.press("<Tab>")
    #expect(robot.wizard.panels.simulatorForm.button == .close)
    #expect(robot.faults == [])
    robot.press("<Enter>")
    #expect(robot.wizard.panels.isEmpty)
  }

  @Test(
    "the answer scrolls no further than it is long", arguments: [(24, 80), (16, 60), (60, 200)])
  func scrolling(_ rows: Int, _ columns: Int) {
    var robot = Self.robot(size: Size(rows: rows, columns: columns))
    robot.press("<Esc>t")
    let top = robot.screen
    for _ in 0..<30 {
      robot.press("<PgDn>")
      #expect(robot.faults == [])
      #expect(robot.screen.contains("Simulate"))
    }
    for _ in 0..<30 { robot.press("<PgUp>") }
    #expect(robot.screen == top)
  }

  @Test("it answers for the form as it is now, and works nothing out while it is closed")
  func current() {
    var robot = Self.robot()
    robot.press("<Esc>t<Esc>")
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>77s")
    #expect(robot.wizard.workspace.analysis.simulations.isIdle)
    robot.press("<Esc>t")
    #expect(robot.screen.contains("77s"))
    #expect(!robot.wizard.workspace.analysis.simulations.isIdle)
  }
}
