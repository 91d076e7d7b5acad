import YAML
import RouteForm
import Screen

extension Wizard {
  /// One key, wherever it goes: the command strip, the panel on top, the focused text, or a
  /// command.
  mutating func press(_ key: Key) -> [Effect] {
    if key != .control("c") { isInterrupted = false }
    defer { ignoresEnter = false }
    if key == .enter, ignoresEnter, panels.isEmpty, !isStripOpen {
      message = StyledLine("nothing to save; Enter again does what it says here", .hint)
      return []
    }
    if isTiny { return pressUnseen(key) }
    if case .text(let run) = key { return type(run) }
    swallowed = nil
    if let effects = pressAnywhere(key) { return effects }
    if case .alt(let letter) = key { return pressAlt(letter) }
    if isStripOpen {
      closeStrip(key)
      return []
    }
    if key == .escape {
      escape()
      return []
    }
    if !panels.isEmpty { return give(.key(key)) }
    if let effects = pressOnFocus(key) { return effects }
    if key == .right || key == .end, complete() { return [] }
    if isTyping, edit(key) { return [] }
    if !isTyping, let effects = pressBesideText(key) { return effects }
    return keymap[key].map { run($0) } ?? []
  }

  /// The keys that mean the same whatever is open.
  private mutating func pressAnywhere(_ key: Key) -> [Effect]? {
    guard let command = keymap[key] else { return nil }
    if command == .suspend || command == .redraw { return run(command) }
    if command == .help, panels.top?.isStart == true { return run(command) }
    if command == .interrupt, !isStripOpen { return run(command) }
    guard command == .leave, !isStripOpen else { return nil }
    if panels.top?.isStart == true { return run(.leave) }
    return isTiny ? [.quit(leaving(keepingDraft: true))] : nil
  }

  /// Whether the window shows nothing of the form.
  var isTiny: Bool { ScreenLayout.isTiny(size) }

  /// A key while nothing can be seen: what is typed into a field stays, nothing is moved, pressed or
  /// run but what leaves.
  private mutating func pressUnseen(_ key: Key) -> [Effect] {
    guard case .text(let run) = key else { return pressAnywhere(key) ?? [] }
    if panels.isEmpty, isTyping, !isStripOpen { insert(run, isPaste: false) }
    return []
  }

  // MARK: Letters

  /// A run of printable characters: a command where the strip is open, else typed into what takes
  /// text; anywhere else they do nothing.
  private mutating func type(_ run: String) -> [Effect] {
    var effects: [Effect] = []
    var rest = Substring(run)
    while let first = rest.first {
      defer { swallowed = nil }
      if isStripOpen {
        rest.removeFirst()
        isStripOpen = false
        effects += runLetter(first)
      } else if let swallowed, keymap[letter: first] == swallowed {
        rest.removeFirst()
        message = StyledLine("closed")
      } else if !panels.isEmpty {
        rest.removeFirst()
        effects += give(.key(.text(String(first))))
      } else if isTyping {
        insert(String(rest), isPaste: false)
        return effects
      } else {
        rest.removeFirst()
        effects += typeBesideText(first)
      }
    }
    return effects
  }

  /// The command of a letter.
  private mutating func runLetter(_ letter: Character) -> [Effect] {
    guard let command = keymap[letter: letter] else {
      message = StyledLine("no command: \(Keymap.name(ofLetter: letter))", .warning)
      return []
    }
    return run(command)
  }

  /// A letter with Alt: a command in one stroke, in the place of what is open.
  private mutating func pressAlt(_ letter: Character) -> [Effect] {
    isStripOpen = false
    guard !panels.isEmpty, panels.top?.isStart != true, let command = keymap[letter: letter] else {
      return runLetter(letter)
    }
    if case .problems? = panels.top, command == .fix { return give(.key(.alt(letter))) }
    let opener = panels.command
    closePanel()
    return command == opener ? [] : run(command)
  }

  /// Closes the command strip by a key that is no letter, which does nothing else, and goes back
  /// from a line that was only to be seen.
  private mutating func closeStrip(_ key: Key) {
    isStripOpen = false
    if case .control = key, let command = keymap[key] {
      message = StyledLine("closed; once more: \(command.summary)")
    }
    if navigation.isYAMLVisit, isLineFocused { toggleYAML() }
  }

