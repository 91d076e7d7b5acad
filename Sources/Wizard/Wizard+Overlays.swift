import Manifest
import RouteForm
import Screen

extension Overlay {
  mutating func setEditor(_ editor: LineEditor) {
    switch self {
    case .goTo: self = .goTo(editor, selection: 0)
    case .palette: self = .palette(editor, selection: 0)
    case .prompt(var prompt):
      prompt.editor = editor
      self = .prompt(prompt)
    case .start, .routes, .menu, .dialog, .pager, .simulator, .choices: break
    }
  }
}

extension Wizard {
  /// A key for the overlay on top. Esc closes it, and loses nothing.
  mutating func pressInOverlay(_ key: Key) -> [Effect] {
    if case .simulator = model.overlays.last, key != .escape { return pressInSimulator(key) }
    guard let overlay = model.overlays.popLast() else { return [] }
    if key == .escape {
      keepOutput()
      return []
    }
    if key == .enter { return accept(overlay) }
    var next = overlay
    let effects = steer(&next, key)
    if let effects { return effects }
    model.overlays.append(next)
    return []
  }

  /// Moves in an overlay; gives effects when the key closed it.
  private mutating func steer(_ overlay: inout Overlay, _ key: Key) -> [Effect]? {
    switch overlay {
    case .start(let selection):
      let count = Recipe.allCases.count + 1 + model.drafts.count
      overlay = .start(selection: moved(selection, key, count: count))
      if let number = digit(key), (1...count).contains(number) {
        return accept(.start(selection: number - 1))
      }
    case .routes(let selection):
      overlay = .routes(
        selection: moved(selection, key, count: model.form.routePlaces.count))
    case .goTo(var editor, let selection):
      if editor.handle(key) {
        overlay = .goTo(editor, selection: 0)
      } else {
        overlay = .goTo(
          editor, selection: moved(selection, key, count: destinations(editor.text).count))
      }
    case .palette(var editor, let selection):
      if editor.handle(key) {
        overlay = .palette(editor, selection: 0)
      } else {
        overlay = .palette(
          editor, selection: moved(selection, key, count: commands(editor.text).count))
      }
    case .menu(let selection):
      overlay = .menu(selection: moved(selection, key, count: Command.allCases.count))
    case .prompt(var prompt):
      _ = prompt.editor.handle(key)
      overlay = .prompt(prompt)
    case .dialog(var dialog):
      switch key {
      case .left, .backtab: dialog.selection = max(0, dialog.selection - 1)
      case .right, .tab:
        dialog.selection = (dialog.selection + 1) % max(1, dialog.choices.count)
      case .up: dialog.top = max(0, dialog.top - 1)
      case .down: dialog.top = min(max(0, dialog.lines.count - 1), dialog.top + 1)
      case .pageUp: dialog.top = max(0, dialog.top - 10)
      case .pageDown: dialog.top = min(max(0, dialog.lines.count - 1), dialog.top + 10)
      case .text(let text):
        if let choice = dialog.choices.first(where: { $0.title.lowercased().hasPrefix(text) }) {
          return answer(choice.answer)
        }
      default: break
      }
      overlay = .dialog(dialog)
    case .pager(var pager):
      let command = key.letter.flatMap { keymap[letter: $0] }
      if command == .fix, pager.kind == .problems {
        let problems = derived.problems
        if problems.indices.contains(pager.selection) { fix(problems[pager.selection]) }
      }
      if command == pager.kind.command { return [] }
      let count =
        pager.kind == .problems
        ? derived.problems.count + derived.elsewhere.count : pagerLines(pager).count
      pager.selection = moved(pager.selection, key, count: count)
      overlay = .pager(pager)
    case .simulator: break
    case .choices(let address, let choices, let selection):
      overlay = .choices(
        address, choices, selection: moved(selection, key, count: choices.count))
    }
    return nil
  }

  private func digit(_ key: Key) -> Int? {
    if case .text(let text) = key { Int(text) } else { nil }
  }

  private func moved(_ selection: Int, _ key: Key, count: Int) -> Int {
    guard count > 0 else { return 0 }
    switch key {
    case .down, .tab, .control("n"), .text("j"): return (selection + 1) % count
    case .up, .backtab, .control("p"), .text("k"): return (selection + count - 1) % count
    case .pageDown: return min(count - 1, selection + 10)
    case .pageUp: return max(0, selection - 10)
    case .home: return 0
    case .end: return count - 1
    default: return min(selection, count - 1)
    }
  }

