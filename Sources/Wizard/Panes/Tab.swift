/// What may stand beside the form: one of them below it, or several of them at its right.
package enum Tab: CaseIterable, Hashable, Sendable {
  case explain
  case problems
  case simulate
  case diff

  /// The command that opens all of it, and leaves it standing beside the form.
  var command: Command {
    switch self {
    case .explain: .explain
    case .problems: .problems
    case .simulate: .simulate
    case .diff: .diff
    }
  }

  init?(_ command: Command) {
    guard let tab = Tab.allCases.first(where: { $0.command == command }) else { return nil }
    self = tab
  }
}
