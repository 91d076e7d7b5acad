import Foundation
import RouteForm
import Screen
import Simulation
import Testing

@testable import Wizard

@Suite("charts below the form")
struct ChartTests {
  let large = Size(rows: 60, columns: 200)

  static func line(_ screen: String, with text: String) -> String {
    screen.split(separator: "\n").first { $0.contains(text) }.map(String.init) ?? ""
  }

  static func run(of letter: Character, in line: String) -> Int {
    line.split { $0 != letter }.map(\.count).max() ?? 0
  }

  // MARK: Step 3

  @Test("step 3 lists the rules as they are really tried, and names the dead ones")
  func order() {
    var robot = SimulatorTests.robot(.singleModel, size: large)
    robot.run("duplicate-rule")
    robot.press("<Esc>3")
    #expect(robot.screen.contains("Tried as 2 of 3, dead: rule 1 takes all"))
    robot.run("add-header")
    robot.press("x-team<Tab><Tab>a")
    let screen = robot.screen
    #expect(screen.contains("Tried as 1 of 3"))
    #expect(!screen.contains("dead:"))
    #expect(screen.contains("x-team = a"))
  }

  @Test("an expression that RE2 refuses makes its rule dead")
  func refused() {
    var robot = SimulatorTests.robot(.singleModel, size: large)
    robot.go("route.spec.rules[0].matches[0].headers[0].type")
    robot.press("<Space>")
    robot.go("route.spec.rules[0].matches[0].headers[0].value")
    robot.press("<C-u>a(")
    #expect(robot.screen.contains("dead: its expression cannot be read"))
  }

  @Test("a rule that names no model yet is not finished, and not dead")
  func unfinished() {
    var robot = SimulatorTests.robot(.singleModel, size: large)
    robot.go("route.spec.rules[0].matches[0].headers[0].value")
    robot.press("<C-u>")
    #expect(robot.screen.contains("Tried as 1 of 2, not finished"), "\(robot.screen)")
    #expect(!robot.screen.contains("dead:"))
  }

  // MARK: Step 4

  @Test("step 4 draws each share to scale, tier by tier")
  func shares() {
    var robot = SimulatorTests.robot(.weightedSplit, size: large)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    robot.press("<C-u>3")
    robot.go("route.spec.rules[0].backendRefs[1].weight")
    robot.press("<C-u>1")
    let lines = robot.screen.split(separator: "\n").filter { $0.contains("#####") }
      .filter { $0.contains("75% ") || $0.contains("25% ") }.map(String.init)
    #expect(lines.count == 2)
    let bars = lines.map { Self.run(of: "#", in: $0) }
    #expect(bars.count == 2 && bars[1] > 5 && abs(bars[0] - 3 * bars[1]) <= 2)
  }

  @Test("the walk says what happens while the focused backend is down")
  func walk() {
    var robot = SimulatorTests.robot(.failoverPair, size: large)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    let first = robot.names[0]
    #expect(robot.screen.contains("If \(first) is down: 100% of the requests"))
    #expect(robot.screen.contains("try 1, priority 0: \(first) (down)"))
    #expect(robot.screen.contains("try 2, priority 1: \(robot.names[1])"))
    robot.go("route.spec.rules[0].backendRefs[1].weight")
    #expect(robot.screen.contains("If \(robot.names[1]) is down: nothing changes"))
  }

  @Test("without a retry policy the walk ends in 503")
  func noRetry() {
    var robot = SimulatorTests.robot(.singleModel, size: large)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    #expect(robot.screen.contains("is down: every try fails, and the client"))
  }

  // MARK: Step 5

  @Test("the ruler draws request and pause to scale")
  func ruler() {
    var robot = SimulatorTests.robot(.failoverPair, size: large)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>40s")
    robot.go("route.spec.rules[0].streamIdleTimeout")
    robot.press("<C-u>10s")
    let screen = robot.screen
    let request = Self.run(of: "=", in: Self.line(screen, with: "  request  ="))
    let pause = Self.run(of: ".", in: Self.line(screen, with: "  pause    ."))
    #expect(request > 20 && abs(request - 4 * pause) <= 2)
  }

  @Test("tries that do not fit into the request are crossed out and named")
  func overrun() {
    var robot = SimulatorTests.robot(.failoverPair, size: large)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>60s")
    robot.go("retry.spec.retry.perRetry.timeout")
    robot.press("<C-u>20s<Esc>5")
    let screen = robot.screen
    let tries = Self.line(screen, with: "  tries    |1")
    #expect(tries.contains("6 x 20s overrun"))
    #expect(Self.run(of: "x", in: tries) > 10)
    #expect(screen.contains("of 6 tries of 20s each"))
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>120s")
    #expect(!robot.screen.contains("overrun"))
  }

  @Test("the greatest number of retries there is in a file can be drawn")
  func mostRetries() throws {
    let text = SimulatorTests.robot(.failoverPair, size: large).yaml
    let most = text.replacing("numRetries: 5", with: "numRetries: \(Int.max)")
    #expect(most != text)
    let file = try OpenedFile(path: "retry.yaml", bytes: Array(most.utf8))
    var robot = Robot(opening: [file], size: large)
    robot.press("<Esc>5")
    #expect(robot.screen.contains("up to 100, no limit for each"))
  }

  @Test("a request without limit has an open end")
  func endless() {
    var robot = SimulatorTests.robot(.singleModel, size: large)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>0s")
    #expect(robot.screen.contains("=> no limit"))
  }

  // MARK: When

  @Test("a chart waits for a pause in typing, like the problems")
  func lazy() {
    var robot = SimulatorTests.robot(.singleModel, size: large)
    robot.go("route.spec.rules[0].timeouts.request")
    let before = robot.screen
    #expect(before.contains("= 60s"))
    _ = robot.wizard.handle(.input(.key(.text("90s"))))
    #expect(robot.wizard.frame().text.contains("= 60s"))
    let hasChanged = robot.wizard.settle()
    #expect(hasChanged)
    #expect(robot.wizard.frame().text.contains("= 90s"))
    let changesAgain = robot.wizard.settle()
    #expect(!changesAgain)
  }

  @Test("whatever the values, a bar is never longer than its scale")
  func scale() {
    for whole in [0, 0.5, 1, 1e300] {
      for columns in [-1, 0, 1, 40] {
        let scale = Scale(whole: whole, columns: columns)
        for value in [-1, 0, 1e-300, 0.5, 1, 2, 1e300] {
          #expect((0...max(0, columns)).contains(scale.columns(to: value)))
        }
      }
    }
  }
}
