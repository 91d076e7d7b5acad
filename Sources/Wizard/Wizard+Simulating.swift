import RouteForm
import Screen

extension Wizard {
  /// Opens the Simulate panel; the first time it asks for what the selected rule takes.
  mutating func openSimulator() {
    if model.trial.isUntouched, let rule = model.form.rule(model.rule) {
      model.trial = Trial(for: rule)
    }
    model.trial.top = 0
    model.overlays.append(.simulator)
  }

  /// A key for the panel, which has the request open; all but Esc keep it open.
  mutating func pressInSimulator(_ key: Key) -> [Effect] {
    if key == .enter { return pressTrial() }
    if model.trial.handle(key) { return [] }
    switch key {
    case .pageUp: scrollAnswer(by: 1 - viewport.answerRows)
    case .pageDown: scrollAnswer(by: viewport.answerRows - 1)
    case .left: model.trial.move(to: model.trial.place - 1)
    case .right: model.trial.move(to: model.trial.place + 1)
    default:
      switch keymap[key] {
      case .save: return saveCase()
      case .nextField: model.trial.move(to: model.trial.place + 1)
      case .previousField: model.trial.move(to: model.trial.place - 1)
      default: break
      }
    }
    return []
  }

  /// Enter goes to the next line, and presses a button.
  mutating func pressTrial() -> [Effect] {
    switch model.trial.button {
    case nil: model.trial.move(to: model.trial.place + 1)
    case .save: return saveCase()
    case .close: model.overlays.removeLast()
    }
    return []
  }

  /// Scrolls the answer; the next frame keeps it within what there is.
  mutating func scrollAnswer(by rows: Int) {
    model.trial.top = max(0, model.trial.top + rows)
  }
}
