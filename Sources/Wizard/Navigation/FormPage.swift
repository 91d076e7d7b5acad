import YAML
import RouteForm
import Screen

/// A place in the form that can have the focus.
struct PagePosition: Hashable, Sendable {
  var line: Int
  var row: Int
  var column: Int
}

/// The lines of the form and the ways between their places.
struct FormPage: Sendable {
  let title: String
  let lines: [FormLine]
  /// The list or the row that an open card shows.
  var card: Address?

  /// What an open card is of; nil for a step.
  var cardTitle: String? { card == nil ? nil : title }

  func position(of focus: Focus) -> PagePosition? {
    for (index, line) in lines.enumerated() {
      if let found = line.find(focus) {
        return PagePosition(line: index, row: found.row, column: found.place)
      }
    }
    return nil
  }

  func focus(at position: PagePosition) -> Focus? {
    lines.indices.contains(position.line)
      ? lines[position.line].focus(row: position.row, place: position.column) : nil
  }

  /// Every field and switch, from left to right and from top to bottom.
  var fields: [Focus] {
    lines.flatMap { line -> [Focus] in
      switch line.content {
      case .fields(let fields): fields.map { Focus.field($0.address) }
      case .toggle(_, _, let action): [.toggle(action.identity)]
      case .table(let table):
        (0..<table.count).flatMap { row in table.fields(row).map { Focus.field($0.address) } }
      case .heading, .note, .buttons, .jump: []
      }
    }
  }

  /// Where the page is entered: its first text field, else its first field or switch.
  func initialFocus(isText: (Address) -> Bool) -> Focus? {
    for line in lines where line.width > 0 {
      if case .table(let table) = line.content {
        return line.focus(row: 0, place: table.initialField)
      }
      for place in 0..<line.width {
        if case .field(let address)? = line.focus(row: 0, place: place), isText(address) {
          return .field(address)
        }
      }
    }
    return fields.first
  }

  /// The first button or line that does not lead back.
  var firstButton: Focus? {
    lines.lazy.filter { $0.stops > 0 }
      .flatMap { line in (0..<line.width).lazy.compactMap { line.focus(row: 0, place: $0) } }
      .first { $0 != .button(.command(.previousStep)) }
  }

  /// The button that adds a row to a list.
  func buttonAdding(to list: Address) -> Focus? {
    for line in lines {
      guard case .buttons(let buttons) = line.content else { continue }
      for button in buttons {
        if case .operation(.insert(_, into: list, _)) = button.action { return button.focus }
      }
    }
    return nil
  }

  /// The button that Enter ends on: to the next step, out of the card, to the file.
  var way: Focus? {
    let ways: [Action] = [.closeCard, .command(.nextStep), .command(.save)]
    return ways.lazy.map { Focus.button($0) }.first { position(of: $0) != nil }
  }

  /// Where Enter leads from a field: to the next one, past buttons; behind the last one out.
  func following(_ focus: Focus) -> Focus? {
    let fields = fields
    guard let place = fields.firstIndex(of: focus) else { return way }
    return place + 1 < fields.count ? fields[place + 1] : way
  }

  /// The next place, from left to right and from top to bottom; around the end.
  func next(after position: PagePosition) -> Focus? {
    var here = position
    here.column += 1
    for _ in 0...(lines.count + 1) {
      if lines.indices.contains(here.line) {
        let line = lines[here.line]
        if here.column < line.stops { return focus(at: here) }
        if here.row + 1 < line.height, line.stops > 0 {
          return focus(at: PagePosition(line: here.line, row: here.row + 1, column: 0))
        }
      }
      here = PagePosition(line: (here.line + 1) % max(lines.count, 1), row: 0, column: 0)
    }
    return nil
  }

  func previous(before position: PagePosition) -> Focus? {
    if position.column > 0 {
      return focus(
        at: PagePosition(line: position.line, row: position.row, column: position.column - 1))
    }
    if position.row > 0 { return focus(at: end(of: position.line, row: position.row - 1)) }
    var index = position.line
    for _ in lines {
      index = (index + lines.count - 1) % lines.count
      if lines[index].stops > 0, lines[index].height > 0 {
        return focus(at: end(of: index, row: lines[index].height - 1))
      }
    }
    return nil
  }

  private func end(of line: Int, row: Int) -> PagePosition {
    PagePosition(line: line, row: row, column: lines[line].width - 1)
  }

  /// The place in the row above or below, as near as can be; around the end.
  func vertical(from position: PagePosition, by step: Int) -> Focus? {
    let row = position.row + step
    if row >= 0, row < lines[position.line].height {
      return focus(at: PagePosition(line: position.line, row: row, column: position.column))
    }
    var index = position.line
    for _ in lines {
      index = (index + lines.count + step) % lines.count
      let line = lines[index]
      guard line.width > 0, line.height > 0 else { continue }
      return focus(
        at: PagePosition(
          line: index, row: step > 0 ? 0 : line.height - 1,
          column: min(position.column, line.width - 1)))
    }
    return nil
  }

  /// The place that a key leads to which pages through the lines, each of one row; nil where there
  /// is none on that side.
  func place(from position: PagePosition, _ motion: Motion, rows: Int) -> Focus? {
    let places = lines.indices.filter { lines[$0].width > 0 }
    let before = places.filter { $0 < position.line }
    let after = places.filter { $0 > position.line }
    let wanted: Int? =
      switch motion {
      case .pageUp: before.first { $0 >= position.line - rows } ?? before.last
      case .pageDown: after.last { $0 <= position.line + rows } ?? after.first
      case .home: places.first
      case .end: places.last
      case .up: before.last
      case .down: after.first
      }
    return wanted.flatMap { lines[$0].focus(row: 0, place: 0) }
  }

  /// The title of a focused button or switch, and what pressing it does.
  func button(of focus: Focus) -> ActionButton? {
    for line in lines {
      switch line.content {
      case .toggle(let title, _, let action) where focus == .toggle(action.identity):
        return ActionButton(title, action)
      case .buttons(let buttons):
        if let found = buttons.first(where: { $0.focus == focus }) { return found }
      case .heading, .note, .fields, .toggle, .table, .jump: continue
      }
    }
    return nil
  }

  /// Where a jump line leads.
  func target(of number: Int) -> Address? {
    for line in lines {
      if case .jump(number, _, let address) = line.content { return address }
    }
    return nil
  }

  /// The record around an address that can be removed and moved: the row of a table or of a card.
  func record(around address: Address) -> Address? {
    if let card, address.isWithin(card) {
      if case .index? = card.path.last { return card }
      guard address.path.count > card.path.count else { return nil }
      if case .index(let row) = address.path.steps[card.path.count] { return card.appending(row) }
      return nil
    }
    for line in lines {
      if case .table(let table) = line.content, let row = table.row(address), row < table.count {
        return table.record(row)
      }
    }
    return nil
  }
}
