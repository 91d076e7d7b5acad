import Schemas
import YAML
import RouteForm
import Screen

/// A button: its title and what pressing it does.
struct ActionButton: Hashable, Sendable {
  let title: String
  let action: Action

  init(_ title: String, _ action: Action) {
    self.title = Credential.masked(title)
    self.action = action
  }

  var focus: Focus { .button(action.identity) }
}

/// One line of the form; a table takes as many rows of the screen as it is given.
struct FormLine: Sendable {
  enum Content: Sendable {
    case heading(String)
    case note(StyledLine)
    case fields([Field])
    case toggle(String, isOn: Bool, Action)
    case buttons([ActionButton])
    case table(Table)
    /// A text that can have the focus, and where Enter leads from it; nil where it is only to be
    /// read, and Tab passes it.
    case jump(number: Int, StyledLine, Address?)
  }

  let content: Content
  let rank: FormRow.Rank
  /// What stands behind its buttons: the row that they act on.
  let caption: String
  /// Whether it goes on with the line above, and is nothing without it.
  let goesOn: Bool

  init(
    _ content: Content, _ rank: FormRow.Rank = .needed, caption: String = "", goesOn: Bool = false
  ) {
    self.content = content
    self.rank = rank
    self.caption = caption
    self.goesOn = goesOn
  }

  /// How many places in it can have the focus, in one row of it.
  var width: Int {
    switch content {
    case .heading, .note: 0
    case .fields(let fields): fields.count
    case .toggle, .jump: 1
    case .buttons(let buttons): buttons.count
    case .table(let table): table.count == 0 ? 0 : table.fieldCount
    }
  }

  /// How many of these places Tab comes to.
  var stops: Int { if case .jump(_, _, nil) = content { 0 } else { width } }

  /// How many rows of places it has.
  var height: Int {
    if case .table(let table) = content { table.count } else { 1 }
  }

  /// What is focused at a row and place of it.
  func focus(row: Int, place: Int) -> Focus? {
    switch content {
    case .heading, .note: return nil
    case .fields(let fields):
      return fields.indices.contains(place) ? .field(fields[place].address) : nil
    case .toggle(_, _, let action): return .toggle(action.identity)
    case .buttons(let buttons):
      return buttons.indices.contains(place) ? buttons[place].focus : nil
    case .table(let table):
      guard row < table.count else { return nil }
      let fields = table.fields(row)
      return fields.indices.contains(place) ? .field(fields[place].address) : nil
    case .jump(let number, _, _): return .jump(number)
    }
  }

  /// The row and place of a focus in this line, nil when it is elsewhere.
  func find(_ focus: Focus) -> (row: Int, place: Int)? {
    switch (content, focus) {
    case (.fields(let fields), .field(let address)):
      return fields.firstIndex { $0.address == address }.map { (0, $0) }
    case (.toggle(_, _, let action), .toggle(let wanted)):
      return action.identity == wanted ? (0, 0) : nil
    case (.buttons(let buttons), .button):
      return buttons.firstIndex { $0.focus == focus }.map { (0, $0) }
    case (.table(let table), .field(let address)):
      guard let row = table.row(address), row < table.count else { return nil }
      return table.fields(row).firstIndex { $0.address == address }.map { (row, $0) }
    case (.jump(let number, _, _), .jump(let wanted)): return number == wanted ? (0, 0) : nil
    case (.heading, _), (.note, _), (.fields, _), (.toggle, _), (.buttons, _), (.table, _),
      (.jump, _):
      return nil
    }
  }
}

extension Table {
  /// The fields of a row, without its words.
  func fields(_ row: Int) -> [Field] {
    cells(row).compactMap { if case .field(let field) = $0 { field } else { nil } }
  }

  fileprivate var fieldCount: Int { fields(0).count }
}
