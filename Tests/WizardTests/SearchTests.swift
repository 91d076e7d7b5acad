import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("searching by /, outside the YAML")
struct SearchTests {
  private static func review() -> Robot {
    var robot = Robot(.failoverPair, size: Size(rows: 24, columns: 80))
    robot.press("<Esc>8")
    return robot
  }

  /// The text of the focused line of Review.
  private static func line(_ robot: Robot) -> String {
    let page = robot.wizard.page
    let place = page.position(of: robot.wizard.navigation.focus)
    return page.searchedLines.first { $0.line == place?.line }?.text ?? ""
  }

  @Test("on Review / goes to the next line with the text, n and r to others, around the end")
  func onReview() {
    var robot = Self.review()
    robot.press("/")
    #expect(robot.screen.contains("Search in Review"))
    robot.press("TIMEOUT<Enter>")
    let first = Self.line(robot)
    #expect(first.lowercased().contains("timeout"))
    robot.press("n")
    let second = Self.line(robot)
    #expect(second.lowercased().contains("timeout") && second != first)
    robot.press("r")
    #expect(Self.line(robot) == first)
    var count = 1
    robot.press("n")
    while Self.line(robot) != first, count < 100 {
      robot.press("n")
      count += 1
    }
    #expect(count < 100)
    robot.press("/nowhere to be found<Enter>")
    #expect(Self.line(robot) == first && robot.screen.contains("not found: nowhere"))
  }

  @Test("from another step and from the YAML it searches the YAML")
  func inYAML() {
    var robot = Self.review()
    robot.press("<Esc>y/priority<Enter>")
    #expect(robot.yamlLine.contains("priority"))
    robot.press("<Esc><Esc>4<Esc>/kind: Backend<Enter>")
    #expect(robot.yamlLine.contains("kind: Backend"))
  }

  @Test("the lists of problems and of differences are searched, and stay open")
  func inLists() {
    var robot = Robot(.blank)
    robot.press("<Esc>p/listener<Enter>")
    robot.press("<Esc><Esc>p")
    let count = robot.wizard.workspace.analysis.problems.count
    #expect(count > 1)
    let last = robot.wizard.workspace.analysis.problems[count - 1]
    robot.press("/")
    #expect(robot.screen.contains("Search in the list"))
    robot.press("\(last.message.prefix(12))<Enter>")
    #expect(robot.wizard.panels.isShowingProblems)
    #expect(
      robot.screen.split(separator: "\n").contains {
        $0.contains(">") && $0.contains(last.message.prefix(12))
      })
    robot.press("<Esc><Esc>d")
    robot.press("/kind<Enter>")
    #expect(robot.wizard.panels.isShowingDifferences)
    #expect(
      robot.screen.split(separator: "\n").contains { $0.contains(">") && $0.contains("kind") })
  }
}
