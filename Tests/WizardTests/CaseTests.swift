import Foundation
import RouteForm
import Screen
import Simulation
import Testing

@testable import Wizard

@Suite("simulator cases in the wizard")
struct CaseTests {
  /// A robot with a folder: what is read comes from it, what is written goes into it.
  struct Desk {
    var robot: Robot
    var files: [String: [UInt8]] = [:]

    init(_ recipe: Recipe = .weightedSplit, size: Size = Size(rows: 60, columns: 200)) {
      robot = SimulatorTests.robot(recipe, size: size)
      robot.effects = []
    }

    mutating func press(_ keys: String) {
      robot.press(keys)
      while let effect = robot.effects.first {
        robot.effects.removeFirst()
        switch effect {
        case .read(let paths, let purpose):
          let found = paths.map { path in
            FileContent(path: path, content: files[path].map { .bytes($0) } ?? .absent)
          }
          robot.effects += robot.wizard.handle(.read(found, purpose))
        case .write(let wanted):
          for file in wanted { files[file.path] = file.bytes }
          robot.effects += robot.wizard.handle(
            .wrote(
              wanted.map { WriteResult(path: $0.path, bytes: $0.bytes, failure: nil) }))
        case .list, .quit, .askCluster, .suspend, .redraw, .mouse, .copy, .show, .editText,
          .recover:
          break
        }
      }
    }

    func text(_ path: String) -> String {
      files[path].map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  @Test("the request of the panel is saved beside the manifests, and stands on Review")
  func saves() throws {
    var desk = Desk()
    desk.press("<Esc>t<C-s>")
    #expect(desk.robot.screen.contains("llm.cases.yaml: 1 case"))
    let file = try CaseFile(text: Array(desk.text("llm.cases.yaml").utf8))
    #expect(file.cases.count == 1 && file.cases[0].request.model == "gpt-4o")
    #expect(
      file.cases[0].expectations.map(\.field) == [.status, .route, .rule, .backends, .timeouts])
    #expect(desk.robot.wizard.workspace.saved == nil, "the manifests are not saved by it")
    desk.press("<Esc><Esc>8")
    #expect(desk.robot.screen.contains("Simulator cases: 1 passed"))
    #expect(desk.robot.screen.contains("pass  model gpt-4o"))
  }

  @Test("an edit that changes the answer makes its case fail, and undo makes it pass again")
  func fails() {
    var desk = Desk()
    desk.press("<Esc>t<C-s><Esc><C-t>route.spec.rules[0].backendRefs[0].weight<Enter><C-u>1<Esc>8")
    #expect(desk.robot.screen.contains("Simulator cases: 1 FAILED, 0 passed"))
    #expect(desk.robot.screen.contains("FAIL  model gpt-4o: backends is"))
    desk.press("<C-_><C-_><Esc>8")
    #expect(desk.robot.screen.contains("Simulator cases: 1 passed"))
  }

  @Test("saving the same request again replaces it; comments of the file stay")
  func replaces() throws {
    var desk = Desk()
    desk.press("<Esc>t<C-s><Esc>")
    let before = desk.text("llm.cases.yaml")
    desk.files["llm.cases.yaml"] = Array(("# what has to hold\n" + before).utf8)
    desk.press("<Esc>t<C-s>")
    #expect(desk.text("llm.cases.yaml") == "# what has to hold\n" + before)
    desk.press("<C-u>other<C-s>")
    let file = try CaseFile(text: Array(desk.text("llm.cases.yaml").utf8))
    #expect(file.cases.map(\.request.model) == ["gpt-4o", "other"])
    #expect(desk.text("llm.cases.yaml").hasPrefix("# what has to hold\n"))
    desk.press("<Esc><Esc>8")
    #expect(desk.robot.screen.contains("Simulator cases: 2 passed"))
  }

  @Test("a file that is no cases file is named with its line, and is left as it is")
  func broken() {
    var desk = Desk()
    desk.files["llm.cases.yaml"] = Array("version: 1\ncases: 7\n".utf8)
    desk.press("<Esc>8")
    #expect(desk.robot.screen.contains("Simulator cases: llm.cases.yaml:2:"))
    desk.press("<Esc>t<C-s>")
    #expect(desk.robot.screen.contains("not saved: llm.cases.yaml:2:"))
    #expect(desk.text("llm.cases.yaml") == "version: 1\ncases: 7\n")
  }

  @Test("a request that cannot be read is not saved")
  func unreadable() {
    var desk = Desk()
    desk.press("<Esc>t<Tab>nonsense<C-s>")
    #expect(desk.robot.screen.contains("not saved: nonsense is not a header"))
    #expect(desk.files.isEmpty)
  }

  @Test("for a folder the cases stand beside it and name its files")
  func folder() throws {
    var desk = Desk()
    desk.robot.wizard.workspace.output = Output(path: "routes/")
    desk.press("<Esc>t<C-s>")
    let file = try CaseFile(text: Array(desk.text("routes.cases.yaml").utf8))
    #expect(file.files == ["routes/00-buffer.yaml", "routes/10-route.yaml"])
  }

  @Test(
    "a path is written as it is seen from the cases file",
    arguments: [
      ("a.yaml", "a.cases.yaml", "a.yaml"), ("x/a.yaml", "x/a.cases.yaml", "a.yaml"),
      ("x/a.yaml", "x.cases.yaml", "x/a.yaml"), ("b.yaml", "x/a.cases.yaml", "../b.yaml"),
      ("/x/a.yaml", "y.cases.yaml", "/x/a.yaml"), ("x/y/a.yaml", "x/z/b.cases.yaml", "../y/a.yaml"),
    ])
  func relative(_ path: String, _ cases: String, _ wanted: String) {
    #expect(Cases.relative(path, to: cases) == wanted)
  }

  @Test("at 200x60 the cases of saved manifests stand in the rail, those that fail first")
  func rail() throws {
    var desk = Desk()
    #expect(!desk.robot.screen.contains("SIM CASES"))
    desk.press("<Esc>t<C-s>")
    desk.press("<C-u>no-such<C-s>")
    desk.press("<Esc><Esc>4")
    #expect(desk.robot.screen.contains("SIM CASES (2)"))
    #expect(desk.robot.screen.contains("+ model gpt-4o "))
    #expect(!desk.robot.screen.contains("! model"))
    desk.robot.go("route.spec.rules[0].backendRefs[0].name")
    desk.robot.press("<C-u>other")
    let lines = desk.robot.screen.split(separator: "\n").map { $0.prefix(22) }
    let heading = try #require(lines.firstIndex { $0.contains("SIM CASES (2)") })
    #expect(lines[heading + 1].contains("! model gpt-4o"))
    #expect(lines[heading + 2].contains("+ model no-such"))
    var small = Desk(size: Size(rows: 40, columns: 120))
    small.press("<Esc>t<C-s><Esc>")
    #expect(!small.robot.screen.contains("SIM CASES"))
  }

  @Test("cases are read only where they are shown")
  func quiet() {
    var desk = Desk()
    desk.robot.effects = []
    desk.robot.press("<Esc>2<Esc>3")
    #expect(desk.robot.effects.isEmpty)
    desk.robot.press("<Esc>8")
    #expect(desk.robot.effects == [.read(["llm.cases.yaml"], .cases)])
  }
}
