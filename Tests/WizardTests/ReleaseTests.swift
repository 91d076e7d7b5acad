import Schemas
import YAML
import Resources
import RouteForm
import Screen
import Simulation
import Testing

@testable import Wizard

@Suite("the release that the wizard writes for")
struct ReleaseTests {
  @Test("going anywhere leads to no field that the release lacks, until it is set")
  func destinations() {
    let path = "route.spec.rules[0].name"
    var robot = Robot(.singleModel, for: .v1_0)
    let name = robot.address(path)
    #expect(!robot.wizard.context.destinations("").contains(name))
    #expect(robot.wizard.context.destinations(path) != [name])
    robot.wizard.workspace.form.type("chat", at: name)
    #expect(robot.wizard.context.destinations(path) == [name])
    #expect(Robot(.singleModel).wizard.context.destinations("").contains(name))
  }

  @Test("a field that the release lacks is a problem where it is set, and is written")
  func problem() {
    func words(_ release: Release) -> [String] {
      var robot = Robot(.singleModel, for: release)
      let name = robot.address("route.spec.rules[0].name")
      robot.wizard.workspace.form.type("chat", at: name)
      robot.wizard.workspace.lint()
      #expect(robot.yaml.contains("name: chat"))
      return robot.wizard.workspace.analysis.problems.filter { $0.address == name }.map(\.message)
    }
    #expect(words(.v1_1) == [])
    #expect(words(.v1_0).contains { $0.contains("AI Gateway 1.1") })
  }

  @Test("the simulator follows the release")
  func simulator() {
    func release(_ wanted: Release) -> Release {
      var robot = Robot(.singleModel, for: wanted)
      let form = robot.form
      return robot.wizard.workspace.analysis.simulator(of: form).index.release
    }
    #expect(Release.allCases.map(release) == Release.allCases)
  }

  @Test("beginning anew and a recovered draft keep the release")
  func kept() throws {
    var form = Recipe.blank.form
    form.release = .v0_7
    let start = Wizard.Start(
      form: form, asks: false, output: Output(path: nil), size: Size(rows: 24, columns: 80))
    var wizard = Wizard(start)
    wizard.begin(Recipe.catchAll.form)
    #expect(wizard.workspace.form.release == .v0_7)
    let head = try JournalHead(SessionJournal.head(of: start, program: "1", in: "/"))
    #expect(head.start.form.release == .v0_7)
  }
}
