import RouteForm
import Wizard
import YAML

extension Conversation {
  /// Goes deeper: does what is first to be done, and asks about the card.
  mutating func go(_ way: NestedQuestions, _ workspace: Workspace, _ turn: inout Turn) {
    settle()
    if let edit = way.edit { turn.requests.append(.edit(edit)) }
    guard let card = way.card else { return }
    turn.lines.append("\(way.title):".spoken)
    open(card)
  }

  /// A new row that has a card of its own is asked about next.
  mutating func openNew(_ edit: FormEdit, _ turn: inout Turn) {
    guard case .insert(_, let list, let index) = edit, position.cards.last == list,
      ObjectCard.exists(at: list.appending(index))
    else { return }
    open(list.appending(index))
  }

  /// Adds a key to a mapping; its value is asked for next.
  mutating func add(
    _ key: String, to map: Address, _ question: Question, _ workspace: Workspace,
    _ turn: inout Turn
  ) {
    guard !key.isEmpty else { return close(question) }
    let entry = map.appending(key)
    guard workspace.form.value(at: entry) == nil else {
      return refuse("there is a key \(key) already", question, &turn)
    }
    turn.requests.append(.edit(.fill(entry, "")))
    trail.append((position, question.key))
    settle()
  }

  /// Leaves the cards of what goes.
  mutating func closeCards(within row: Address) {
    while position.cards.contains(where: { $0.isWithin(row) }) { position.cards.removeLast() }
  }
}

extension Workspace {
  /// Whether there is nothing to ask about a card: its row or its object is gone.
  func isGone(_ card: Address) -> Bool {
    if case .index(let index)? = card.path.last {
      return form.value(at: card.parent)?.items.indices.contains(index) != true
    }
    if case .provider(let index) = card.object { return !form.providers.indices.contains(index) }
    return !form.objects.contains(card.object)
  }
}
