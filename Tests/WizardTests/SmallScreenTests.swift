import Foundation
import RouteForm
import Screen
import Testing

@testable import Wizard

/// What a small screen cannot show is said to be there, and can be reached.
@Suite("small screens")
struct SmallScreenTests {
  private static let least = Size(rows: 16, columns: 60)

  private static func opened(_ text: String, size: Size = Size(rows: 24, columns: 80)) throws
    -> Robot
  {
    Robot(
      opening: [try OpenedFile(path: "route.yaml", bytes: Array(text.utf8))], size: size)
  }

  /// A route with two priorities, no retry policy and a misspelt field.
  private static let failover = """
    apiVersion: aigateway.envoyproxy.io/v1beta1
    kind: AIGatewayRoute
    metadata: {name: r, namespace: ai}
    spec:
      parentRefs: [{name: gw}]
      rules:
      - matches: [{headers: [{name: x-ai-eg-model, value: m}]}]
        backendRefs:
        - name: a
          wieght: 3
        - name: b
          priority: 1

    """

  private static func rows(_ screen: String) -> [String] {
    screen.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  // MARK: The chart

  @Test("a chart that is cut never shows a backend below another priority's heading")
  func cutChart() throws {
    var robot = try Self.opened(Self.failover)
    robot.go("route.spec.rules[0].backendRefs[0].name")
    #expect(robot.screen.contains("\n If a is down: every try fails"), "\(robot.screen)")
    #expect(!robot.screen.contains("Priority "), "\(robot.screen)")
    robot.go("route.spec.rules[0].backendRefs[1].name")
    let rows = Self.rows(robot.screen)
    let bar = try #require(rows.firstIndex { $0.hasPrefix("   b 100%") })
    #expect(rows[bar - 1] == " Priority 1, when those fail", "\(robot.screen)")
    #expect(!robot.screen.contains("Priority 0"), "\(robot.screen)")
  }

  @Test("the sentence about a backend that is down is not cut where bars can give way")
  func wholeSentence() {
    var robot = Robot(.weightedSplit)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    let screen = robot.screen
    #expect(screen.contains("If openai-backend is down: 80% of the requests fail"))
    #expect(screen.contains("get 503, as nothing tries again"), "\(screen)")
  }

  @Test("a chart of which more follows ends in an ellipsis")
  func ellipsis() {
    var chart = Chart()
    chart.add(("Shares", .heading))
    for number in 0..<6 { chart.add(("  line \(number)", .plain)) }
    #expect(chart.window(7).goesOn == false)
    let (lines, goesOn) = chart.window(4)
    #expect(lines.count == 4 && goesOn)
    var robot = Robot(.weightedSplit, size: Self.least)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    #expect(robot.screen.contains(" ..."), "\(robot.screen)")
  }

  // MARK: Buttons, titles, lists

  @Test("a row is named by its buttons whole, or by its number alone")
  func rowName() {
    var robot = Robot(.weightedSplit)
    robot.go("route.spec.rules[0].matches[0].headers[0].value")
    #expect(robot.screen.contains("< Duplicate >  row 1\n"), "\(robot.screen)")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    #expect(robot.screen.contains("row 1: openai-backe~"), "\(robot.screen)")
  }

  @Test("every line of the first screen has room at 80 by 24; below, the selected one stands whole")
  func start() {
    var robot = Robot()
    robot.wizard.panels.open(.start(StartPanel(drafts: [])))
    #expect(!robot.screen.contains("~"), "\(robot.screen)")
    robot = Robot(size: Self.least)
    robot.wizard.panels.open(.start(StartPanel(drafts: [])))
    #expect(robot.screen.contains(" 1-10 of 13 "), "\(robot.screen)")
    robot.press("<Down><Down>")
    #expect(robot.screen.contains("\n one model over two backends, 80/20"), "\(robot.screen)")
  }

  @Test(
    "titles of panels end within their frames", arguments: [least, Size(rows: 24, columns: 80)])
  func titles(_ size: Size) throws {
    var robot = try Self.opened(Self.failover, size: size)
    for letter in ["p", "?", "e", "d", "c"] {
      robot.press("<Esc>\(letter)")
      let frame = robot.wizard.frame()
      let corners = (0..<size.rows).map { frame.text(row: $0) }.filter { $0.contains("┌") }
      #expect(corners.allSatisfy { $0.contains("┐") }, "\(letter): \(frame.text)")
      robot.press("<Esc>")
    }
  }

  // MARK: Review

  @Test("Review says which of its rows are seen", arguments: [least, Size(rows: 24, columns: 80)])
  func extent(_ size: Size) throws {
    var robot = try Self.opened(Self.failover, size: size)
    let count = robot.wizard.page.lines.count
    #expect(robot.screen.contains(" 1-\(size.rows - 7) of \(count) "), "\(robot.screen)")
  }

  @Test(
    "the arrows reach every line of Review, PgUp, PgDn, Home and End page through them",
    arguments: [least, Size(rows: 24, columns: 80)])
  func lines(_ size: Size) throws {
    var robot = try Self.opened(Self.failover, size: size)
    let wanted = robot.wizard.page.lines.flatMap(\.words)
    for keys in ["<Down>", "<PgDn>"] {
      robot.press("<Home>")
      var seen = ""
      for _ in 0..<60 {
        seen += robot.screen
        #expect(robot.isCursorOnFocus == true)
        robot.press(keys)
      }
      for text in wanted { #expect(seen.contains(text), "\(keys) never shows \(text)") }
    }
    robot.press("<End>")
    #expect(robot.isOn(button: "Back"))
    robot.press("<Home>")
    #expect(robot.isOn(button: "Save") && robot.screen.contains("= route.yaml"))
    robot.press("<PgDn><PgUp>")
    #expect(robot.wizard.navigation.step == .review)
    #expect(robot.isOn(button: "Save"))
  }

  @Test("Tab passes the lines of Review that lead nowhere, and PgUp above them is the step before")
  func tab() throws {
    var robot = try Self.opened(Self.failover)
    let first = robot.wizard.navigation.focus
    repeat {
      if case .jump(let number) = robot.wizard.navigation.focus {
        #expect(robot.wizard.page.target(of: number) != nil)
      }
      robot.press("<Tab>")
    } while robot.wizard.navigation.focus != first
    robot.press("<PgUp>")
    #expect(robot.wizard.navigation.step == .pool)
  }

  @Test("findings of other documents are counted, errors first")
  func elsewhere() throws {
    let gateway = """
      ---
      apiVersion: gateway.networking.k8s.io/v1
      kind: Gateway
      metadata: {name: gw, namespace: ai}
      spec:
        gatewayClassName: 7
        listeners: [{name: http, port: 80, protocol: HTTP}]

      """
    var robot = try Self.opened(Self.failover + gateway, size: Size(rows: 60, columns: 200))
    #expect(robot.screen.contains("In the other documents: 1 error"), "\(robot.screen)")
    #expect(robot.wizard.yamlTitle.documents == "1 of 2 documents, ")
  }

  @Test("a line of the YAML that is cut says so")
  func cutLine() throws {
    let text = Self.failover.replacing(
      "name: r, namespace: ai}", with: "name: r, namespace: ai, annotations: {a: \"0123456789\"}}")
    var robot = try Self.opened(text, size: Self.least)
    robot.press("<Esc>y<Down><Down>")
    #expect(
      Self.rows(robot.screen).contains { $0.hasSuffix("annotations: {a:~") }, "\(robot.screen)")
    #expect(robot.yamlLine.contains("0123456789"))
  }

  @Test("undo names what was typed, not what followed from it")
  func undone() {
    var robot = Robot(.singleModel)
    robot.go("route.spec.parentRefs[0].name")
    robot.press("gw")
    robot.run("undo")
    #expect(robot.wizard.message?.text.hasPrefix("undone: name of parentRefs[0]") == true)
  }
}
