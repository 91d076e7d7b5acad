import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("lists of a few plain fields in cards")
struct CardTableTests {
  private static let card = "policy.spec.headers.earlyRequestHeaders"

  /// A card with the button of a list of headers focused.
  private static func robot() -> Robot {
    var robot = Robot(.singleModel)
    robot.go(card)
    for _ in 0..<9 where !robot.isOn(button: "set") { robot.press("<Tab>") }
    return robot
  }

  @Test("one Enter leads to the name and the value of a header; nothing is added by looking")
  func firstHeader() {
    var robot = Self.robot()
    let before = robot.form
    robot.press("<Enter>")
    #expect(robot.wizard.navigation.focus == .field(robot.address("\(Self.card).set[0].name")))
    #expect(robot.screen.contains("There is none yet: what you type becomes the first."))
    robot.press("<Esc>")
    #expect(robot.form == before && robot.isOn(button: "set: none"))
    robot.press("<Enter>x-team<Enter>ml")
    #expect(robot.text("\(Self.card).set[0].name") == "x-team")
    #expect(robot.text("\(Self.card).set[0].value") == "ml")
    robot.press("<Enter>")
    #expect(robot.isOn(button: "Done"))
    robot.press("<Enter>")
    #expect(robot.isOn(button: "set: 1 row"))
  }

  @Test("further rows are added, moved and removed in the same card")
  func rows() {
    var robot = Self.robot()
    robot.press("<Enter>x-a<Enter>1<M-a>x-b<Enter>2")
    #expect(robot.text("\(Self.card).set[1].name") == "x-b")
    #expect(robot.screen.contains("row 2: x-b"))
    robot.send(.key(.alt("<")))
    #expect(robot.text("\(Self.card).set[0].name") == "x-b")
    robot.press("<M-x>")
    #expect(robot.text("\(Self.card).set[0].name") == "x-a")
    robot.press("<M-x>")
    #expect(robot.form.value(at: robot.address("\(Self.card).set")) == nil)
    #expect(robot.wizard.navigation.focus == .field(robot.address("\(Self.card).set[0].name")))
  }

  @Test("a path leads to the row in its table, and undo empties the table again")
  func path() {
    var robot = Self.robot()
    robot.press("<Enter>x-a")
    robot.go("\(Self.card).set[0].value")
    #expect(robot.wizard.navigation.cards == [robot.address("\(Self.card).set")])
    robot.press("1")
    for _ in 0..<5 { robot.press("<C-_>") }
    #expect(robot.form.value(at: robot.address("\(Self.card).set")) == nil)
  }

  @Test("rows of a policy begin empty, whatever the rows of a route begin with")
  func templates() {
    for list in ["rateLimit.global.rules", "loadBalancer.consistentHash.headers"] {
      let row = Template.row(of: Address("retry.spec.\(list)") ?? Address(.retry, .root))
      #expect(row == .map([:]), "\(list)")
    }
  }
}
