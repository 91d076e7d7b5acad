import Foundation
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("editing by keys")
struct EditingTests {
  private static let weight = "route.spec.rules[0].backendRefs[0].weight"
  private static let fault = "weight \"7O\" is not a whole number"

  @Test("a wrong weight stays as a draft, the YAML keeps the last good one, the error comes late")
  func lateErrors() {
    var robot = Robot(.weightedSplit)
    robot.go(Self.weight)
    robot.press("<C-u>7")
    #expect(robot.yaml.contains("weight: 7\n"))
    robot.press("O")
    #expect(robot.text(Self.weight) == "7O")
    #expect(robot.yaml.contains("weight: 80\n"), "the value that the field had, not one on the way")
    #expect(robot.screen.contains(" <- last valid value"))
    #expect(!robot.screen.contains(Self.fault), "not before the field is left")
    #expect(
      robot.wizard.workspace.analysis.errors == 1
        + Robot(.weightedSplit).wizard.workspace.analysis.errors)
    robot.press("<Tab><S-Tab>")
    #expect(robot.text(Self.weight) == "7O")
    #expect(robot.screen.contains(Self.fault))
    robot.press("<End><BS>")
    #expect(!robot.screen.contains(Self.fault), "cleared by the key that repairs it")
    robot.press("O")
    #expect(!robot.screen.contains(Self.fault), "a field that was repaired is left anew")
    robot.press("<BS>0")
    #expect(robot.yaml.contains("weight: 70\n"))
  }

  @Test("what a field keeps does not depend on how fast it was typed")
  func burst() {
    for keys in [["7O"], ["7", "O"]] {
      var robot = Robot(.weightedSplit)
      robot.go(Self.weight)
      robot.press("<C-u>")
      for key in keys { robot.send(.key(.text(key))) }
      #expect(robot.yaml.contains("weight: 80\n"), "\(keys)")
    }
  }

  @Test("a fault stays in sight when its field is left, and the field is marked")
  func leftFaults() {
    var robot = Robot(.weightedSplit)
    robot.press("<C-u>50MiB<Tab>")
    #expect(robot.screen.contains("error: connection.bufferLimit: "))
    #expect(robot.screen.contains("![50MiB "))
    robot.go(Self.weight)
    robot.press("<C-u>7O<Tab>")
    #expect(robot.screen.contains(Self.fault))
    #expect(robot.screen.contains("!7O "))
    var small = Robot(.weightedSplit, size: Size(rows: 16, columns: 60))
    small.go(Self.weight)
    small.press("<C-u>7O<Tab>")
    #expect(
      small.screen.contains("weight \"7O\" is not"), "on the line of help where the form is full")
  }

  @Test(
    "navigation is free out of an invalid field",
    arguments: [
      "<Tab>", "<S-Tab>", "<Up>", "<Down>", "<Enter>", "<C-n>", "<C-p>", "<C-v>", "<C-y>", "<PgDn>",
      "<PgUp>", "<Esc>1", "<Esc>8", "<C-t>route.metadata.name<Enter>", "<Esc>y", "<Esc>h", "<Esc>j",
    ])
  func free(_ keys: String) {
    var robot = Robot(.weightedSplit)
    robot.go(Self.weight)
    robot.press("<C-u>7O")
    let before = robot.wizard.navigation.focus
    robot.press(keys)
    #expect(robot.wizard.navigation.focus != before)
    #expect(robot.text(Self.weight) == "7O")
  }

  @Test("Esc keeps the text, opens and closes the command strip, and discards nothing")
  func escape() {
    var robot = Robot()
    robot.press("<Esc>2half a na")
    let form = robot.form
    robot.press("<Esc>")
    #expect(robot.wizard.isStripOpen)
    #expect(robot.screen.contains("One command"))
    robot.press("<Esc>")
    #expect(!robot.wizard.isStripOpen)
    #expect(robot.form == form)
    robot.press("<Esc><Enter>x<Esc><Down>y<Esc><C-v>z")
    #expect(robot.text("route.metadata.name") == "half a naxyz")
  }

  @Test("one command after Esc, then typing goes on where the focus is")
  func oneCommand() {
    var robot = Robot()
    robot.press("<Esc>2<Esc>jjj")
    #expect(robot.wizard.navigation.focus == .field(robot.address("route.metadata.namespace")))
    #expect(robot.text("route.metadata.namespace") == "defaultjj")
    robot.press("<Esc>%")
    #expect(robot.wizard.message?.text == "no command: Esc %")
    robot.press("k")
    #expect(robot.text("route.metadata.namespace") == "defaultjjk")
  }

  @Test("Esc closes what is open, and swallows the letter that opened it")
  func swallowed() {
    for letter in ["y", "p", "e", "t", "d", "?", ":", "/", "c"] {
      var robot = Robot()
      robot.press("<Esc>2ab<Esc>\(letter)")
      #expect(robot.wizard.isAnythingOpen, "\(letter)")
      robot.press("<Esc>\(letter)")
      #expect(robot.wizard.panels.isEmpty, "\(letter)")
      #expect(robot.wizard.navigation.focus == .field(robot.address("route.metadata.name")))
      #expect(robot.text("route.metadata.name") == "ab", "\(letter)")
      robot.press("\(letter)")
      #expect(robot.text("route.metadata.name") == "ab\(letter)")
    }
    var robot = Robot()
    robot.press("<Esc>2<C-t><Esc>7")
    #expect(robot.text("route.metadata.name") == "7", "another letter is typed")
  }

  @Test("a letter with Alt is a command in one stroke, also where something is open")
  func alt() {
    var robot = Robot()
    robot.send(.key(.alt("2")))
    #expect(robot.wizard.navigation.step == .gateway)
    robot.send(.key(.alt("p")))
    guard case .problems? = robot.wizard.panels.top else {
      Issue.record("no problems")
      return
    }
    robot.send(.key(.alt("e")))
    guard case .explain? = robot.wizard.panels.top, robot.wizard.panels.count == 1 else {
      Issue.record("no explanation alone")
      return
    }
    robot.send(.key(.alt("e")))
    #expect(robot.wizard.panels.isEmpty)
    robot.send(.key(.alt("y")))
    robot.send(.key(.alt("y")))
    #expect(robot.wizard.navigation.focus == .field(robot.address("route.metadata.name")))
    #expect(robot.form == Robot().form)
  }

  @Test("Esc and a letter are the same command whether they came together or apart")
  func escapeLetter() {
    for step in 1...8 {
      var robot = Robot()
      robot.press("<Esc>\(step)")
      #expect(robot.wizard.navigation.step.rawValue == step)
    }
    var robot = Robot(.tenantHeader)
    robot.press("<Esc>3<Esc>.")
    #expect(robot.wizard.navigation.rule == 1)
    robot.press("<Esc>,")
    #expect(robot.wizard.navigation.rule == 0)
  }

  @Test("nothing printable is a command while a text is edited")
  func printable() {
    var robot = Robot()
    let all = String(decoding: UInt8(0x20)...UInt8(0x7e), as: UTF8.self)
    robot.go("route.metadata.annotations.note")
    for character in all { robot.send(.key(.text(String(character)))) }
    #expect(robot.text("route.metadata.annotations.note") == all)
    #expect(robot.effects.isEmpty)
  }

  @Test("undo takes back a word at a time, and redo gives it back")
  func words() {
    let path = "route.spec.rules[0].backendRefs[0].modelNameOverride"
    var robot = Robot(.singleModel)
    robot.go(path)
    robot.press("hello big world")
    let texts = ["hello big ", "hello ", ""]
    for text in texts {
      robot.press("<C-_>")
      #expect(robot.text(path) == text)
    }
    #expect(robot.form == Recipe.singleModel.form)
    for text in texts.dropLast().reversed() {
      robot.press("<C-r>")
      #expect(robot.text(path) == text)
    }
    robot.press("<C-r>")
    #expect(robot.text(path) == "hello big world")
  }

  @Test("emptying a field and typing into it is one step of undo, whatever empties it")
  func replacing() {
    let path = "route.metadata.name"
    for emptying in ["<C-u>", "<BS>", "<End><C-w>"] {
      var robot = Robot(.singleModel)
      robot.go(path)
      robot.press("old-name<Tab><S-Tab>")
      let (form, steps) = (robot.form, robot.wizard.workspace.history.position.done)
      robot.press("\(emptying)new name of two-parts")
      #expect(robot.wizard.workspace.history.position.done == steps + 1)
      robot.press("<C-_>")
      #expect(robot.form == form)
      robot.press("<C-r>")
      #expect(robot.text(path) == "new name of two-parts")
    }
    var robot = Robot(.singleModel)
    robot.go(path)
    robot.press("old<Tab><S-Tab><C-u>")
    robot.send(.paste("pasted"))
    robot.press("<Tab><S-Tab><End>2<C-_>")
    #expect(robot.text(path) == "pasted")
    robot.press("<C-_>")
    #expect(robot.text(path) == "old")
  }

  @Test("a paste, a row, a switch and a preset are one step of undo each")
  func steps() {
    var robot = Robot(.weightedSplit)
    var forms = [robot.form]
    robot.go("route.metadata.name")
    robot.send(.paste("a-name with words"))
    forms.append(robot.form)
    for command in ["add-backend", "remove-row", "add-rule", "duplicate-rule", "remove-rule"] {
      robot.run(command)
      forms.append(robot.form)
    }
    robot.press("<Esc>1<Tab><Enter>")
    forms.append(robot.form)
    robot.press("<Esc>4")
    for (one, next) in zip(forms, forms.dropFirst()) { #expect(one != next) }
    #expect(robot.wizard.workspace.history.position.done == forms.count - 1)
    for form in forms.dropLast().reversed() {
      robot.press("<Esc>u")
      #expect(robot.form == form)
    }
    for form in forms.dropFirst() {
      robot.press("<Esc>U")
      #expect(robot.form == form)
    }
  }

  @Test("undo looks at what it took back")
  func undoFocus() {
    var robot = Robot()
    robot.press("<Esc>2abc<Esc>6<C-_>")
    #expect(robot.wizard.navigation.step == .gateway)
    #expect(robot.wizard.navigation.focus == .field(robot.address("route.metadata.name")))
    #expect(robot.wizard.navigation.editor.text == "")
  }

  @Test("a new edit after an undo leaves nothing to redo")
  func forked() {
    var robot = Robot()
    robot.press("<Esc>2abc<C-_>xyz<C-r>")
    #expect(robot.text("route.metadata.name") == "xyz")
  }

  @Test("typing that changes nothing is no step of undo")
  func nothing() {
    var robot = Robot()
    robot.press("<Esc>2<BS><Del><C-k><C-u><Left><Right><Home><End>")
    #expect(robot.wizard.workspace.history.position.total == 0)
    #expect(!robot.wizard.workspace.isDirty)
  }

  @Test("switching to a pool says first what stops, and undo brings it back")
  func pool() {
    var robot = Robot(.weightedSplit)
    let form = robot.form
    robot.press("<Esc>7")
    #expect(robot.screen.contains("- backends: openai-backend, azure-openai-backend"))
    robot.press("<Space>")
    #expect(robot.form == form, "asked first")
    #expect(robot.screen.contains("weights (a pool has nothing to share with)"))
    robot.press("<Esc>")
    #expect(robot.form == form)
    robot.press("<Space><Enter>")
    #expect(robot.form.rules[0]["backendRefs"]?.items.count == 1)
    #expect(robot.wizard.isPoolRule)
    robot.press("<C-_>")
    #expect(robot.form == form)
  }

  @Test("keeping leaves the fields on the pool")
  func poolKeeping() {
    var robot = Robot(.weightedSplit)
    robot.press("<Esc>7<Space><Right><Enter>")
    #expect(robot.form.rules[0]["backendRefs"]?[0]?["weight"] == .integer(80))
    #expect(robot.wizard.isPoolRule)
  }

  @Test("the pool is asked about by name of command as well")
  func poolCommand() {
    var robot = Robot(.weightedSplit)
    let form = robot.form
    robot.run("use-pool")
    #expect(robot.form == form)
    #expect(robot.wizard.panels.count == 1)
  }

  @Test("a fix is one step of undo")
  func fix() {
    var robot = Robot(.singleModel)
    robot.go("route.metadata.name")
    robot.press("openai-route")
    robot.run("add-backend")
    robot.press("fallback<Tab><Tab><Tab>1")
    let form = robot.form
    robot.press("<Esc>f")
    #expect(robot.form != form)
    #expect(robot.form.writesRetry, "\(robot.wizard.message?.text ?? "")")
    robot.press("<C-_>")
    #expect(robot.form == form)
  }

  @Test("a paste never runs a command: it lands in the text field or nowhere")
  func paste() {
    var robot = Robot(.singleModel)
    robot.press("<Esc>8<Esc>")
    robot.effects = []
    let form = robot.form
    robot.send(.paste("wqxDafU1\n\n"))
    #expect(robot.effects.isEmpty)
    #expect(robot.form == form)
    #expect(robot.wizard.navigation.step == .review)
    #expect(robot.wizard.panels.isEmpty)
    robot.press("<Esc>2")
    robot.send(.paste("a\nq\tb"))
    #expect(robot.text("route.metadata.name") == "aq b")
    robot.press("<C-_>")
    #expect(robot.form == form)
  }

  @Test("a paste into a dialog chooses nothing")
  func pasteIntoDialog() {
    var robot = Robot(.weightedSplit)
    robot.press("<Esc>2abc<C-x>")
    robot.send(.paste("d\n"))
    #expect(robot.effects.isEmpty)
    #expect(robot.wizard.panels.count == 1)
  }

  @Test("rows are moved, duplicated and removed where the focus is, and keep the focus")
  func rows() {
    let path = "route.spec.rules[0].backendRefs[0].name"
    var robot = Robot(.weightedSplit)
    robot.go(path)
    robot.press("<Esc>>")
    #expect(robot.names == ["azure-openai-backend", "openai-backend"])
    robot.press("<Esc><lt>")
    #expect(robot.names == ["openai-backend", "azure-openai-backend"])
    robot.press("<Esc>D")
    #expect(robot.names == ["openai-backend", "openai-backend", "azure-openai-backend"])
    robot.press("<Esc>x")
    #expect(robot.names == ["openai-backend", "azure-openai-backend"])
    robot.press("<Ins>mid")
    #expect(robot.names == ["openai-backend", "azure-openai-backend", "mid"])
  }

  @Test("the text an editor gives back is one line and one step of undo")
  func editor() {
    var robot = Robot(.singleModel)
    robot.go("route.metadata.name")
    robot.press("<Esc>v")
    #expect(robot.effects == [.editText("")])
    _ = robot.wizard.handle(.edited("from-the-editor\n"))
    #expect(robot.text("route.metadata.name") == "from-the-editor")
    _ = robot.wizard.handle(.edited(nil))
    #expect(robot.text("route.metadata.name") == "from-the-editor")
    robot.press("<C-_>")
    #expect(robot.form == Recipe.singleModel.form)
  }

  @Test("what is chosen from a few values goes around with the space bar")
  func choices() {
    let path = "route.spec.rules[0].matches[0].headers[0].type"
    var robot = Robot(.singleModel)
    robot.go(path)
    robot.press(" ")
    #expect(robot.text(path) == "RegularExpression")
    robot.press("<Right>")
    #expect(robot.text(path) == "Exact")
    robot.press("<Left>")
    #expect(robot.text(path) == "RegularExpression")
    robot.press("xE8<BS>")
    #expect(robot.text(path) == "RegularExpression", "letters do nothing")
    robot.press("<Esc>o<Up><Enter>")
    #expect(robot.text(path) == "Exact")
    robot.go("route.apiVersion")
    robot.press(" ")
    #expect(robot.yaml.contains("apiVersion: aigateway.envoyproxy.io/v1beta1\n"))
  }

  // MARK: Cards

  private func hostnames(_ robot: Robot) -> [String] {
    robot.form.route["spec"]?["hostnames"]?.items.map { $0.text ?? "?" } ?? []
  }

  @Test("the rows of a list in a card are added, removed, duplicated and moved like any others")
  func cardRows() {
    var robot = Robot(.singleModel)
    robot.go("route.spec.hostnames[0]")
    robot.press("a.io<M-a>b.io")
    #expect(hostnames(robot) == ["a.io", "b.io"])
    #expect(robot.form.parentRefs.count == 1, "nothing is added beside the card")
    robot.send(.key(.alt("<")))
    #expect(hostnames(robot) == ["b.io", "a.io"])
    robot.press("<M-D>")
    #expect(hostnames(robot) == ["b.io", "b.io", "a.io"])
    robot.press("<M-x>")
    #expect(hostnames(robot) == ["b.io", "a.io"])
    #expect(robot.screen.contains("< Remove > < Up > < Down > < Duplicate >"))
    robot.press("<M-u><M-u><M-u>")
    #expect(hostnames(robot) == ["a.io", "b.io"])
  }

  @Test("a row with a card of its own opens when it is added, and goes from within")
  func cardRowCards() {
    var robot = Robot(.failoverPair)
    let list = "retry.spec.responseOverride"
    func cards() -> [String] { robot.wizard.navigation.cards.map { "\($0)" } }
    robot.go(list)
    robot.press("<Enter>")
    #expect(cards() == [list, "\(list)[0]"])
    robot.press("<M-a>")
    #expect(cards() == [list, "\(list)[1]"])
    #expect(robot.form.rules[0]["backendRefs"]?.items.count == 2)
    robot.press("<M-x>")
    #expect(robot.form.value(at: robot.address(list))?.items.count == 1)
    #expect(cards() == [list], "the row's card went with it")
  }

  @Test("a label is removed as a row is")
  func labels() {
    var robot = Robot(.singleModel)
    robot.go("route.metadata.labels.team")
    robot.press("a<M-x>")
    #expect(robot.form.route["metadata"]?["labels"] == nil)
  }

  @Test("an exact path leads to the row behind the last one, and says why to no other")
  func nextRow() {
    var robot = Robot(.singleModel)
    robot.go("route.spec.rules[1].name")
    robot.press("second")
    #expect(robot.text("route.spec.rules[1].name") == "second")
    robot.go("route.spec.parentRefs[1].name")
    robot.press("gw")
    let parent = robot.form.parentRefs[1]
    #expect(parent["kind"]?.text == "Gateway" && parent["name"]?.text == "gw")
    let before = robot.form
    for path in [
      "route.spec.rules[7].name", "route.spec.rules[2].backendRefs[5].name",
      "route.spec.hostnames[2]", "grant[0].metadata.name",
    ] {
      robot.go(path)
      #expect(robot.wizard.message?.role == .warning, "\(path)")
      #expect(robot.form == before)
    }
  }

  @Test("a pool without a name is a fault of step 7, where it has its field")
  func namelessPool() {
    var robot = Robot(.inferencePool)
    robot.go("route.spec.rules[0].backendRefs[0].name")
    robot.press("<C-u><Esc>1")
    #expect(robot.screen.contains("7!Pool") && robot.screen.contains("4-Splits"))
    robot.go("route.spec.rules[0].backendRefs[0].name")
    #expect(robot.wizard.navigation.step == .pool)
  }

  @Test("a save as that is not gone through with changes no place")
  func savingElsewhere() {
    var robot = Robot(.singleModel, output: "mine.yaml")
    for key in ["<Esc>", "<Tab><Enter>"] {
      robot.press("<Esc>W<C-u>other.yaml<Enter>")
      #expect(robot.wizard.workspace.outputPath == "other.yaml")
      robot.answer(.absent)
      robot.press(key == "<Esc>" ? key : "<S-Tab><S-Tab><S-Tab><Tab><Tab><Tab><Enter>")
      #expect(robot.wizard.workspace.outputPath == "mine.yaml", "\(key)")
    }
    robot.press("<Esc>W<C-u>other.yaml<Enter>")
    robot.answer(.unreadable("no"))
    robot.choose("Save as")
    #expect(robot.screen.contains("Save as (a file"))
    robot.press("<Esc>")
    #expect(
      robot.wizard.workspace.outputPath == "mine.yaml", "asked for yet another place, and given up")
  }
}