  /// Esc closes what is open, and loses nothing; with nothing open it opens the command strip.
  private mutating func escape() {
    if isPostponing, panels.top?.isStart != true {
      giveUpPostponed()
    } else if !panels.isEmpty, panels.top?.isStart != true {
      swallowed = panels.command
      closePanel()
    } else if wait != nil, panels.isEmpty {
      stopWaiting()
    } else if isLineFocused, panels.isEmpty, !navigation.isYAMLVisit {
      swallowed = .yaml
      toggleYAML()
    } else if !navigation.cards.isEmpty, panels.isEmpty {
      closeCard()
    } else {
      workspace.history.close()
      isStripOpen = true
    }
  }

  /// A character where no text is typed: a blank presses, and steps through what there is to
  /// choose from.
  private mutating func typeBesideText(_ letter: Character) -> [Effect] {
    if isLineFocused || isReviewFocused, let command = Command.searching(by: "\(letter)") {
      return run(command)
    }
    if letter == " ", !isLineFocused { return run(.toggle) }
    message = StyledLine("letters are commands after Esc")
    return []
  }

  // MARK: Text

  /// Pasted text goes into a text field or nowhere: it never runs a command.
  mutating func paste(_ text: String) {
    if isTiny, !panels.isEmpty { return }
    isStripOpen = false
    swallowed = nil
    if !panels.isEmpty {
      _ = give(.paste(text))
    } else if isTyping {
      insert(text, isPaste: true)
    } else {
      refusePaste()
    }
  }

  // MARK: The focus

  /// The keys that act on the focus, whatever it is.
  private mutating func pressOnFocus(_ key: Key) -> [Effect]? {
    if key == .enter { return enter() }
    if key == .tab || key == .backtab { return step(key == .tab, selecting: true) }
    if key == .up || key == .down { return vertical(key == .down ? 1 : -1) }
    if let effects = pageReview(key) { return effects }
    guard case .yaml(let line) = navigation.focus else { return nil }
    let last = max(0, context.panePrintedText.lineCount - 1)
    let rows = max(1, viewport.yamlRows - 1)
    switch key.motion {
    case .pageUp: navigation.focus = .yaml(max(0, line - rows))
    case .pageDown: navigation.focus = .yaml(min(last, line + rows))
    case .home: navigation.focus = .yaml(0)
    case .end: navigation.focus = .yaml(last)
    case .up, .down, nil: return nil
    }
    return []
  }

  /// The keys that page through Review; those that lead nowhere there are left to the steps.
  private mutating func pageReview(_ key: Key) -> [Effect]? {
    guard navigation.step == .review, navigation.cards.isEmpty, case .some(let motion) = key.motion,
      motion.pages, let position = page.position(of: navigation.focus)
    else { return nil }
    // The focus comes to stand in the middle: no more than what is seen below it is passed.
    let rows = max(1, ScreenLayout(size, navigation).form.rows / 2 - 1)
    guard let focus = page.place(from: position, motion, rows: rows) else { return nil }
    move(to: focus)
    return []
  }

  /// The keys that act where no text is edited.
  private mutating func pressBesideText(_ key: Key) -> [Effect]? {
    if key == .left || key == .right {
      if let address = navigation.focusedField, !workspace.form.choices(at: address).isEmpty {
        choose(address, by: key == .right ? 1 : -1)
        return []
      }
      return run(key == .left ? .previousField : .nextField)
    }
    if key == .delete { return run(.removeRow) }
    return key == .home || key == .end ? [] : nil
  }

  /// Enter accepts and goes on: to the next field, past buttons, and out of the step; on a button
  /// it presses.
  private mutating func enter() -> [Effect] {
    switch navigation.focus {
    case .field, .toggle:
      if let focus = page.following(navigation.focus) { move(to: focus, selecting: true) }
    case .button(.command(.nextStep)):
      if let step = Step(rawValue: navigation.step.rawValue + 1) { enter(step) }
    case .button, .jump:
      let before = navigation.focus
      let effects = pressFocused()
      if navigation.focus != before { selectText() }
      return effects
    case .yaml(let line):
      if let address = context.address(ofLine: line) { go(to: address) }
    }
    return []
  }

  private mutating func vertical(_ step: Int) -> [Effect] {
    if case .yaml(let line) = navigation.focus {
      navigation.focus = .yaml(
        min(max(0, line + step), max(0, context.panePrintedText.lineCount - 1)))
      return []
    }
    let page = page
    guard let position = page.position(of: navigation.focus) else {
      focusFirst()
      return []
    }
    guard let focus = page.vertical(from: position, by: step) else { return [] }
    // Back from the buttons below a table to the cell one came from.
    if case .button = navigation.focus, let above = page.position(of: focus),
      case .table = page.lines[above.line].content, let row = navigation.lastRow,
      page.position(of: .field(row))?.line == above.line
    {
      move(to: .field(row))
    } else {
      move(to: focus)
    }
    return []
  }
}
