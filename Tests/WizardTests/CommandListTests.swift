import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("the list of commands")
struct CommandListTests {
  /// The lines of the list in the open panel, without its frame.
  private static func lines(_ robot: inout Robot) -> [String] {
    robot.screen.split(separator: "\n").map(String.init)
  }

  @Test("what does nothing at the place comes last and says so")
  func review() {
    var robot = Robot(.weightedSplit, size: Size(rows: 60, columns: 120))
    robot.press("<Esc>8<C-g>row")
    let onReview = Self.lines(&robot)
    for command in ["add-row", "remove-row", "duplicate-row", "move-row-up"] {
      #expect(onReview.contains { $0.contains(command) && $0.contains("not here: ") }, "\(command)")
    }
    robot.press("<Esc>")
    robot.go("route.spec.rules[0].backendRefs[1].name")
    robot.press("<C-g>row")
    let onRow = Self.lines(&robot)
    for command in ["add-row", "remove-row", "duplicate-row", "move-row-up"] {
      #expect(!onRow.contains { $0.contains(command) && $0.contains("not here: ") }, "\(command)")
    }
    #expect(onRow.contains { $0.contains("move-row-down") && $0.contains("not here: ") })
  }

  @Test("those that work come first, and every command is still found by its name")
  func order() {
    var robot = Robot(.weightedSplit)
    robot.press("<Esc>8")
    let sorted = robot.wizard.context.workingFirst(Command.allCases)
    #expect(Set(sorted) == Set(Command.allCases))
    let works = sorted.map(robot.wizard.context.works)
    #expect(works == works.sorted { $0 && !$1 } && works.contains(false))
    robot.run("next-step")
    #expect(robot.wizard.panels.isEmpty)
  }

  @Test("the menu speaks of the field that one came from")
  func menu() {
    var robot = Robot(.weightedSplit, size: Size(rows: 60, columns: 120))
    robot.go("route.spec.rules[0].backendRefs[1].name")
    for _ in 0..<40 where !robot.isOn(button: "Menu") { robot.press("<Tab>") }
    robot.press("<Enter>")
    let lines = Self.lines(&robot)
    #expect(lines.contains { $0.contains("remove-row") && !$0.contains("not here: ") })
    #expect(lines.contains { $0.contains("move-row-down") && $0.contains("not here: ") })
  }
}
