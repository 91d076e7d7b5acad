package import Resources
package import RouteForm

/// A request of a button, a line or a panel to the wizard, which alone changes state.
package enum Action: Hashable, Sendable {
  case command(Command)
  case operation(FormEdit)
  case openCard(Address)
  case closeCard
  /// Asks for the key of a new entry of a map.
  case askKey(Address)
  /// Goes to a field, wherever it is.
  case go(Address)
  /// Goes to an address that was named, also to the row after the last one of a list.
  case reach(Address)
  case fix(FormProblem)
  case begin(Recipe)
  /// Goes on with the draft of this name.
  case recover(String)
  /// Shows another opened route, by its place.
  case show(route: Int)
  case answer(Dialog.Answer)
  case answerPrompt(Prompt.Purpose, String)
  /// Keeps the request of the Simulate panel as a case.
  case saveCase
  case say(StyledLine)
  /// Reads the cluster of a context.
  case connect(String)
  /// Opens a route of the cluster.
  case openClusterRoute(ObjectKey)
  /// Puts a known name into a field.
  case useName(Address, FormState.KnownName)
}

extension Action {
  /// What identifies a button or switch, however often it was pressed.
  var identity: Action {
    if case .operation(let operation) = self { .operation(operation.identity) } else { self }
  }
}

extension FormEdit {
  fileprivate var identity: FormEdit {
    switch self {
    case .insert(let row, let list, _): .insert(row, into: list, at: 0)
    case .writePolicy: .writePolicy(true)
    case .writeRetry: .writeRetry(true)
    case .writeGrants(let namespace, _): .writeGrants(namespace: namespace, true)
    case .usePool(let rule, _), .useBackends(let rule): .useBackends(rule: rule)
    case .writeGateway: .writeGateway(true)
    case .writeClass: .writeClass(true)
    case .writePool(let row, _): .writePool(at: row, true)
    case .remove, .move, .duplicate, .fill, .chooseRoute, .replace, .describe, .forget, .adopt:
      self
    }
  }
}
