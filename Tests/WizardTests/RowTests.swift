import Lint
import YAML
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("rows and their buttons")
struct RowTests {
  private static let refs = "route.spec.rules[0].backendRefs"

  @Test("the buttons below a table name the row they act on, and Up goes back to its cell")
  func named() {
    var robot = Robot(.weightedSplit)
    robot.go("\(Self.refs)[1].weight")
    #expect(robot.screen.contains("row 2: azure-openai"))
    robot.press("<Down>")
    #expect(robot.isOn(button: "Add backend") || robot.isOn(button: "Up"))
    #expect(robot.screen.contains("row 2: azure-openai"))
    #expect(
      robot.screen.split(separator: "\n").contains {
        $0.hasPrefix(">") && $0.contains("azure-openai-backend")
      })
    robot.press("<Up>")
    #expect(robot.wizard.navigation.focus == .field(robot.address("\(Self.refs)[1].weight")))
  }

  @Test("other fields of the step leave the row marked, and its buttons act on it")
  func remembered() {
    var robot = Robot(.failoverPair)
    robot.go("\(Self.refs)[1].name")
    robot.press("<C-u>second")
    robot.go("retry.spec.retry.numRetries")
    #expect(robot.screen.contains("row 2: second"))
    #expect(
      robot.screen.split(separator: "\n").contains { $0.hasPrefix(">") && $0.contains("second") })
    while !robot.isOn(button: "Remove") { robot.press("<S-Tab>") }
    robot.press("<Enter>")
    #expect(robot.names.count == 1 && !robot.names.contains("second"))
  }

  @Test("a card leaves the row of the step as it was")
  func cardLeavesRow() {
    var robot = Robot(.failoverPair)
    robot.go("\(Self.refs)[1].name")
    robot.press("<C-u>second")
    while !robot.isOn(button: "All of the policy") { robot.press("<Tab>") }
    robot.press("<Enter>")
    while !robot.isOn(button: "Done") { robot.press("<Tab>") }
    robot.press("<Enter>")
    #expect(robot.isOn(button: "All of the policy"))
    #expect(robot.screen.contains("row 2: second"))
  }

  @Test("the card of a policy leads to each of its fields")
  func wholePolicy() {
    var robot = Robot(.failoverPair, size: Size(rows: 40, columns: 120))
    robot.press("<Esc>4")
    for title in ["All of the policy", "bandwidthLimit", "request", "limit"] {
      while !robot.isOn(button: title) { robot.press("<Tab>") }
      robot.press("<Enter>")
    }
    robot.go("retry.spec.bandwidthLimit.request.limit.value")
    robot.press("10Mi")
    robot.go("retry.spec.bandwidthLimit.request.limit.unit")
    robot.press("<Right>")
    #expect(robot.yaml.contains("  bandwidthLimit:\n    request:\n      limit:\n"))
    #expect(robot.yaml.contains("value: 10Mi\n"))
    #expect(robot.wizard.workspace.form.invalidTexts.isEmpty)
  }

  @Test("Model names has the headers and body of the row, and what it is sent")
  func changesOfRow() {
    var robot = Robot(.weightedSplit)
    robot.go("\(Self.refs)[1].modelNameOverride")
    robot.press("gpt-4o-eu")
    #expect(robot.screen.contains("< Headers of backend 2: none >"))
    #expect(!robot.screen.contains("Headers of backend 1"))
    #expect(robot.screen.contains("azure-openai-backend is sent gpt-4o-eu."))
    while !robot.isOn(button: "Headers of backend 2") { robot.press("<Tab>") }
    #expect(robot.screen.contains("< Headers of backend 2: none >"))
  }

  @Test("too many rules are told in their step")
  func tooManyRules() {
    var robot = Robot(.singleModel)
    robot.press("<Esc>3")
    for _ in 0..<15 { robot.run("add-rule") }
    #expect(robot.form.rules.count == 16)
    #expect(robot.screen.contains("rules has 16 items"))
  }

  @Test("Remove on Model names removes the override, not the backend")
  func override() {
    var robot = Robot(.weightedSplit)
    robot.go("\(Self.refs)[1].modelNameOverride")
    robot.press("sent")
    while !robot.isOn(button: "Remove") { robot.press("<Tab>") }
    robot.press("<Enter>")
    #expect(robot.text("\(Self.refs)[1].modelNameOverride") == "")
    #expect(robot.names.count == 2)
    robot.press("<Esc>x")
    #expect(robot.names.count == 2)
  }

  @Test("labels are added, typed and removed with Tab and Enter alone")
  func labels() {
    var robot = Robot(.singleModel)
    robot.press("<Esc>2")
    while !robot.isOn(button: "Labels: none") { robot.press("<Tab>") }
    robot.press("<Enter>")
    #expect(robot.isOn(button: "Add"))
    robot.press("<Enter>team<Enter>ml")
    #expect(robot.yaml.contains("  labels:\n    team: ml\n"))
    robot.press("<Tab><Enter>app.kubernetes.io/name<Enter>llm")
    #expect(robot.yaml.contains("    app.kubernetes.io/name: llm\n"))
    while !robot.isOn(button: "Remove") { robot.press("<Tab>") }
    #expect(robot.screen.contains("app.kubernetes.io/name"))
    robot.press("<Enter>")
    #expect(!robot.yaml.contains("app.kubernetes.io/name"))
    #expect(robot.yaml.contains("    team: ml\n"))
    while !robot.isOn(button: "Done") { robot.press("<Tab>") }
    robot.press("<Enter>")
    #expect(robot.isOn(button: "Labels: 1 key"))
  }

  @Test("an annotation's key is renamed in its card, where it stands; undo takes it back")
  func renaming() {
    var robot = Robot(.singleModel)
    let map = "route.metadata.annotations"
    for key in ["a", "b", "c"] {
      robot.go("\(map).\(key)")
      robot.press("v\(key)")
    }
    robot.go("\(map).b")
    robot.run("rename-key")
    robot.press("<C-u>example.com/team<Enter>")
    let renamed = "    a: va\n    example.com/team: vb\n    c: vc\n"
    #expect(robot.yaml.contains(renamed))
    robot.press("<C-_>")
    #expect(robot.yaml.contains("    a: va\n    b: vb\n    c: vc\n"))
    robot.press("<C-r>")
    #expect(robot.yaml.contains(renamed))
    robot.go("\(map).c")
    while !robot.isOn(button: "Rename") { robot.press("<Tab>") }
    robot.press("<Enter><C-u>a<Enter>")
    #expect(robot.screen.contains("a exists already"))
    #expect(robot.yaml.contains(renamed))
    robot.press("<Esc>")
    robot.run("rename-key")
    #expect(robot.screen.contains("no label or annotation has the focus"))
  }

  @Test("every command is reached with Tab, arrows and Enter")
  func menu() {
    let start = Robot(.weightedSplit)
    for (place, command) in start.wizard.context.menu("").enumerated() {
      var robot = start
      while !robot.isOn(button: "Menu") { robot.press("<Tab>") }
      robot.press("<Enter>")
      for _ in 0..<place { robot.press("<Down>") }
      let selected = robot.screen.split(separator: "\n").last { $0.contains("│ >") }
      #expect(selected?.contains(" \(command.rawValue) ") == true, "\(command)")
      robot.press("<Enter>")
      if case .menu? = robot.wizard.panels.top, command != .menu, command != .toggle {
        Issue.record("\(command) was not run")
      }
    }
    var robot = start
    robot.run("menu")
    robot.press("backend")
    #expect(robot.wizard.context.menu("backend").contains(.addBackend))
    #expect(robot.screen.contains("add-backend") && !robot.screen.contains("kustomization"))
  }

  @Test("a command of the menu acts on the field that one came from to its button")
  func menuField() {
    var robot = Robot(.singleModel)
    robot.go("route.spec.rules[0].timeouts.request")
    robot.press("5 min")
    robot.press("<Esc>j<Esc>k")
    while !robot.isOn(button: "Menu") {
      let focus = robot.wizard.navigation.focus
      robot.press(
        focus == .field(robot.address("route.spec.rules[0].timeouts.request"))
          ? "<Up>" : "<Tab>")
    }
    robot.press("<Enter>fix<Enter>")
    #expect(robot.text("route.spec.rules[0].timeouts.request") == "5m")
  }

  @Test("what was removed, undone and redone is named")
  func told() {
    var robot = Robot(.weightedSplit)
    robot.go("\(Self.refs)[0].weight")
    robot.press("<Tab><S-Tab>70<C-_>")
    #expect(
      robot.wizard.message?.text
        == "undone: rule 1 (gpt-4o): weight of openai-backend 80 -> 70")
    robot.press("<C-r>")
    #expect(
      robot.wizard.message?.text
        == "redone: rule 1 (gpt-4o): weight of openai-backend 80 -> 70")
    robot.press("O<C-_>")
    #expect(
      robot.wizard.message?.text.hasPrefix("undone: ") == true
        && robot.wizard.message?.text.hasSuffix("a change") == false)
    robot.run("remove-row")
    #expect(robot.wizard.message?.text == "removed backend 1 (openai-backend); ^_ brings it back")
    robot.press("<C-_>")
    #expect(
      robot.wizard.message?.text
        == "undone: rule 1 (gpt-4o): backendRefs: openai-backend removed")
    robot.press("<C-r>")
    robot.run("remove-rule")
    #expect(robot.wizard.message?.text == "removed rule 1 (gpt-4o); ^_ brings it back")
  }

  @Test(
    "every change by a command is named",
    arguments: [
      ("add-backend", "added backend 3"), ("add-row", "added backend 2"),
      ("add-rule", "added rule 2"), ("add-match", "added match 2"),
      ("add-header", "added header 2"), ("add-gateway", "added Gateway 2"),
      ("duplicate-row", "added backend 2, a copy of backend 1 (openai-backend)"),
      ("duplicate-rule", "added rule 2, a copy of rule 1 (gpt-4o)"),
      ("move-row-down", "moved backend 1 (openai-backend) to 2"),
      ("file-per-object", "one file per object, in aigatewayroute/"),
      ("kustomization", "with a kustomization.yaml"),
    ])
  func named(_ command: String, _ words: String) {
    var robot = Robot(.weightedSplit)
    robot.go("\(Self.refs)[0].name")
    robot.run(command)
    #expect(robot.wizard.message?.text == words)
  }

  @Test("every change by a button, a switch and a choice is named")
  func namedButtons() {
    var robot = Robot(.weightedSplit)
    robot.press("<Esc>1<Tab><Enter>")
    #expect(
      robot.wizard.message?.text
        == "ClientTrafficPolicy client-buffer-limit: connection.bufferLimit 50Mi -> 1Mi")
    robot.press("<Esc>4")
    while !robot.isOn(button: "Write BackendTrafficPolicy") { robot.press("<Tab>") }
    robot.press("<Space>")
    #expect(robot.wizard.message?.text == "BackendTrafficPolicy added")
    robot.go("route.apiVersion")
    robot.press("<Space>")
    #expect(
      robot.wizard.message?.text.contains("v1alpha1 -> aigateway.envoyproxy.io/v1beta1") == true)
    robot.go("\(Self.refs)[0].name")
    robot.press("<Esc>7<Space><Enter>")
    #expect(!robot.screen.contains("error: name is required"), "the pool's name was not left yet")
    #expect(
      robot.wizard.message?.text
        == "rule 1 (gpt-4o) goes to an InferencePool; ^_ brings its backends back")
  }

  @Test("a text cut in a table ends in a tilde, a choice in its short name")
  func cut() {
    var robot = Robot(.weightedSplit)
    robot.go("\(Self.refs)[0].name")
    robot.send(.paste(String(repeating: "long-", count: 12) + "name"))
    robot.press("<Tab>")
    #expect(robot.screen.contains("openai-backendlong-long-long-long-lo~"))
    robot.go("route.spec.rules[0].matches[0].headers[0].type")
    robot.press("<Space><Tab>")
    #expect(robot.screen.contains(" Regex "))
  }

  @Test("a name takes the columns that its neighbours do not need")
  func neighbours() {
    var robot = Robot(.weightedSplit, size: Size(rows: 40, columns: 120))
    robot.go("\(Self.refs)[0].name")
    robot.press("<C-u>backend-of-21-letters<Tab>")
    #expect(robot.screen.contains(" backend-of-21-letters  (route's) "))
    robot.press("<S-Tab>")
    #expect(robot.screen.contains("> backend-of-21-letters "))
  }

  @Test("a cell that is arrived at shows its text from the beginning")
  func beginning() {
    for keys in ["<Tab><S-Tab>", "<Down><Up>"] {
      var robot = Robot(.weightedSplit)
      robot.go("\(Self.refs)[0].name")
      robot.send(.paste(String(repeating: "long-", count: 12) + "name"))
      #expect(robot.screen.contains("long-name"), "while it is typed, its end is seen")
      robot.press(keys)
      #expect(robot.screen.contains("> openai-backendlong-"))
      #expect(robot.isCursorOnFocus == true)
      robot.press("<End>x")
      #expect(robot.screen.contains("long-namex"))
    }
  }

  @Test("lines that are pasted into one are told")
  func joined() {
    var robot = Robot(.singleModel)
    robot.go("route.metadata.name")
    robot.send(.paste("a\nb\nc"))
    #expect(robot.wizard.message?.text == "3 lines joined")
    #expect(robot.text("route.metadata.name") == "abc")
  }
}

