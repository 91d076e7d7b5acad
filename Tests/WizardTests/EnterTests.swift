import Corpus
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

/// Enter alone is a way through: from the first screen to the saved file.
@Suite("Enter alone")
struct EnterTests {
  /// The names that a recipe leaves open; typed where the focus stands on one of them.
  private static let names: [String: String] = [
    "route.metadata.name": "llm", "route.spec.parentRefs[0].name": "gw",
    "route.spec.rules[0].backendRefs[0].name": "openai",
    "route.spec.rules[0].matches[0].headers[0].value": "gpt-4o",
    "route.spec.rules[1].backendRefs[0].name": "other",
  ]

  private static func start(_ recipe: Recipe) -> Robot {
    var robot = Robot()
    var start = Wizard.Start(
      form: Recipe.blank.form, asks: true, output: Output(path: nil),
      size: Size(rows: 24, columns: 80))
    start.drafts = []
    robot.wizard = Wizard(start)
    for _ in 0..<(Recipe.allCases.firstIndex(of: recipe) ?? 0) { robot.press("<Down>") }
    robot.press("<Enter>")
    return robot
  }

  @Test("reaches Review at its top")
  func review() {
    var robot = Self.start(.singleModel)
    robot.press("<Esc>7")
    while !robot.isOn(button: "Next") { robot.press("<Tab>") }
    robot.press("<Enter>")
    #expect(robot.wizard.navigation.step == .review)
    #expect(robot.isOn(button: "Save"))
  }

  @Test(
    "leads from each recipe through all steps to the file that render gives",
    arguments: Recipe.allCases.filter { !$0.isWhole })
  func recipes(_ recipe: Recipe) {
    var robot = Self.start(recipe)
    var typed = recipe.form
    var visited: [Focus] = [robot.wizard.navigation.focus]
    for _ in 0..<80 {
      if case .read(_, .save)? = robot.effects.last {
        robot.answer(.absent)
        #expect(!robot.screen.contains("errors?"), "\(robot.screen)")
        robot.press("<Enter>")
        break
      }
      if case .field(let address) = robot.wizard.navigation.focus,
        robot.form.text(at: address).isEmpty, let name = Self.names["\(address)"],
        robot.wizard.workspace.isWrong(address)
      {
        robot.press(name)
        typed.type(name, at: address)
      }
      robot.press("<Enter>")
      #expect(robot.faults == [])
      let focus = robot.wizard.navigation.focus
      if case .field = focus {
        #expect(!visited.contains(focus), "\(recipe): Enter returned to \(focus)")
      }
      visited.append(focus)
    }
    guard case .write(let files)? = robot.effects.last else {
      Issue.record("\(recipe): nothing was written\n\(robot.screen)")
      return
    }
    let rendered = Workspace(typed, files: [], output: Output(path: nil)).targets
    #expect(files.map(\.path) == ["llm.yaml"])
    #expect(files.map(\.bytes) == rendered.map(\.bytes))
    #expect(robot.wizard.navigation.visited.count == 8, "\(robot.wizard.navigation.visited)")
  }

  @Test("changes nothing in an opened file, from any step", arguments: Corpus.all.indices)
  func opened(_ number: Int) throws {
    let manifest = Corpus.all[number]
    guard let file = try? OpenedFile(path: "f.yaml", bytes: Array(manifest.text.utf8)) else {
      return
    }
    var robot = Robot(opening: [file], size: Size(rows: 24, columns: 80))
    if !robot.wizard.panels.isEmpty { robot.press("<Esc>") }
    let before = robot.form
    robot.press("<Esc>1")
    for _ in 0..<400 where robot.wizard.navigation.step != .review { robot.press("<Enter>") }
    #expect(robot.wizard.navigation.step == .review)
    #expect(robot.form == before)
    #expect(robot.wizard.workspace.history.position.total == 0)
    robot.press("<Enter>")
    robot.answerWithDisk()
    #expect(!robot.effects.contains { if case .write = $0 { true } else { false } })
  }

  @Test("passes switches and presets, opens no card, and leaves one by Done")
  func card() {
    var robot = Robot(.singleModel)
    robot.go("route.spec.rules[0].backendRefs[0].headerMutation.set")
    robot.press("x-a<Enter>1")
    #expect(robot.wizard.navigation.cards.count == 1)
    robot.press("<Enter>")
    #expect(robot.isOn(button: "Done"))
    robot.press("<Enter>")
    #expect(robot.wizard.navigation.cards.isEmpty)
  }
}
