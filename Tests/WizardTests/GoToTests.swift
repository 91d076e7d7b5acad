import Foundation
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("going anywhere")
struct GoToTests {
  /// A form with every object and a bit of everything in it.
  static var rich: Robot {
    var robot = Robot(.failoverPair, size: Size(rows: 40, columns: 120))
    robot.go("route.metadata.name")
    robot.press("openai-route<Tab>team-a")
    robot.go("route.spec.rules[0].backendRefs[1].namespace")
    robot.press("shared")
    _ = robot.wizard.handle(.input(.resized(Size(rows: 24, columns: 80))))
    robot.wizard.perform(.writeGrants(namespace: "shared", true))
    robot.go("route.metadata.labels.team")
    robot.press("ml")
    robot.wizard.perform(
      .insert(.string("a.example.com"), into: .route(.key("spec"), .key("hostnames")), at: 0))
    robot.wizard.perform(
      .insert(.map([:]), into: .route(.key("spec"), .key("llmRequestCosts")), at: 0))
    robot.wizard.perform(.insert(Template.rule, into: FormState.ruleList, at: 1))
    robot.wizard.perform(
      .insert(
        .map([:]),
        into: FormState.backendRefs(0).appending(0).appending("headerMutation").appending("set"),
        at: 0))
    return robot
  }

  @Test("an exact path focuses that field from every step, with the cursor on it", arguments: 1...8)
  func everyAddress(step: Int) {
    var start = Self.rich
    start.press("<Esc>\(step)")
    let catalogue = start.wizard.context.destinations("")
    #expect(catalogue.count > 100)
    for address in catalogue {
      var robot = start
      robot.press("<C-t>")
      robot.send(.paste("\(address)"))
      robot.press("<Enter>")
      #expect(robot.wizard.navigation.focus == .field(address), "\(address)")
      let page = robot.wizard.page
      #expect(page.position(of: .field(address)) != nil, "\(address)")
      let frame = robot.wizard.frame()
      guard let cursor = frame.cursor else {
        Issue.record("no cursor at \(address)")
        continue
      }
      guard
        case .focus(.field(address))? = robot.wizard.viewport.target(
          row: cursor.row, column: cursor.column)
      else {
        Issue.record("the cursor is not on \(address)")
        continue
      }
    }
  }

  @Test("a new label is gone to, seen and typed")
  func newLabel() {
    var robot = Robot()
    robot.go("route.metadata.labels.team")
    #expect(robot.wizard.frame().cursor != nil)
    robot.press("ml")
    #expect(robot.yaml.contains("  labels:\n    team: ml\n"))
    #expect(robot.screen.contains("team"))
    #expect(robot.wizard.frame().cursor != nil)
  }

