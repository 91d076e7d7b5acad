import RouteForm
import Schemas
import Screen
import Testing
import YAML

@testable import Wizard

/// What happens between typing and the verdict on it, where judging is slow.
@Suite struct LintTimingTests {
  /// More beside the form than is judged within a key.
  static let crowd = KnownCluster(
    name: "crowded", namespace: "default", time: "14:05",
    objects: (0..<201).map { number in
      .map([
        "apiVersion": .string("v1"), "kind": .string("Service"),
        "metadata": .map(["name": .string("s\(number)"), "namespace": .string("default")]),
      ])
    }, incomplete: [])

  /// In the name of the route, with a fault typed that nobody judged yet.
  private static func typed() -> Wizard {
    var robot = Robot(.singleModel, size: Size(rows: 40, columns: 120), output: "r.yaml")
    _ = robot.wizard.handle(.connected(crowd))
    robot.go("route.metadata.name")
    var wizard = robot.wizard
    for letter in ["r", "_"] { _ = wizard.handle(.input(.key(.text(letter)))) }
    #expect(wizard.workspace.isSlowToLint && !wizard.isSettled)
    return wizard
  }

  private static func press(_ keys: Key..., in wizard: inout Wizard) -> [Effect] {
    keys.flatMap { wizard.handle(.input(.key($0))) }
  }

  @Test("what needs no verdict is done at once, and judges nothing")
  func atOnce() {
    let keys: [(keys: [Key], holds: (Wizard) -> Bool)] = [
      ([.tab], { $0.focusedPath != "route.metadata.name" }),
      ([.alt("8")], { $0.navigation.step == .review }),
      ([.control("v")], { $0.navigation.step == .matches }),
      ([.control("_")], { $0.workspace.form.routeName != "r_" }),
      ([.alt("a")], { $0.isSettled == false }),
      ([.alt("d")], { $0.panels.isShowingDifferences }),
      ([.alt("e")], { !$0.panels.isEmpty }),
      ([.alt("t")], { !$0.panels.isEmpty }),
      ([.control("x")], { !$0.panels.isEmpty }),
      ([.alt("y")], { $0.navigation.isYAMLOpen }),
    ]
    for (keys, holds) in keys {
      var wizard = Self.typed()
      for key in keys { _ = Self.press(key, in: &wizard) }
      #expect(holds(wizard), "\(keys)")
      #expect(!wizard.isSettled && !wizard.isPostponing, "\(keys)")
      _ = wizard.frame()
      #expect(!wizard.isSettled, "\(keys)")
    }
  }

  @Test("what needs the verdict says so, and is done when it is there")
  func postponed() {
    let keys: [(key: Key, words: String, holds: (Wizard, [Effect]) -> Bool)] = [
      (.control("o"), "save the manifests", { $1 == [.read(["r.yaml"], .save)] }),
      (.alt("p"), "list the problems", { wizard, _ in wizard.panels.isShowingProblems }),
      (
        .alt("!"), "next problem",
        { wizard, _ in wizard.focusedPath == "route.spec.parentRefs[0].name" }
      ),
      (.alt("f"), "fix the problem", { wizard, _ in wizard.workspace.form.routeName == "r" }),
    ]
    for (key, words, holds) in keys {
      var wizard = Self.typed()
      #expect(Self.press(key, in: &wizard).isEmpty && wizard.isPostponing)
      #expect(wizard.frame().text.contains("checking first, then: "), "\(key)")
      #expect(wizard.frame(waitingFor: nil).text.contains(words), "\(key)")
      // Keys go on meanwhile.
      _ = Self.press(.end, in: &wizard)
      #expect(wizard.isPostponing && wizard.panels.isEmpty)
      _ = wizard.settle()
      let effects = wizard.handle(.lintFinished)
      #expect(holds(wizard, effects) && !wizard.isPostponing, "\(key)")
    }
  }

  @Test("Esc gives up what waits for the verdict, and leaving after saving with it")
  func givenUp() {
    var wizard = Self.typed()
    _ = Self.press(.control("x"), .left, .enter, in: &wizard)
    #expect(wizard.isPostponing && wizard.workspace.leavesAfterSaving)
    _ = Self.press(.escape, in: &wizard)
    #expect(!wizard.isPostponing && !wizard.workspace.leavesAfterSaving)
    #expect(wizard.frame().text.contains("cancelled; nothing was changed"))
    _ = wizard.settle()
    #expect(wizard.handle(.lintFinished).isEmpty)
  }

  @Test("a panel that closes meanwhile does not change where to save, nor whether to leave then")
  func closedPanel() {
    var wizard = Self.typed()
    _ = Self.press(.control("x"), .left, .enter, in: &wizard)
    #expect(wizard.isPostponing && wizard.workspace.leavesAfterSaving)
    _ = Self.press(.alt("e"), .alt("e"), in: &wizard)
    #expect(wizard.panels.isEmpty)
    #expect(wizard.isPostponing && wizard.workspace.leavesAfterSaving)
    // Esc gives up, as it says, whatever is open.
    _ = Self.press(.alt("e"), .escape, in: &wizard)
    #expect(!wizard.isPostponing)
  }

  @Test("a fix that waits is one of the field that it was asked for")
  func fixedField() {
    var wizard = Self.typed()
    _ = Self.press(.alt("f"), .tab, in: &wizard)
    #expect(wizard.isPostponing && wizard.focusedPath != "route.metadata.name")
    _ = wizard.settle()
    _ = wizard.handle(.lintFinished)
    #expect(wizard.workspace.form.routeName == "r")
    #expect(wizard.focusedPath == "route.metadata.name")
  }

  @Test("Review lists no problems of an older form, and all of this one when they are known")
  func review() {
    var wizard = Self.typed()
    _ = Self.press(.alt("8"), in: &wizard)
    #expect(wizard.frame().text.contains("Problems: being checked"))
    _ = wizard.settle()
    #expect(wizard.frame().text.contains("Problems: 2 errors"))
  }

  @Test("a fix that waited for the verdict is not applied to a problem that is gone")
  func goneProblem() throws {
    var wizard = Self.typed()
    _ = wizard.settle()
    _ = Self.press(.alt("p"), in: &wizard)
    let problem = try #require(wizard.workspace.analysis.problems.first)
    _ = wizard.perform(Action.fix(problem))
    #expect(wizard.workspace.form.routeName == "r" && !wizard.isSettled)
    // Once more, for the list still shows it.
    _ = wizard.perform(Action.fix(problem))
    #expect(wizard.isPostponing)
    _ = wizard.settle()
    _ = wizard.handle(.lintFinished)
    #expect(wizard.workspace.form.routeName == "r")
    #expect(wizard.frame().text.contains("nothing to fix here"))
  }
}

extension Wizard {
  /// The path of the focused field; empty for anything else.
  fileprivate var focusedPath: String {
    if case .field(let address) = navigation.focus { "\(address)" } else { "" }
  }
}
