import Manifest
import RouteForm
import Screen

extension Wizard {
  /// One key, wherever it goes: the panel on top, the focused text, or a command.
  mutating func press(_ key: Key) -> [Effect] {
    if key != .control("c") { isInterrupted = false }
    if case .text(let run) = key { return type(run) }
    if let effects = pressAnywhere(key) { return effects }
    if !panels.isEmpty { return give(.key(key)) }
    if let effects = pressOnFocus(key) { return effects }
    if navigation.isEditing, edit(key) { return [] }
    if !navigation.isEditing, let effects = pressBesideText(key) { return effects }
    return keymap[key].map { run($0) } ?? []
  }

  /// The keys that mean the same whatever is open.
  private mutating func pressAnywhere(_ key: Key) -> [Effect]? {
    guard let command = keymap[key] else { return nil }
    if command == .interrupt || command == .suspend || command == .redraw { return run(command) }
    guard command == .leave else { return nil }
    if panels.top?.isStart == true { return run(.leave) }
    return Arrangement(size, navigation).isTiny ? [.quit(leaving(keepingDraft: true))] : nil
  }

  /// The keys that act on the focus, whatever it is.
  private mutating func pressOnFocus(_ key: Key) -> [Effect]? {
    if key == .escape {
      escape()
      return []
    }
    if key == .enter { return enter() }
    if key == .up || key == .down { return vertical(key == .down ? 1 : -1) }
    if key == .pageUp || key == .pageDown, case .yaml = navigation.focus {
      return scrollYAML(key == .pageDown ? 1 : -1)
    }
    return nil
  }

  /// The keys that act where no text is edited.
  private mutating func pressBesideText(_ key: Key) -> [Effect]? {
    if key == .left { return run(.previousField) }
    if key == .right { return run(.nextField) }
    if key == .delete { return run(.removeRow) }
    return key == .home || key == .end ? [] : nil
  }

  /// A run of printable characters: typed into what takes text, else a command each.
  private mutating func type(_ run: String) -> [Effect] {
    var effects: [Effect] = []
    var rest = Substring(run)
    while let first = rest.first {
      if !panels.isEmpty {
        effects += give(.key(.text(String(first))))
        rest.removeFirst()
      } else if navigation.isEditing {
        insert(String(rest), isPaste: false)
        return effects
      } else {
        rest.removeFirst()
        if let command = keymap[letter: first] { effects += self.run(command) }
      }
    }
    return effects
  }

  /// Pasted text goes into a text field or nowhere: it never runs a command.
  mutating func paste(_ text: String) {
    if !panels.isEmpty {
      _ = give(.paste(text))
    } else if navigation.isEditing {
      insert(text, isPaste: true)
    } else if case .field(let address) = navigation.focus, workspace.isTypable(address) {
      navigation.isEditing = true
      insert(text, isPaste: true)
    } else {
      refusePaste()
    }
  }

  private mutating func escape() {
    if navigation.isEditing {
      navigation.isEditing = false
      workspace.history.close()
    }
  }

  private mutating func enter() -> [Effect] {
    switch navigation.focus {
    case .field(let address):
      if navigation.isEditing { return run(.nextField) }
      if workspace.isText(address) { return run(.edit) }
      return run(.toggle)
    case .button, .toggle, .jump: return pressFocused()
    case .yaml(let line):
      if let address = context.address(ofLine: line) { go(to: address) }
      return []
    }
  }

  private mutating func vertical(_ step: Int) -> [Effect] {
    if case .yaml(let line) = navigation.focus {
      navigation.focus = .yaml(min(max(0, line + step), max(0, context.paneListing.lineCount - 1)))
      return []
    }
    let page = page
    guard let spot = page.spot(of: navigation.focus) else {
      focusFirst()
      return []
    }
    if let focus = page.vertical(from: spot, by: step) { move(to: focus) }
    return []
  }

  private mutating func scrollYAML(_ step: Int) -> [Effect] {
    guard case .yaml(let line) = navigation.focus else { return [] }
    let rows = max(1, viewport.yamlRows - 1)
    navigation.focus = .yaml(
      min(max(0, line + step * rows), max(0, context.paneListing.lineCount - 1)))
    return []
  }
}
