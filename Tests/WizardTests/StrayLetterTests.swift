import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

/// A letter typed in the wrong place does nothing: it edits only text, and commands only after Esc.
@Suite("stray letters")
struct StrayLetterTests {
  private static let letters = (0x21..<0x7f).map { String(UnicodeScalar(UInt8($0))) }

  /// What no letter may change.
  private struct State: Equatable {
    let form: FormState
    let preview: Preview
    let hasMouse: Bool
    let output: Output
    let yaml: String
    let step: Step
    let panels: Int
    let isStripOpen: Bool
    let effects: [Effect]

    init(_ robot: Robot) {
      form = robot.form
      preview = robot.wizard.navigation.preview
      hasMouse = robot.wizard.hasMouse
      output = robot.wizard.workspace.output
      yaml = robot.yaml
      step = robot.wizard.navigation.step
      panels = robot.wizard.panels.count
      isStripOpen = robot.wizard.isStripOpen
      effects = robot.effects
    }
  }

  private static func expectNothing(_ robot: inout Robot, _ place: String, but: String = "") {
    robot.effects = []
    let before = State(robot)
    for letter in letters where !but.contains(letter) {
      robot.press(letter == "<" ? "<lt>" : letter)
      #expect(State(robot) == before, "\(letter) on \(place)")
    }
  }

  /// Tries the letters on every focus of a step or a card that is no text.
  private static func expectNothingAround(_ robot: inout Robot, _ place: String) {
    let first = robot.wizard.navigation.focus
    repeat {
      if !robot.wizard.isTyping {
        // Review is searched, as the YAML is.
        let search = robot.wizard.isReviewFocused ? "/nr" : ""
        expectNothing(&robot, "\(place) \(robot.wizard.navigation.focus)", but: search)
      }
      robot.press("<Tab>")
    } while robot.wizard.navigation.focus != first
  }

  @Test("do nothing on any focus that is no text, in every step", arguments: Recipe.allCases)
  func steps(_ recipe: Recipe) {
    var robot = Robot(recipe)
    robot.go("route.spec.rules[0].backendRefs[0].namespace")
    robot.press("far")
    for step in 1...8 {
      robot.press("<Esc>\(step)")
      Self.expectNothingAround(&robot, "\(recipe)")
    }
  }

  @Test("do nothing in a card but in its texts")
  func cards() {
    for path in [
      "route.spec.llmRequestCosts", "route.metadata.labels",
      "policy.spec.connection.connectionLimit",
      "route.spec.rules[0].backendRefs[0].headerMutation",
    ] {
      var robot = Robot(.singleModel)
      robot.go(path)
      #expect(!robot.wizard.navigation.cards.isEmpty, "\(path)")
      Self.expectNothingAround(&robot, "\(path)")
    }
  }

  @Test("do nothing in panels that take no text, and none but / n r on the YAML")
  func panels() {
    for letter in ["p", "e", "d", "c", "q"] {
      var robot = Robot(.singleModel)
      robot.press("<Esc>2abc<Esc>\(letter)")
      #expect(robot.wizard.panels.count == 1)
      Self.expectNothing(&robot, "the panel of \(letter)", but: "/nr")
    }
    var robot = Robot(.singleModel)
    robot.press("<Esc>y")
    Self.expectNothing(&robot, "the YAML", but: "/nr")
  }

  /// A route with a field that no field of the form holds.
  private static func misspelt() throws -> Robot {
    let text = """
      apiVersion: aigateway.envoyproxy.io/v1beta1
      kind: AIGatewayRoute
      metadata: {name: r, namespace: ai}
      spec:
        parentRefs: [{name: gw}]
        rules:
        - backendRefs:
          - name: a
            wieght: 3
            wait: 4

      """
    return Robot(
      opening: [try OpenedFile(path: "route.yaml", bytes: Array(text.utf8))],
      size: Size(rows: 24, columns: 80))
  }

  @Test("Esc ! and Esc f fix a value that no field holds, and type nothing into the form")
  func fixOfLine() throws {
    var robot = try Self.misspelt()
    robot.press("<Esc>4<Esc>!")
    #expect(robot.yamlLine.contains("wieght"))
    #expect(robot.screen.contains("Esc Esc goes back"), "\(robot.screen)")
    robot.press("<Esc>f")
    #expect(robot.yaml.contains("weight: 3") && robot.yaml.contains("name: a\n"))
    robot.press("<Esc>")
    #expect(robot.wizard.isStripOpen)
  }

  @Test("Esc twice goes back from a line that Esc ! went to, Esc y leaves it at once")
  func backFromLine() throws {
    var robot = try Self.misspelt()
    for way in ["<Esc><Esc>", "<Esc>y", "<Esc><C-g>", "<Tab>"] {
      robot.press("<Esc>4<Esc>!")
      #expect(!robot.yamlLine.isEmpty)
      robot.press(way)
      #expect(
        robot.wizard.navigation.focus
          == .field(
            robot.address(
              "route.spec.rules[0].backendRefs[0].name")), "\(way)")
      #expect(!robot.wizard.isStripOpen && robot.wizard.panels.isEmpty)
    }
  }

  @Test("Esc ! goes on from a line to the next problem")
  func nextFromLine() throws {
    var robot = try Self.misspelt()
    robot.press("<Esc>4<Esc>!")
    let first = robot.yamlLine
    robot.press("<Esc>!")
    #expect(robot.yamlLine.contains("wait") && !first.contains("wait"))
  }

  @Test("a control key closes the command strip and says what it would do")
  func controlKeyInStrip() {
    var robot = Robot(.singleModel)
    robot.press("<Esc>2<Esc><C-g>")
    #expect(!robot.wizard.isStripOpen && robot.wizard.panels.isEmpty)
    #expect(robot.screen.contains("closed; once more: "), "\(robot.screen)")
    robot.press("<C-g>")
    #expect(robot.wizard.panels.count == 1)
  }

  @Test("do nothing on the first screen but its numbers")
  func start() {
    var robot = Robot()
    robot.wizard.panels.open(.start(StartPanel(drafts: [])))
    Self.expectNothing(&robot, "the first screen", but: "0123456789")
  }
}
