import Screen

/// A list that what is typed filters.
struct FilteredList: Sendable {
  private var editor = LineEditor()
  private var list: ListBox

  init(selection: Int = 0) { list = ListBox(selection: selection) }

  var text: String { editor.text }

  /// Takes an input; `found` is what fits the text, `choose` what choosing one of it leads to.
  mutating func handle<Found>(
    _ input: PanelInput, found: (String) -> [Found], choose: (Found?) -> Response
  ) -> Response {
    switch input {
    case .key(.enter): return choose(element(list.selection, of: found(text)))
    case .key(let key):
      if editor.handle(key) {
        list.selection = 0
      } else {
        list.move(key, count: found(text).count)
      }
    case .paste(let pasted):
      editor.insert(pasted)
      list.selection = 0
    case .click(let index): return choose(element(index, of: found(text)))
    case .wheel(let steps): list.turn(steps, count: found(text).count)
    }
    return .stay
  }

  private func element<Found>(_ index: Int, of found: [Found]) -> Found? {
    found.indices.contains(index) ? found[index] : nil
  }

  mutating func draw(
    _ title: String, _ lines: [StyledLine], header: [StyledLine] = [], _ frame: inout Frame,
    _ viewport: inout Viewport
  ) {
    list.draw(
      lines, .init(title: title, editor: editor, header: header, empty: "nothing fits"), &frame,
      &viewport)
  }
}