  /// Enter in an overlay, which is closed already.
  private mutating func accept(_ overlay: Overlay) -> [Effect] {
    switch overlay {
    case .start(let selection):
      let recipes = Recipe.allCases
      let recovered = selection - recipes.count - 1
      if recipes.indices.contains(selection) {
        begin(recipes[selection].form)
      } else if model.drafts.indices.contains(recovered) {
        return [.recover(model.drafts[recovered].name)]
      } else {
        model.overlays.append(overlay)
        askForFile()
      }
    case .routes(let selection):
      let places = model.form.routePlaces
      if places.indices.contains(selection) { choose(route: places[selection]) }
    case .goTo(let editor, let selection):
      let found = destinations(editor.text)
      guard found.indices.contains(selection) else {
        model.message = StyledLine("no such place: \(editor.text)", .warning)
        return []
      }
      jump(to: found[selection])
    case .palette(let editor, let selection):
      let found = commands(editor.text)
      guard found.indices.contains(selection) else {
        model.message = StyledLine("no such command: \(editor.text)", .warning)
        return []
      }
      return run(found[selection])
    case .menu(let selection):
      let all = Command.allCases
      return all.indices.contains(selection) ? run(all[selection]) : []
    case .prompt(let prompt): return answer(prompt)
    case .dialog(let dialog):
      return dialog.choices.indices.contains(dialog.selection)
        ? answer(dialog.choices[dialog.selection].answer) : []
    case .pager(let pager):
      if pager.kind == .problems, derived.problems.indices.contains(pager.selection) {
        go(to: derived.problems[pager.selection].address)
      }
    case .simulator: break
    case .choices(let address, let choices, let selection):
      if choices.indices.contains(selection) { perform(.fill(address, choices[selection])) }
    }
    return []
  }

  private mutating func answer(_ prompt: Prompt) -> [Effect] {
    let text = prompt.editor.text
    guard !text.isEmpty else { return [] }
    switch prompt.purpose {
    case .saveAs:
      if model.formerOutput == nil { model.formerOutput = model.output }
      model.output.path = text
      return startSaving()
    case .open: return [.read([text], .open)]
    case .search:
      model.search = text
      find(forward: true)
      return []
    }
  }

  mutating func answer(_ answer: Dialog.Answer) -> [Effect] {
    if !model.overlays.isEmpty, case .dialog = model.overlays.last { model.overlays.removeLast() }
    switch answer {
    case .cancel:
      model.leavesAfterSaving = false
      keepOutput()
    case .saveAndLeave:
      model.leavesAfterSaving = true
      return startSaving()
    case .keepAndLeave: return [.quit(leaving(keepingDraft: true))]
    case .discardAndLeave: return [.quit(leaving(keepingDraft: false))]
    case .write: return [.write(model.files.isEmpty ? targets : changedTargets)]
    case .saveAs: askForPath()
    case .open: askForFile()
    case .takeTheirs: return [.read(model.files.map(\.path), .open)]
    case .reread:
      model.disk.merge(model.lastRead) { $1 }
      return run(.diff)
    case .problems:
      keepOutput()
      return run(.problems)
    case .pool(let rule, let keeping):
      let before = now
      let outcome = model.form.perform(.usePool(rule: rule, keeping: keeping))
      model.history.record(before, .single)
      model.history.close()
      derived.follow(model.form)
      if let address = outcome.focus { go(to: address) }
    case .copyYAML:
      followPreview()
      return [.copy(paneListing.text)]
    case .copyPath:
      if case .field(let address) = model.focus { return [.copy("\(address)")] }
    case .copyCommand: return sameCommand.map { [.copy($0)] } ?? []
    }
    return []
  }

  /// Goes back to where the manifests went before a "save as" that did not come to saving.
  private mutating func keepOutput() {
    if let former = model.formerOutput { model.output = former }
    model.formerOutput = nil
  }

  /// The commands that fit what was typed in the palette; an exact name comes first.
  func commands(_ text: String) -> [Command] {
    let wanted = text.lowercased()
    if let exact = Command(rawValue: wanted) { return [exact] }
    return Command.allCases.filter { command in
      wanted.isEmpty || Fuzzy.fits(wanted, command.rawValue)
        || Array(command.summary.utf8)[...].contains(Array(wanted.utf8))
        || keymap.routes(to: command).contains { $0.lowercased() == wanted }
    }
  }

  /// The lines of a text to scroll through.
  func pagerLines(_ pager: Pager) -> [StyledLine] {
    switch pager.kind {
    case .problems:
      derived.problems.map { StyledLine($0.text) }
        + derived.elsewhere.map { StyledLine(text(of: $0), .hint) }
    case .explain: explanation
    case .diff: pager.lines
    }
  }
}

extension Key {
  /// The single letter of a typed key.
  var letter: Character? { if case .text(let text) = self { text.first } else { nil } }
}

/// Loose matching of what is typed against a name.
enum Fuzzy {
  /// Whether the letters of `wanted` stand in `name` in their order.
  static func fits(_ wanted: String, _ name: String) -> Bool {
    var rest = name.lowercased().utf8[...]
    for byte in wanted.lowercased().utf8 where byte != UInt8(ascii: " ") {
      guard let place = rest.firstIndex(of: byte) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }
}