@Suite("what is told")
struct MessageTests {
  @Test("errors come first, then what belongs to the focus; no default of the wizard is a problem")
  func order() {
    var robot = Robot()
    #expect(!robot.wizard.workspace.analysis.problems.contains { $0.severity == .info })
    robot.go("route.spec.rules[0].backendRefs[0].name")
    let problems = robot.wizard.context.problems
    #expect(problems.first?.severity == .error)
    #expect(problems.map(\.severity) == problems.map(\.severity).sorted())
    if problems.contains(where: {
      $0.address == robot.address("route.spec.rules[0].backendRefs[0].name")
    }
    ) {
      #expect(problems[0].address == robot.address("route.spec.rules[0].backendRefs[0].name"))
    }
    robot.press("<Esc>8")
    #expect(!robot.wizard.workspace.analysis.remarks.isEmpty)
    var several = Robot(.tenantHeader, size: Size(rows: 60, columns: 200))
    several.go("route.spec.rules[1].backendRefs[0].weight")
    several.press("x<Esc>8")
    #expect(several.screen.contains("error: rule 2 (gpt-4o), backendRefs[0].weight: "))
    #expect(
      robot.wizard.page.lines.contains {
        if case .jump(_, let line, _) = $0.content { line.text.hasPrefix("info: ") } else { false }
      })
  }

  @Test(
    "Esc f repairs what is plainly meant",
    arguments: [
      ("route.metadata.name", "My_Route", "my-route"),
      ("route.spec.rules[0].timeouts.request", "5 min", "5m"),
      ("route.spec.rules[0].timeouts.request", "30 seconds", "30s"),
      ("policy.spec.connection.bufferLimit", "50MB", "50M"),
      ("policy.spec.connection.bufferLimit", "50 mib", "50Mi"),
      ("route.spec.rules[0].backendRefs[0].weight", "7O", "70"),
    ])
  func repairs(path: String, typed: String, repaired: String) {
    var robot = Robot(.singleModel)
    robot.go(path)
    robot.press("<C-u>")
    robot.send(.paste(typed))
    robot.press("<Tab><S-Tab>")
    #expect(robot.screen.contains("[Esc f: fix]"))
    robot.press("<Esc>f")
    #expect(robot.text(path) == repaired)
    robot.press("<C-_>")
    #expect(robot.text(path) == typed)
  }

  @Test("help says the meaning first, and how to read on where it is cut; buttons have their own")
  func help() {
    var robot = Robot(.weightedSplit)
    robot.go("route.spec.rules[0].backendRefs[0].weight")
    let explained = robot.wizard.context.explanation[0].text
    #expect(explained.hasSuffix(")") && explained.contains("default 1"))
    #expect(!explained.hasPrefix("weight"))
    robot.go("route.spec.rules[0].timeouts.backendRequest")
    let text = robot.wizard.context.explanation[0].text
    #expect(text.count < 78 || robot.screen.contains(" ... Esc e"))
    for step in 1...8 {
      robot.press("<Esc>\(step)")
      let first = robot.wizard.navigation.focus
      repeat {
        let lines = robot.wizard.context.explanation
        #expect(!lines.isEmpty && !lines[0].text.isEmpty)
        for line in lines {
          for tag in ["-CRD", ".md", "Said by", "advice, "] {
            #expect(!line.text.contains(tag), "\(line.text)")
          }
        }
        switch robot.wizard.navigation.focus {
        case .button, .toggle:
          #expect(lines[0].text != robot.wizard.navigation.step.summary)
        case .field, .jump, .yaml: break
        }
        robot.press("<Tab>")
      } while robot.wizard.navigation.focus != first
    }
  }

  @Test("every line of the first screen is reached by its number, and ^X ^Q ^C Esc q leave it")
  func start() {
    let drafts = (1...3).map { DraftNote(name: "d\($0)", description: "") }
    var robot = Robot()
    robot.wizard.panels.open(.start(StartPanel(drafts: drafts)))
    #expect(robot.screen.contains("touches no cluster"))
    for keys in ["<C-x>", "<C-q>", "<C-c>", "<Esc>q"] {
      var other = robot
      other.press(keys)
      guard case .quit(let leaving)? = other.effects.last else {
        Issue.record("\(keys) does not leave")
        continue
      }
      #expect(leaving.status == 0)
    }
    for (number, name) in [("09", "d1"), ("10", "d2"), ("11", "d3")] {
      var other = robot
      other.press(number)
      #expect(other.effects == [.recover(name)], "\(number)")
    }
    var other = robot
    other.press("02")
    #expect(other.form == Recipe.allCases[1].form && other.wizard.panels.isEmpty)
    robot.press("<C-g>")
    #expect(robot.wizard.panels.count == 2)
    robot.press("<Esc>")
    #expect(robot.wizard.panels.top?.isStart == true)
    robot.press("<Esc>8")
    #expect(robot.wizard.navigation.step == .buffer && robot.wizard.panels.count == 1)
  }
}
