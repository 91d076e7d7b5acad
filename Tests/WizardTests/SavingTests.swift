import Foundation
import Lint
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("saving and leaving")
struct SavingTests {
  /// A route without errors, to be saved as llm.yaml.
  private static var good: Robot {
    var robot = Robot(.singleModel)
    robot.go("route.metadata.name")
    robot.press("llm")
    robot.go("route.spec.parentRefs[0].name")
    robot.press("gw")
    return robot
  }

  private static func bytes(_ robot: Robot) -> [UInt8] {
    robot.wizard.workspace.analysis.printedText.bytes
  }

  /// Saves over a file that is not there, as the program would answer.
  private static func save(_ robot: inout Robot) {
    robot.press("<C-o>")
    robot.answer(.absent)
    robot.press("<Enter>")
    robot.succeed()
  }

  @Test("what someone else changed is shown beside what saving would, and every save asks again")
  func bothSides() {
    var robot = Self.good
    Self.save(&robot)
    let theirs = String(decoding: Self.bytes(robot), as: UTF8.self)
      .replacing("bufferLimit: 50Mi", with: "bufferLimit: 60Mi")
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("<C-u>77s<C-o>")
    for _ in 0..<2 {
      robot.answer(.bytes(Array(theirs.utf8)))
      #expect(robot.screen.contains("changed by someone else"))
      robot.choose("Show both")
      robot.answer(.bytes(Array(theirs.utf8)))
      #expect(robot.screen.contains("In words, what someone else changed in llm.yaml"))
      #expect(robot.screen.contains("connection.bufferLimit 50Mi -"), "\(robot.screen)")
      #expect(robot.screen.contains("+     bufferLimit: 60Mi"))
      robot.press("<Esc>")
      #expect(robot.screen.contains("< Take theirs") || robot.screen.contains("< Overwrite >"))
      robot.press("<Esc><C-o>")
    }
    #expect(!robot.effects.contains { if case .write = $0 { true } else { false } })
  }

  @Test("after a rename the save names both files and offers to keep the old one")
  func renamedRoute() {
    var robot = Self.good
    Self.save(&robot)
    robot.go("route.metadata.name")
    robot.press("<C-u>chat<C-o>")
    robot.answer(.absent)
    let words = robot.screen
    #expect(words.contains("The route is called chat now, and goes to chat.yaml. llm.yaml,"))
    #expect(words.contains("< Write chat.yaml > < Keep llm.yaml > < Save as... > < Cancel >"))
    // The kept file is not overwritten before its own differences were shown.
    _ = robot.takeEffects()
    robot.choose("Keep llm.yaml")
    #expect(robot.wizard.workspace.outputPath == "llm.yaml")
    #expect(!robot.effects.contains { if case .write = $0 { true } else { false } })
    robot.answer(robot.wizard.workspace.lastRead["llm.yaml"] ?? .absent)
    #expect(robot.screen.contains("< Write > < Save as... >"))
    robot.press("<Enter>")
    robot.succeed()
    #expect(robot.wizard.workspace.written == ["llm.yaml"])
  }

  @Test("after a rename the new file is written, and the old one stays and is told")
  func writtenAnew() {
    var robot = Self.good
    Self.save(&robot)
    robot.go("route.metadata.name")
    robot.press("<C-u>chat")
    Self.save(&robot)
    #expect(robot.wizard.workspace.written == ["llm.yaml", "chat.yaml"])
    #expect(robot.screen.contains("llm.yaml: written before and not part of this any more"))
    robot.go("route.metadata.name")
    robot.press("<C-u>third<C-o>")
    robot.answer(.bytes(Array("kind: Other\n".utf8)))
    #expect(robot.screen.contains("third.yaml is there and was not opened"))
  }

