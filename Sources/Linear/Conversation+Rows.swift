import RouteForm
import Wizard
import YAML

extension Conversation {
  mutating func remove(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) {
    guard let row = row(rest, workspace, &turn) else { return }
    if case .index(let index)? = row.path.last {
      turn.requests.append(.edit(.remove(from: row.parent, at: index)))
    } else {
      turn.requests.append(.edit(.replace(row, nil)))
    }
    report(on: row)
  }

  mutating func duplicate(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) {
    guard let row = row(rest, workspace, &turn), let index = number(of: row, &turn) else { return }
    turn.requests.append(.edit(.duplicate(in: row.parent, at: index)))
    report(on: row)
  }

  mutating func move(
    by step: Int, _ rest: String, _ workspace: Workspace, _ turn: inout Turn
  ) {
    guard let row = row(rest, workspace, &turn), let index = number(of: row, &turn) else { return }
    let count = workspace.form.value(at: row.parent)?.items.count ?? 0
    guard (0..<count).contains(index + step) else {
      turn.lines.append("It is the \(step < 0 ? "first" : "last") of its rows.")
      return
    }
    turn.requests.append(.edit(.move(in: row.parent, from: index, to: index + step)))
    report(on: row)
    if row.parent == FormState.ruleList { position.rule = index + step }
  }

  /// The row that a command is about: the one that is asked about, or the rule.
  private func row(_ rest: String, _ workspace: Workspace, _ turn: inout Turn) -> Address? {
    if rest == "rule", workspace.form.rule(position.rule) != nil {
      return FormState.ruleList.appending(position.rule)
    }
    if rest.isEmpty, let row = question(workspace)?.row { return row }
    turn.lines.append("No row is asked about; with the word rule behind it, it is about the rule.")
    return nil
  }

  private func number(of row: Address, _ turn: inout Turn) -> Int? {
    guard case .index(let index)? = row.path.last else {
      turn.lines.append("An entry has no place among others.")
      return nil
    }
    return index
  }

  /// Says what was done, and asks again about the rows that are now in other places.
  private mutating func report(on row: Address) {
    report = .message
    closeCards(within: row)
    if row.parent == FormState.ruleList {
      go(to: ConversationPosition(step: position.step, rule: position.rule))
    } else {
      askAgain(within: row.parent)
    }
  }
}