  @Test("rules, lines and loose words are found too, and nothing is lost on what is not")
  func loosely() {
    var robot = Robot(.tenantHeader)
    robot.press("<C-t>rule 2<Enter>")
    #expect(robot.wizard.navigation.rule == 1)
    #expect(robot.wizard.navigation.step == .matches)
    robot.press("<C-t>13<Enter>")
    #expect(robot.wizard.navigation.focus == .field(robot.address("route.apiVersion")))
    robot.press("<C-t>bufferlim<Enter>")
    #expect(
      robot.wizard.navigation.focus == .field(robot.address("policy.spec.connection.bufferLimit")))
    let focus = robot.wizard.navigation.focus
    for nonsense in ["zzzz", "0", "999999", "-1", "route.spec.rules[99].name", "grant[7].spec"] {
      robot.press("<C-t>\(nonsense)<Enter>")
      #expect(robot.wizard.navigation.focus == focus, "\(nonsense)")
    }
  }

  @Test("every command runs by its exact name from every step", arguments: Command.allCases)
  func palette(_ command: Command) {
    for step in 1...8 {
      for recipe in [Recipe.blank, .failoverPair, .inferencePool] {
        var robot = Robot(recipe)
        robot.press("<Esc>\(step)")
        robot.effects = []
        robot.run(command.rawValue)
        #expect(robot.faults == [], "\(command.rawValue) in step \(step)")
        robot.press("<Esc><Esc>")
        #expect(robot.faults == [], "\(command.rawValue) in step \(step), closed")
      }
    }
  }

  @Test(
    "what a command did is seen",
    arguments: [
      ("add-rule", 2, "rules"), ("add-match", 2, "matches"), ("add-header", 2, "headers"),
      ("add-backend", 2, "backendRefs"), ("add-gateway", 2, "parentRefs"),
    ])
  func addedRows(_ command: String, _ count: Int, _ list: String) {
    let paths = [
      "rules": "route.spec.rules", "matches": "route.spec.rules[0].matches",
      "headers": "route.spec.rules[0].matches[0].headers",
      "backendRefs": "route.spec.rules[0].backendRefs", "parentRefs": "route.spec.parentRefs",
    ]
    for step in 1...8 {
      var robot = Robot(.singleModel)
      robot.press("<Esc>\(step)")
      robot.run(command)
      let address = robot.address(paths[list] ?? "")
      #expect(robot.form.value(at: address)?.items.count == count)
      if command == "add-rule" {
        #expect(robot.wizard.navigation.rule == 1)
        continue
      }
      guard case .field(let focus) = robot.wizard.navigation.focus else {
        Issue.record("\(command) in step \(step): no field has the focus")
        continue
      }
      #expect(focus.isWithin(address.appending(1)), "\(command) in step \(step): \(focus)")
    }
  }

  @Test("a click on a line of the YAML goes to its field")
  func click() throws {
    var robot = Robot(.weightedSplit, size: Size(rows: 40, columns: 120))
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    let found = robot.place(of: "weight: 20")
    let place = try #require(found)
    robot.send(.mouse(MouseEvent(.press(.left), row: place.row, column: place.column)))
    #expect(
      robot.wizard.navigation.focus
        == .field(robot.address("route.spec.rules[0].backendRefs[1].weight")))
    robot.press("<Esc>1")
    let line = robot.place(of: "kind: AIGatewayRoute")
    let kind = try #require(line)
    robot.send(.mouse(MouseEvent(.press(.left), row: kind.row, column: kind.column)))
    #expect(robot.faults == [])
  }

  @Test("Enter on a line of the YAML goes to its field, Esc y goes back and forth")
  func enterOnYAML() {
    var robot = Robot(.weightedSplit)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    let focus = robot.wizard.navigation.focus
    robot.press("<Esc>y")
    guard case .yaml(let line) = robot.wizard.navigation.focus else {
      Issue.record("not in the YAML")
      return
    }
    #expect(
      String(decoding: robot.wizard.workspace.analysis.printedText.line(line), as: UTF8.self)
        .contains(
          "80"))
    robot.press("<Esc>y")
    #expect(robot.wizard.navigation.focus == focus)
    robot.press("<Esc>y<Down><Down><Enter>")
    #expect(
      robot.wizard.navigation.focus
        == .field(robot.address("route.spec.rules[0].backendRefs[1].weight")))
  }

  @Test("a search goes to the next find, n and r to the others, around the end")
  func search() {
    var robot = Robot(.weightedSplit)
    robot.press("<Esc>/WEIGHT<Enter>")
    let first = robot.yamlLine
    #expect(first.contains("weight: 80"))
    robot.press("n")
    #expect(robot.yamlLine.contains("weight: 20"))
    robot.press("n")
    #expect(robot.yamlLine == first)
    robot.press("r")
    #expect(robot.yamlLine.contains("weight: 20"))
    robot.press("/nowhere<Enter>")
    #expect(robot.wizard.message?.text == "not found: nowhere")
    #expect(robot.faults == [])
  }

  @Test("a search in a text without a line finds nothing, forwards and backwards")
  func searchInNothing() {
    var robot = Robot(.failoverPair)
    robot.press("<Esc>2<Esc>a<Esc>g")
    #expect(robot.wizard.context.panePrintedText.lineCount == 0)
    robot.press("<Esc>/zq<Enter>")
    #expect(robot.wizard.message?.text == "not found: zq")
    for key in ["n", "r"] {
      robot.press("<Esc>\(key)")
      #expect(robot.wizard.message?.text == "not found: zq")
    }
    #expect(robot.faults == [])
  }

  @Test("the wheel and clicks anywhere harm nothing, and the mouse can be switched off")
  func mouse() {
    var robot = Robot(.tenantHeader, size: Size(rows: 40, columns: 120))
    for row in -1...40 {
      for column in stride(from: -1, through: 120, by: 3) {
        _ = robot.wizard.frame()
        robot.send(.mouse(MouseEvent(.press(.left), row: row, column: column)))
        robot.press("<Esc>")
      }
      robot.send(.mouse(MouseEvent(.wheelDown, row: row, column: 100)))
    }
    #expect(robot.faults == [])
    var off = Robot()
    off.run("mouse")
    #expect(off.takeEffects() == [.mouse(false)])
    _ = off.wizard.frame()
    let step = off.wizard.navigation.step
    off.send(.mouse(MouseEvent(.press(.left), row: 1, column: 20)))
    #expect(off.wizard.navigation.step == step)
  }
}