  @Test(
    "a file of what is not part of the route any more is told, on Review, at a save and at the end")
  func leftover() {
    var robot = Robot(.failoverPair, output: "out/")
    for (path, text) in [
      ("route.metadata.name", "llm"), ("route.spec.parentRefs[0].name", "gw"),
    ] {
      robot.go(path)
      robot.press(text)
    }
    Self.save(&robot)
    #expect(robot.wizard.workspace.written.contains("out/20-retry.yaml"))
    robot.press("<Esc>4")
    for _ in 0..<30 {
      if case .toggle = robot.wizard.navigation.focus { break }
      robot.press("<Tab>")
    }
    robot.press("<Space><Esc>8")
    #expect(robot.screen.contains("- out/20-retry.yaml  not part of this any more; remove it"))
    robot.press("<C-o>")
    #expect(robot.effects.last == .read(["out/00-buffer.yaml", "out/10-route.yaml"], .save))
  }

  @Test("a sound route is saved after one look at what changes")
  func clean() {
    var robot = Self.good
    #expect(
      robot.wizard.workspace.analysis.errors == 0,
      "\(robot.wizard.workspace.analysis.problems.map(\.message))")
    robot.press("<C-o>")
    #expect(robot.takeEffects() == [.read(["llm.yaml"], .save)])
    robot.effects = [.read(["llm.yaml"], .save)]
    robot.answer(.absent)
    #expect(robot.screen.contains("A llm.yaml"))
    #expect(robot.screen.contains("+ apiVersion: gateway.envoyproxy.io/v1alpha1"))
    robot.press("<Enter>")
    #expect(
      robot.effects == [
        .write([FileToWrite(path: "llm.yaml", bytes: Self.bytes(robot), over: .absent)])
      ])
    #expect(robot.wizard.workspace.isDirty, "not saved before it is written")
    robot.succeed()
    #expect(!robot.wizard.workspace.isDirty)
    #expect(robot.screen.contains("saved llm.yaml"))
    robot.press("<C-x>")
    #expect(
      robot.takeEffects() == [
        .quit(
          ExitRequest(
            status: 0,
            lines: [
              "wrote llm.yaml", "kubectl apply -f llm.yaml", "the same again:",
              AnswersFile.command(for: robot.form, place: "llm.yaml"),
            ], keepsDraft: false))
      ])
  }

  @Test("the Enter of ^O Enter presses nothing where there was nothing to save")
  func enterAfterSave() throws {
    var robot = Self.good
    Self.save(&robot)
    robot.press("<Esc>5")
    let saved = Self.bytes(robot)
    while !robot.isOn(button: "Batch") { robot.press("<Tab>") }
    robot.press("<C-o>")
    robot.answer(.bytes(saved))
    #expect(robot.wizard.message?.text == "nothing to save: the files are up to date")
    robot.press("<Enter>")
    #expect(Self.bytes(robot) == saved)
    robot.press("<Enter>")
    #expect(Self.bytes(robot) != saved, "the next one presses")
  }

  @Test("errors are named and asked about once, and never block")
  func errors() {
    var robot = Robot()
    robot.press("<C-o>")
    robot.answer(.absent)
    #expect(robot.wizard.workspace.analysis.errors > 0)
    #expect(robot.screen.contains("Save with errors?"))
    #expect(robot.screen.contains("\(robot.wizard.workspace.analysis.errors) errors"))
    #expect(robot.screen.contains("< Save anyway >"))
    let first = robot.wizard.workspace.analysis.problems.first { $0.severity == .error }
    #expect(robot.screen.contains("- \(first?.text.prefix(30) ?? "?")"), "\(robot.screen)")
    robot.press("<Right><Enter>")
    guard case .write(let files)? = robot.takeEffects().last else {
      Issue.record("not written")
      return
    }
    #expect(files.map(\.path) == ["aigatewayroute.yaml"])
  }

  @Test("Enter at the question goes to the first error")
  func toFirstError() {
    var robot = Robot()
    robot.press("<C-o>")
    robot.answer(.absent)
    robot.press("<Enter>")
    #expect(robot.wizard.panels.isEmpty)
    #expect(
      robot.wizard.workspace.analysis.problems.first.map { Focus.field($0.address) }
        == robot.wizard.navigation.focus)
  }

  @Test("a file that is there and was not opened is not replaced by the usual two keys")
  func notOpened() {
    for output in [nil, "llm.yaml"] {
      var robot = Self.good
      robot.wizard.workspace.output.path = output
      if output != nil { robot.wizard.workspace.disk["llm.yaml"] = .bytes([0x61]) }
      robot.press("<C-o>")
      robot.answer(.bytes([0x61]))
      #expect(robot.screen.contains("llm.yaml is there and was not opened"))
      robot.press("<Enter>")
      #expect(robot.screen.contains("Save as (a file"))
      robot.press("<Esc>")
      robot.effects = []
      robot.press("<C-o>")
      robot.answer(.bytes([0x61]))
      robot.choose("Open it")
      #expect(robot.effects.last == .read(["llm.yaml"], .open))
      #expect(robot.screen.contains("reading llm.yaml..."))
      robot.press("<Esc><C-o>")
      robot.answer(.bytes([0x61]))
      robot.choose("Replace it")
      guard case .write(let files)? = robot.takeEffects().last else {
        Issue.record("not written")
        return
      }
      #expect(files.map(\.path) == ["llm.yaml"])
    }
  }

  @Test("a file that someone changed is not overwritten unasked")
  func changed() {
    var robot = Self.good
    Self.save(&robot)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("300s<C-o>")
    let theirs = Array("kind: Theirs\n".utf8)
    robot.answer(.bytes(theirs))
    #expect(robot.screen.contains("was changed by someone else"))
    #expect(robot.screen.contains("< Overwrite >"))
    #expect(robot.screen.contains("- kind: Theirs"))
    robot.effects = []
    robot.press("<Enter>")
    #expect(!robot.effects.contains { if case .write = $0 { true } else { false } })
    #expect(robot.wizard.workspace.isDirty)
    robot.press("<Esc><C-o>")
    robot.answer(.bytes(theirs))
    #expect(robot.screen.contains("- kind: Theirs"), "what would be lost is shown again")
  }

  @Test("Overwrite writes over exactly what was shown")
  func overwrite() {
    var robot = Self.good
    Self.save(&robot)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("300s<C-o>")
    robot.answer(.bytes([0x61]))
    robot.effects = []
    robot.choose("Overwrite")
    #expect(
      robot.effects == [
        .write([FileToWrite(path: "llm.yaml", bytes: Self.bytes(robot), over: .bytes([0x61]))])
      ])
  }

  @Test("an existing file that was never read is shown as what would be lost")
  func existing() {
    var robot = Self.good
    robot.press("<C-o>")
    robot.answer(.bytes(Array("kind: Old\n".utf8)))
    #expect(robot.screen.contains("M llm.yaml"))
    #expect(robot.screen.contains("- kind: Old"))
  }

  @Test("a file that cannot be read is not written over; another place is offered")
  func unreadable() {
    var robot = Self.good
    robot.press("<C-o>")
    robot.answer(.unreadable("Permission denied"))
    #expect(robot.screen.contains("llm.yaml: Permission denied"))
    #expect(!robot.screen.contains("< Save >"))
    robot.press("<Enter>")
    #expect(robot.screen.contains("Save as (a file, or a folder ending in /)"))
    robot.press("<C-u>other/<Enter>")
    #expect(
      robot.takeEffects().last == .read(["other/00-buffer.yaml", "other/10-route.yaml"], .save))
  }

  @Test("saved anyway, where only a text that is no value was typed, nothing is said to be saved")
  func nothingWritten() throws {
    let route = Array(Robot(.singleModel).yaml.utf8)
    var robot = Robot(
      opening: [try OpenedFile(path: "r.yaml", bytes: route)], size: Size(rows: 40, columns: 120))
    robot.go("route.metadata.name")
    robot.press("_<C-o>")
    robot.answer(.bytes(route))
    robot.choose("Save anyway")
    robot.succeed()
    #expect(robot.screen.contains("nothing written: no valid value differs from the files"))
  }

  @Test("a failed write loses nothing and says why")
  func failure() {
    var robot = Self.good
    robot.press("<C-x>")
    robot.choose("Save and leave")
    robot.answer(.absent)
    robot.press("<Enter>")
    let form = robot.form
    robot.effects = []
    robot.effects += robot.wizard.handle(
      .wrote([
        WriteResult(
          path: "llm.yaml", bytes: Self.bytes(robot), failure: "No space left on device")
      ]))
    #expect(robot.effects.isEmpty, "it does not leave")
    #expect(robot.screen.contains("llm.yaml: No space left on device"))
    #expect(robot.form == form)
    #expect(robot.wizard.workspace.isDirty)
    robot.press("<Esc><C-_>")
    #expect(robot.form != form, "undo is still there")
  }

  @Test("half a folder written is told apart from all of it")
  func half() {
    var robot = Self.good
    robot.run("file-per-object")
    #expect(
      robot.takeEffects().last == .read(["llm/00-buffer.yaml", "llm/10-route.yaml"], .compare))
    robot.press("<C-o>")
    robot.answer(.absent)
    robot.press("<Enter>")
    guard case .write(let files)? = robot.takeEffects().last else {
      Issue.record("not written")
      return
    }
    _ = robot.wizard.handle(
      .wrote([
        WriteResult(path: files[0].path, bytes: files[0].bytes, failure: nil),
        WriteResult(path: files[1].path, bytes: files[1].bytes, failure: "Read-only file system"),
      ]))
    #expect(robot.wizard.workspace.isDirty)
    #expect(robot.wizard.workspace.written == ["llm/00-buffer.yaml"])
    #expect(robot.screen.contains("Read-only file system"))
  }

  @Test("one file per object, with a kustomization.yaml on request")
  func perObject() {
    var robot = Self.good
    robot.press("<Esc>8")
    robot.run("file-per-object")
    #expect(robot.wizard.workspace.targetPaths == ["llm/00-buffer.yaml", "llm/10-route.yaml"])
    #expect(robot.wizard.workspace.applyLine == "kubectl apply -f llm/")
    robot.run("kustomization")
    #expect(
      robot.wizard.workspace.targetPaths == [
        "llm/00-buffer.yaml", "llm/10-route.yaml", "llm/kustomization.yaml",
      ])
    #expect(robot.wizard.workspace.applyLine == "kubectl apply -k llm/")
    robot.run("file-per-object")
    #expect(robot.wizard.workspace.targetPaths == ["llm.yaml"])
    #expect(robot.wizard.workspace.applyLine == "kubectl apply -f llm.yaml")
  }

  @Test("a clean form leaves at once")
  func leaveClean() {
    var robot = Robot()
    robot.press("<C-x>")
    #expect(robot.effects == [.quit(ExitRequest(status: 0, lines: [], keepsDraft: false))])
  }

  @Test("a form that was changed back is clean")
  func changedBack() {
    var robot = Robot()
    robot.press("<Esc>2ab<BS><BS><C-x>")
    #expect(robot.effects == [.quit(ExitRequest(status: 0, lines: [], keepsDraft: false))])
  }

  @Test("leaving unsaved work keeps the draft by default")
  func keep() {
    var robot = Robot()
    robot.press("<Esc>2llm")
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    robot.press("7O<C-x>")
    #expect(robot.effects.isEmpty)
    #expect(robot.screen.contains("< Save and leave >"))
    robot.press("<Enter>")
    Self.expectDraft(&robot)
  }

  private static func expectDraft(_ robot: inout Robot) {
    let effects = robot.takeEffects()
    guard case .quit(let leaving)? = effects.last, effects.count == 1 else {
      Issue.record("does not leave: \(effects)")
      return
    }
    #expect(leaving.status == 130)
    #expect(leaving.keepsDraft)
  }

  @Test("^C twice leaves with the draft, once asks")
  func interrupt() {
    var robot = Robot()
    robot.press("<Esc>2llm<C-c>")
    #expect(robot.effects.isEmpty)
    #expect(robot.wizard.panels.count == 1)
    robot.press("<C-c>")
    Self.expectDraft(&robot)
  }

  @Test("^C closes what is open before it asks to leave")
  func interruptOverlay() {
    var robot = Robot()
    robot.press("<Esc>2llm<C-t><C-c>")
    #expect(robot.wizard.panels.isEmpty)
    #expect(robot.effects.isEmpty)
    robot.press("<C-c>a<Esc>x<C-c>")
    #expect(robot.effects.isEmpty, "keys between two ^C count anew")
  }

  @Test("a closed terminal keeps the draft")
  func ended() {
    var robot = Robot()
    robot.press("<Esc>2llm")
    robot.send(.ended(.endOfFile))
    Self.expectDraft(&robot)
  }

  @Test("the other answers do what they say")
  func answers() {
    func asked() -> Robot {
      var robot = Robot()
      robot.press("<Esc>2llm<C-x>")
      return robot
    }
    var discard = asked()
    discard.choose("Discard")
    #expect(discard.effects == [.quit(ExitRequest(status: 0, lines: [], keepsDraft: false))])
    var stay = asked()
    stay.press("<Right><Right><Enter>")
    #expect(stay.effects.isEmpty)
    #expect(stay.wizard.panels.isEmpty)
    #expect(stay.text("route.metadata.name") == "llm")
    var escape = asked()
    escape.press("<Esc>")
    #expect(escape.effects.isEmpty)
    #expect(escape.text("route.metadata.name") == "llm")
    var save = asked()
    save.press("<Left><Enter>")
    #expect(save.takeEffects() == [.read(["llm.yaml"], .save)])
  }

  @Test("saving and leaving leaves after the file is written")
  func saveAndLeave() {
    var robot = Self.good
    robot.press("<C-x>")
    robot.choose("Save and leave")
    robot.answer(.absent)
    robot.press("<Enter>")
    robot.succeed()
    guard case .quit(let leaving)? = robot.takeEffects().last else {
      Issue.record("does not leave")
      return
    }
    #expect(leaving.status == 0)
    #expect(!leaving.keepsDraft)
    #expect(leaving.lines.first == "wrote llm.yaml")
  }

  @Test("a save-and-leave that was called off does not leave at the next save")
  func calledOff() {
    var robot = Self.good
    robot.press("<C-x>")
    robot.choose("Save and leave")
    robot.answer(.absent)
    robot.press("<Esc>")
    Self.save(&robot)
    #expect(!robot.takeEffects().contains { if case .quit = $0 { true } else { false } })
  }

  @Test("what is copied is the YAML, the path or the command")
  func copy() {
    var robot = Self.good
    robot.go("route.metadata.name")
    robot.press("<Esc>c")
    robot.choose("YAML")
    #expect(robot.takeEffects() == [.copy(robot.yaml)])
    robot.press("<Esc>c")
    robot.choose("Field path")
    #expect(robot.takeEffects() == [.copy("route.metadata.name")])
    robot.press("<Esc>c")
    robot.choose("Command")
    #expect(
      robot.takeEffects() == [.copy(AnswersFile.command(for: robot.form, place: "llm.yaml"))])
  }

  @Test("what a name holds is never sent to the terminal as it is")
  func controlCharacters() {
    var robot = Robot(.singleModel, output: "a\u{1b}[31m\u{7}b.yaml")
    robot.press("<C-o>")
    robot.answer(.unreadable("odd \u{1b}]0;x\u{7} words"))
    #expect(robot.faults == [])
    _ = robot.wizard.handle(.notified("\u{9b}1m\u{0}"))
    #expect(robot.faults == [])
  }
}
