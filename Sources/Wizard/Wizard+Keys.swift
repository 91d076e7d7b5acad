import Manifest
import RouteForm
import Screen

extension Wizard {
  /// One key, wherever it goes: the overlay on top, the focused text, or a command.
  mutating func press(_ key: Key) -> [Effect] {
    if key != .control("c") { model.isInterrupted = false }
    if case .text(let run) = key { return type(run) }
    if let effects = pressAnywhere(key) { return effects }
    if !model.overlays.isEmpty { return pressInOverlay(key) }
    switch key {
    case .escape:
      escape()
      return []
    case .enter: return enter()
    case .up, .down: return vertical(key == .down ? 1 : -1)
    case .pageUp, .pageDown:
      if case .yaml = model.focus { return scrollYAML(key == .pageDown ? 1 : -1) }
    default: break
    }
    if model.isEditing, edit(key) { return [] }
    if !model.isEditing {
      switch key {
      case .left: return run(.previousField)
      case .right: return run(.nextField)
      case .delete: return run(.removeRow)
      case .home, .end: return []
      default: break
      }
    }
    return keymap[key].map { run($0) } ?? []
  }

  /// The keys that mean the same whatever is open.
  private mutating func pressAnywhere(_ key: Key) -> [Effect]? {
    switch keymap[key] {
    case .interrupt: run(.interrupt)
    case .suspend: run(.suspend)
    case .redraw: run(.redraw)
    case .leave where model.overlays.last?.isStart == true: run(.leave)
    case .leave where Arrangement(model).isTiny: [.quit(leaving(keepingDraft: true))]
    default: nil
    }
  }

  /// A run of printable characters: typed into what takes text, else a command each.
  private mutating func type(_ run: String) -> [Effect] {
    var effects: [Effect] = []
    var rest = Substring(run)
    while let first = rest.first {
      if !model.overlays.isEmpty {
        effects += pressInOverlay(.text(String(first)))
        rest.removeFirst()
      } else if model.isEditing {
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
    if case .simulator = model.overlays.last {
      model.trial.paste(text)
    } else if var overlay = model.overlays.last {
      guard var editor = overlay.editor else {
        model.message = StyledLine("pasted text ignored: no text field has the focus", .warning)
        return
      }
      editor.insert(text)
      overlay.setEditor(editor)
      model.overlays[model.overlays.count - 1] = overlay
    } else if model.isEditing {
      insert(text, isPaste: true)
    } else if case .field(let address) = model.focus, isTypable(address) {
      model.isEditing = true
      insert(text, isPaste: true)
    } else {
      model.message = StyledLine("pasted text ignored: no text field has the focus", .warning)
    }
  }

  private mutating func escape() {
    if model.isEditing {
      model.isEditing = false
      model.history.close()
    }
  }

  private mutating func enter() -> [Effect] {
    switch model.focus {
    case .field(let address):
      if model.isEditing { return run(.nextField) }
      if isText(address) { return run(.edit) }
      return run(.toggle)
    case .button, .jump: return pressFocused()
    case .yaml(let line):
      if let address = address(ofLine: line) { go(to: address) }
      return []
    }
  }

  private mutating func vertical(_ step: Int) -> [Effect] {
    if case .yaml(let line) = model.focus {
      model.focus = .yaml(min(max(0, line + step), max(0, paneListing.lineCount - 1)))
      return []
    }
    let page = page
    guard let spot = page.spot(of: model.focus) else {
      focusFirst()
      return []
    }
    if let focus = page.vertical(from: spot, by: step) { move(to: focus) }
    return []
  }

  private mutating func scrollYAML(_ step: Int) -> [Effect] {
    guard case .yaml(let line) = model.focus else { return [] }
    let rows = max(1, viewport.yamlRows - 1)
    model.focus = .yaml(min(max(0, line + step * rows), max(0, paneListing.lineCount - 1)))
    return []
  }
}
