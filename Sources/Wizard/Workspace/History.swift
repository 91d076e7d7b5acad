package import RouteForm

/// What can be undone and redone, in steps a person would expect: a word, a paste, a row, a fix.
package struct History: Sendable {
  /// What belongs together: more of the same kind at the same field joins the last step.
  package enum Kind: Hashable, Sendable {
    /// One change on its own.
    case single
    case typing(Address, word: Int)
    case deleting(Address)
    /// Typing into a field that was just emptied: one step with the emptying.
    case replacing(Address)
  }

  /// A moment to come back to.
  package struct Snapshot: Sendable {
    package let form: FormState
    package let step: Step
    package let rule: Int
    package let focus: Focus
  }

  private var past: [Snapshot] = []
  private var future: [Snapshot] = []
  private var last: Kind?

  package init() {}

  package var position: (done: Int, total: Int) { (past.count, past.count + future.count) }

  /// Notes the moment before a change.
  package mutating func record(_ before: Snapshot, _ kind: Kind) {
    future.removeAll()
    if kind != .single, kind == last { return }
    let isReplacing = if case .replacing = kind { true } else { false }
    last = kind
    if !isReplacing { past.append(before) }
  }

  /// Whether what is typed at a field, which holds a text, goes on replacing what was taken out of
  /// it just before.
  package func isReplacing(at address: Address, holding text: String) -> Bool {
    last == .replacing(address) || text.isEmpty && last == .deleting(address)
  }

  /// Ends the current step, so that the next change is one of its own.
  package mutating func close() { last = nil }

  package mutating func undo(from now: Snapshot) -> Snapshot? {
    guard let moment = past.popLast() else { return nil }
    future.append(now)
    last = nil
    return moment
  }

  package mutating func redo(from now: Snapshot) -> Snapshot? {
    guard let moment = future.popLast() else { return nil }
    past.append(now)
    last = nil
    return moment
  }
}
