import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// A line of the form in its rows, where it has some.
  mutating func draw(_ index: Int, of form: PaneCache.Form, _ frame: inout Frame) {
    guard let start = form.plan.rows[index] else { return }
    let (line, region, row) = (form.page.lines[index], form.region, start - viewport.formTop)
    let isTable = form.plan.tableLine == index
    guard row < region.rows, row >= (isTable ? -form.plan.tableRows : 0) else { return }
    switch line.content {
    case .heading(let text):
      frame.put(text, row: row, column: 1, Style(.heading, bold: true), in: region)
    case .note(let note): frame.put(note.text, row: row, column: 1, Style(note.role), in: region)
    case .fields(let fields): drawFields(fields, &frame, region, row, form.labels)
    case .toggle(let title, let isOn, let action):
      let text = "\(isOn ? "[x]" : "[ ]") \(title)"
      put(text, .toggle(action.identity), &frame, region, row, 1, Style(.plain))
    case .buttons(let buttons):
      var column = 1
      for button in buttons {
        let text = "< \(button.title) >"
        column = put(text, button.focus, &frame, region, row, column, Style(.accent)) + 1
      }
      if !line.caption.isEmpty {
        let room = region.columns - column - 2
        let caption = Self.shortened(caption: line.caption, room)
        if room > 5 { frame.put(caption, row: row, column: column + 1, Style(.hint), in: region) }
      }
    case .table(let table): drawTable(table, &frame, region, row, form.plan)
    case .jump(let number, let text, _):
      put(text.text, .jump(number), &frame, region, row, 1, Style(text.role))
    }
  }

  /// The row that buttons act on, without its name where no more than a beginning would be left.
  private static func shortened(caption: String, _ room: Int) -> String {
    let row = caption.prefix { $0 != ":" }
    return caption.count > room && row.count + 6 > room
      ? String(row).shortened(room) : caption.shortened(room)
  }

  @discardableResult
  private mutating func put(
    _ text: String, _ focus: Focus, _ frame: inout Frame, _ region: Region, _ row: Int,
    _ column: Int, _ style: Style
  ) -> Int {
    let focused = navigation.focus == focus
    var style = style
    style.isReversed = focused
    if focused { frame.put(">", row: row, column: column - 1, Style(.key, bold: true), in: region) }
    let end = frame.put(text, row: row, column: column, style, in: region)
    if end > column {
      viewport.note(
        region.row + row, region.column + column..<region.column + end, .focus(focus))
    }
    if focused { setCursor(&frame, region, row, column) }
    return end
  }

  private func setCursor(_ frame: inout Frame, _ region: Region, _ row: Int, _ column: Int) {
    guard panels.isEmpty, row >= 0, row < region.rows, column < region.columns else {
      return
    }
    frame.cursor = Frame.CellPosition(row: region.row + row, column: region.column + column)
  }

  private mutating func drawFields(
    _ fields: [Field], _ frame: inout Frame, _ region: Region, _ row: Int, _ labels: Int
  ) {
    if fields.count == 1, let field = fields.first {
      frame.put(field.label, row: row, column: 1, Style(.label), in: region)
      let column = labels + 3
      drawBox(
        field, &frame, region, row, column, width: min(44, max(8, region.columns - column - 1)))
      return
    }
    let share = region.columns / fields.count
    for (index, field) in fields.enumerated() {
      let start = 1 + index * share
      let end = frame.put(field.label, row: row, column: start, Style(.label), in: region)
      drawBox(field, &frame, region, row, end + 1, width: max(4, start + share - end - 2))
    }
  }

  /// A field as a box: `[text  ]`; what is chosen from a few values stands in round brackets.
  private mutating func drawBox(
    _ field: Field, _ frame: inout Frame, _ region: Region, _ row: Int, _ column: Int, width: Int
  ) {
    let address = field.address
    let focused = navigation.focus == .field(address)
    let isChoice = !workspace.isText(address)
    frame.put(isChoice ? "(" : "[", row: row, column: column, Style(.border), in: region)
    frame.put(
      isChoice ? ")" : "]", row: row, column: column + width - 1, Style(.border), in: region)
    if focused {
      frame.put(">", row: row, column: column - 1, Style(.key, bold: true), in: region)
    } else if isBad(address) {
      frame.put("!", row: row, column: column - 1, Style(.error), in: region)
    }
    drawText(
      field, focused, &frame, region, row, column + 1, width: width - 2, isChoice: isChoice)
  }

  /// Whether a field was left with a text that is no value, or with an error at the last lint.
  func isBad(_ address: Address) -> Bool {
    workspace.form.invalidTexts[address] != nil && navigation.left.contains(address)
      || viewport.left.wrong.contains(address)
  }

  /// The text of a field, its placeholder when it is empty, and the caret when it is edited.
  mutating func drawText(
    _ field: Field, _ focused: Bool, _ frame: inout Frame, _ region: Region, _ row: Int,
    _ column: Int, width: Int, isChoice: Bool
  ) {
    guard width > 0, row >= 0, row < region.rows else { return }
    let address = field.address
    viewport.note(
      region.row + row, region.column + column..<region.column + column + width,
      .focus(.field(address)))
    var style = Style(isBad(address) ? .error : .value)
    style.isReversed = focused
    if focused, !navigation.editor.isSelected || !isTyping {
      frame.fill(row: row, columns: column..<column + width, style, in: region)
    } else if focused {
      frame.fill(
        row: row, columns: column..<column + width, Style(.value, underlined: true), in: region)
    }
    if focused, isTyping {
      let editor = navigation.editor.withoutCredential
      if editor.isSelected || editor.isFresh, Width.columns(of: editor.text) >= width {
        // From its beginning, as long as nothing is typed: the caret may stand behind the end.
        frame.put(
          Self.shown(editor.text, width: width, isChoice: false), row: row, column: column, style,
          in: region, limit: width)
        setCursor(&frame, region, row, column + (editor.isSelected ? 0 : width - 1))
        return
      }
      let window = editor.window(width)
      if navigation.editor.isEmpty {
        frame.put(
          field.placeholder, row: row, column: column, Style(.hint, reversed: true),
          in: region, limit: width)
      } else {
        frame.put(window.text, row: row, column: column, style, in: region, limit: width)
        if let completion, window.caretColumn < width {
          frame.put(
            String(completion.name.dropFirst(editor.text.count)), row: row,
            column: column + window.caretColumn, Style(.hint, reversed: true), in: region,
            limit: width - window.caretColumn)
        }
      }
      setCursor(&frame, region, row, column + window.caretColumn)
      return
    }
    let text = Credential.masked(workspace.form.text(at: address))
    if text.isEmpty {
      frame.put(
        field.placeholder, row: row, column: column, Style(.hint, reversed: focused),
        in: region, limit: width)
    } else {
      frame.put(
        Self.shown(text, width: width, isChoice: isChoice), row: row, column: column, style,
        in: region, limit: width)
    }
    if focused { setCursor(&frame, region, row, column) }
  }

  /// What long choices are called where there is no room for them.
  static let shortNames = ["RegularExpression": "Regex"]

  /// A text in so many columns, `~` at its end where it is cut.
  static func shown(_ text: String, width: Int, isChoice: Bool) -> String {
    guard Width.columns(of: text[...]) > width else { return text }
    if isChoice, let short = shortNames[text], width >= short.utf8.count { return short }
    return text.fitted(width)
  }
}

extension LineEditor {
  /// The text as it may be shown: where it holds what looks like a credential, `***` stands in its
  /// place, and the caret behind everything.
  fileprivate var withoutCredential: LineEditor {
    guard Credential.isLikely(text) else { return self }
    var shown = LineEditor(Credential.masked(text))
    if isSelected { shown.select() }
    return shown
  }
}
