import Manifest
import RouteForm
import Screen

extension Wizard {
  /// Whether the mouse is wanted, in words.
  var mouseState: String { model.hasMouse ? "mouse on, Shift-drag selects" : "mouse off" }

  /// A click focuses what it hits, and acts where that acts; the wheel scrolls the pane below it.
  mutating func point(_ event: MouseEvent) -> [Effect] {
    guard model.hasMouse else { return [] }
    switch event.action {
    case .press(.left):
      guard let target = viewport.target(row: event.row, column: event.column) else { return [] }
      return click(target)
    case .press(.middle), .press(.right): return []
    case .wheelUp, .wheelDown:
      let step = event.action == .wheelDown ? 3 : -3
      if case .simulator = model.overlays.last {
        scrollAnswer(by: step)
        return []
      }
      if !model.overlays.isEmpty {
        return pressInOverlay(step > 0 ? .down : .up)
      }
      if viewport.yamlRegion.contains(row: event.row, column: event.column) {
        let line = viewport.yamlTop + (step > 0 ? viewport.yamlRows - 1 + step : step)
        viewport.yamlTop = min(
          max(0, viewport.yamlTop + step), max(0, paneListing.lineCount - 1))
        if case .yaml = model.focus {
          model.focus = .yaml(min(max(0, line), max(0, paneListing.lineCount - 1)))
        }
        return []
      }
      return press(step > 0 ? .down : .up)
    }
  }

  private mutating func click(_ target: Viewport.Target) -> [Effect] {
    if case .choice(let index) = target { return choose(index) }
    guard model.overlays.isEmpty else { return [] }
    switch target {
    case .focus(.yaml(let line)):
      if let address = address(ofLine: line) { go(to: address) }
      return []
    case .focus(let focus):
      move(to: focus)
      switch focus {
      case .button, .jump: return pressFocused()
      case .field, .yaml: return []
      }
    case .command(let command): return run(command)
    case .step(let step): go(to: step)
    case .rule(let rule): select(rule: rule)
    case .choice: break
    }
    return []
  }

  private mutating func choose(_ index: Int) -> [Effect] {
    guard var overlay = model.overlays.last else { return [] }
    switch overlay {
    case .start: overlay = .start(selection: index)
    case .routes: overlay = .routes(selection: index)
    case .goTo(let editor, _): overlay = .goTo(editor, selection: index)
    case .palette(let editor, _): overlay = .palette(editor, selection: index)
    case .menu: overlay = .menu(selection: index)
    case .dialog(var dialog):
      dialog.selection = index
      overlay = .dialog(dialog)
    case .pager(var pager):
      pager.selection = index
      overlay = .pager(pager)
    case .choices(let address, let choices, _):
      overlay = .choices(address, choices, selection: index)
    case .prompt: break
    case .simulator:
      model.trial.move(to: index)
      return model.trial.button == nil ? [] : pressTrial()
    }
    model.overlays[model.overlays.count - 1] = overlay
    return pressInOverlay(.enter)
  }
}
