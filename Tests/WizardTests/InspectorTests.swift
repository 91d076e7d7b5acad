import Schemas
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("what stands beside the form")
struct InspectorTests {
  /// A route without problems, its focus on the first backend.
  private static func robot(_ recipe: Recipe, _ rows: Int, _ columns: Int) -> Robot {
    var robot = Robot(recipe, size: Size(rows: rows, columns: columns))
    robot.go("route.metadata.name")
    robot.press("llm")
    robot.go("route.spec.parentRefs[0].name")
    robot.press("gw")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    return robot
  }

  @Test("200 by 60 shows Explain, Problems and Simulate together")
  func wide() {
    var robot = Self.robot(.weightedSplit, 60, 200)
    let lines = robot.screen.split(separator: "\n", omittingEmptySubsequences: false)
    func right(_ row: Int) -> String { String(lines[row].dropFirst(156)) }
    #expect(right(2) == "EXPLAIN")
    #expect(right(3).hasPrefix("The AIServiceBackend"))
    #expect(right(20).hasPrefix("PROBLEMS"))
    #expect(right(38) == "SIMULATE")
    #expect(right(39).hasPrefix("200: rule 1 (gpt-4o)"))
    #expect(robot.screen.contains("model \"gpt-4o\""))
  }

  @Test("Simulate answers the focused rule's own model, then the last request that was asked")
  func simulated() {
    var robot = Self.robot(.tenantHeader, 60, 200)
    robot.go("route.spec.rules[1].matches[0].headers[0].value")
    robot.press("<C-u>other")
    #expect(robot.screen.contains("model \"other\""))
    robot.press("<Esc>t<C-u>unknown<Esc>")
    #expect(robot.screen.contains("model \"unknown\""))
    #expect(robot.screen.contains("404"))
  }

  @Test("120 by 40 shows the parts' names in a line, and the one that was asked for last")
  func tabs() {
    var robot = Self.robot(.weightedSplit, 40, 120)
    #expect(robot.screen.contains("\n [Explain]  "))
    #expect(robot.screen.contains("  Simulate   Diff\n The AIServiceBackend"))
    robot.press("<Esc>t<Esc>")
    #expect(robot.screen.contains("[Simulate]  Diff\n 200: rule 1 (gpt-4o)"))
    robot.press("<Esc>d<Esc>")
    #expect(
      robot.screen.contains(
        "[Diff]\n ClientTrafficPolicy client-buffer-limit: name of targetRefs[0] added: gw"))
    robot.press("<Esc>p<Esc>")
    #expect(robot.screen.contains("  Explain  [Problems"))
    robot.press("<Esc>e<Esc>")
    #expect(robot.screen.contains("\n [Explain]  "))
  }

  @Test("help takes a second row at 80 by 24 where the form leaves one free")
  func help() {
    var robot = Self.robot(.weightedSplit, 24, 80)
    robot.go("policy.spec.connection.bufferLimit")
    let lines = robot.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[19].hasPrefix(" How much of a request"))
    #expect(lines[20].hasSuffix(" ... Esc e"))
    #expect(robot.screen.contains("< Next: Gateway >"))
    robot.press("x<Tab>")
    let faulty = robot.screen.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(faulty[14].hasPrefix(" YAML"), "the fault has the free row")
    robot.go("route.spec.rules[0].backendRefs[0].name")
    #expect(
      !robot.screen.contains(
        "\n The AIServiceBackend, or the InferencePool where group and kind say\n"))
  }

  @Test("no text of help has a tag that only we know")
  func tags() {
    let tags = [
      "-CRD", " L1", ".md", "aid by",
    ]
    func look(_ property: Property, of resource: ResourceKind) {
      let texts =
        [property.meaning(in: resource.project), property.facts(of: resource.project)]
        + [property.source] + property.examples
      for text in texts {
        for tag in tags { #expect(!text.contains(tag), "\(resource.kind): \(text)") }
      }
      for field in property.fields { look(field, of: resource) }
    }
    for resource in ResourceKind.all { look(resource.root, of: resource) }
  }

  @Test("each button and switch of each step and card says what it does, in words")
  func buttons() {
    for recipe in Recipe.allCases {
      var robot = Robot(recipe)
      robot.go("route.spec.rules[0].backendRefs[0].namespace")
      robot.press("far")
      for step in 1...8 {
        robot.press("<Esc>\(step)")
        Self.expectHelp(&robot)
      }
      for path in ["route.metadata.labels", "route.spec.hostnames", "policy.spec", "retry.spec"] {
        robot.go(path)
        Self.expectHelp(&robot)
      }
    }
  }

  private static func expectHelp(_ robot: inout Robot) {
    let first = robot.wizard.navigation.focus
    repeat {
      let words = robot.wizard.context.explanation[0].text
      switch robot.wizard.navigation.focus {
      case .button, .toggle:
        #expect(words != robot.wizard.navigation.step.summary, "\(robot.wizard.navigation.focus)")
        for tag in ["key(", "index(", "route.", "policy."] {
          #expect(!words.contains(tag), "\(words)")
        }
      case .field, .jump, .yaml: break
      }
      robot.press("<Tab>")
    } while robot.wizard.navigation.focus != first
  }
}
