import Foundation
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("the generated objects beside the form")
struct PreviewTests {
  @Test("g shows them as written, then as stored, then the manifests again")
  func turns() {
    var robot = SimulatorTests.robot()
    let manifests = robot.wizard.context.panePrintedText.text
    robot.press("<Esc>g")
    #expect(robot.screen.contains("Generated, as written"))
    #expect(robot.wizard.context.panePrintedText.text.contains("kind: HTTPRoute"))
    #expect(!robot.wizard.context.panePrintedText.text.contains("PathPrefix"))
    robot.press("<Esc>g")
    #expect(robot.screen.contains("Generated, as stored"))
    #expect(robot.wizard.context.panePrintedText.text.contains("PathPrefix"))
    robot.press("<Esc>g")
    #expect(robot.screen.contains("YAML  llm.yaml"))
    #expect(robot.wizard.context.panePrintedText.text == manifests)
  }

  @Test("they follow each key, and the focused field's lines are marked in them")
  func follows() {
    var robot = SimulatorTests.robot()
    robot.press("<Esc>g")
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>77s")
    let marked = robot.screen.split(separator: "\n").contains {
      $0.contains("request: 77s") && $0.contains(">")
    }
    #expect(marked)
  }

  @Test("arrows and search move in them, and Enter goes to where a line comes from")
  func moves() {
    var robot = SimulatorTests.robot(.weightedSplit, size: Size(rows: 24, columns: 80))
    robot.press("<Esc>g<Esc>y")
    let first = robot.wizard.navigation.focus
    robot.press("<Down><Down><PgDn><PgUp>")
    #expect(robot.wizard.navigation.focus != first)
    #expect(robot.faults == [])
    robot.press("/weight<Enter>")
    guard case .yaml(let line) = robot.wizard.navigation.focus else {
      Issue.record("no line has the focus")
      return
    }
    #expect(
      String(decoding: robot.wizard.context.panePrintedText.line(line), as: UTF8.self).contains(
        "weight"))
    robot.press("<Enter>")
    #expect(
      robot.wizard.navigation.focus
        == .field(robot.address("route.spec.rules[0].backendRefs[0].weight"))
    )
  }

  @Test("where the controller stops its words stand there instead")
  func stops() {
    var robot = SimulatorTests.robot()
    robot.go("route.spec.rules[0].backendRefs[0].namespace")
    robot.press("far<Esc>g")
    #expect(robot.screen.contains("The controller stops, and writes nothing"))
    #expect(robot.faults == [])
    robot.press("<Esc>y<Down>")
    #expect(robot.faults == [])
  }

  @Test("nothing is worked out while the manifests are shown")
  func idle() {
    var robot = SimulatorTests.robot()
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("1<Esc>8")
    #expect(robot.wizard.workspace.analysis.simulations.generated == nil)
  }
}
