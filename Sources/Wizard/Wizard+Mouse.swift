import YAML
import RouteForm
import Screen

extension Wizard {
  /// Whether the mouse is wanted, in words.
  var mouseState: String { hasMouse ? "mouse on, Shift-drag selects" : "mouse off" }

  /// A click focuses what it hits, and acts where that acts; the wheel scrolls the pane below it.
  mutating func point(_ event: MouseEvent) -> [Effect] {
    guard hasMouse, !isTiny else { return [] }
    switch event.action {
    case .press(.left):
      guard let target = viewport.target(row: event.row, column: event.column) else { return [] }
      return click(target)
    case .press(.middle), .press(.right): return []
    case .wheelUp, .wheelDown:
      let step = event.action == .wheelDown ? 3 : -3
      if !panels.isEmpty { return give(.wheel(step)) }
      if viewport.yamlRegion.contains(row: event.row, column: event.column) {
        let line = viewport.yamlTop + (step > 0 ? viewport.yamlRows - 1 + step : step)
        viewport.yamlTop = min(
          max(0, viewport.yamlTop + step), max(0, context.panePrintedText.lineCount - 1))
        if case .yaml = navigation.focus {
          navigation.focus = .yaml(min(max(0, line), max(0, context.panePrintedText.lineCount - 1)))
        }
        return []
      }
      return press(step > 0 ? .down : .up)
    }
  }

  private mutating func click(_ target: Viewport.Target) -> [Effect] {
    if case .choice(let index) = target { return give(.click(index)) }
    guard panels.isEmpty else { return [] }
    switch target {
    case .focus(.yaml(let line)):
      if let address = context.address(ofLine: line) { go(to: address) }
      return []
    case .focus(let focus):
      move(to: focus)
      switch focus {
      case .button, .toggle, .jump: return pressFocused()
      case .field, .yaml: return []
      }
    case .command(let command): return run(command)
    case .step(let step): go(to: step)
    case .rule(let rule): select(rule: rule)
    case .choice: break
    }
    return []
  }
}
