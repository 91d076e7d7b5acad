import YAML

/// A field of the form: where its value is and what is written before it.
package struct Field: Hashable, Sendable {
  package let address: Address
  package let label: String
  /// What stands in the empty field: what holds as long as it is unset.
  package let placeholder: String

  package init(_ address: Address, _ label: String, placeholder: String = "") {
    self.address = address
    self.label = label
    self.placeholder = placeholder
  }
}

/// A button: its title and what it does to the form.
package struct Button: Hashable, Sendable {
  package let title: String
  package let operation: FormEdit

  package init(_ title: String, _ operation: FormEdit) {
    self.title = title
    self.operation = operation
  }
}

/// Records, one a row, computed only for the rows on screen.
package struct Table: Sendable {
  package struct Column: Hashable, Sendable {
    package let title: String
    /// The columns of the screen it asks for; 0 takes what the others leave.
    package let width: Int

    package init(_ title: String, _ width: Int) {
      self.title = title
      self.width = width
    }
  }

  package enum Cell: Hashable, Sendable {
    case field(Field)
    case text(String)
  }

  package let columns: [Column]
  package let count: Int
  /// What stands in the place of the rows when there are none.
  package let empty: String
  /// The record of a row, by which it is removed and moved.
  package let record: @Sendable (Int) -> Address
  /// The cells of a row, one a column.
  package let cells: @Sendable (Int) -> [Cell]
  /// The row that an address lies in.
  package let row: @Sendable (Address) -> Int?
  /// Which of a row's fields has the focus first.
  package var initialField = 0
}

/// One element of a step, from top to bottom.
package struct FormRow: Sendable {
  package enum Content: Sendable {
    case heading(String)
    case fields([Field])
    case toggle(String, isOn: Bool, FormEdit)
    case table(Table)
    case buttons([Button])
    /// A card with all fields of an object: its title, how much is in it, where it is.
    case cards([(title: String, address: Address)])
    case note(String)
  }

  /// What gives way first when the form is too low: nothing, help, or air.
  package enum Rank: Int, Sendable, Comparable {
    case needed
    case help
    case air

    package static func < (left: Rank, right: Rank) -> Bool { left.rawValue < right.rawValue }
  }

  package let content: Content
  package let rank: Rank

  package init(_ content: Content, _ rank: Rank = .needed) {
    self.content = content
    self.rank = rank
  }

  package static func field(_ address: Address, _ label: String, _ placeholder: String = "")
    -> FormRow
  {
    FormRow(.fields([Field(address, label, placeholder: placeholder)]))
  }

  package static func note(_ text: String) -> FormRow { FormRow(.note(text), .help) }

  /// What a step shows that needs a rule where there is none.
  static let noRule = note("No rule is selected: add one in step 3.")
}

extension FormRow {
  /// The item without the fields that have no place in the form; nil where nothing is left.
  func shown(in form: FormState) -> FormRow? {
    switch content {
    case .fields(let fields):
      let shown = fields.filter { form.shows($0.address) }
      return shown.isEmpty ? nil : FormRow(.fields(shown), rank)
    case .cards(let cards):
      let shown = cards.filter { form.shows($0.address) }
      return shown.isEmpty ? nil : FormRow(.cards(shown), rank)
    case .heading, .toggle, .table, .buttons, .note: return self
    }
  }
}
