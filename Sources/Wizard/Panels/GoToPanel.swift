import RouteForm
import Screen

/// Goes to a field by its path, to a rule or to a line.
package struct GoToPanel: PanelContent {
  private var editor = LineEditor()
  private var list = ListBox()

  init() {}

  var panel: Panel { .goTo(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(list.selection, in: context)
    case .key(let key):
      if editor.handle(key) {
        list.selection = 0
      } else {
        list.move(key, count: context.destinations(editor.text).count)
      }
    case .paste(let text):
      editor.insert(text)
      list.selection = 0
    case .click(let index): return choose(index, in: context)
    case .wheel(let steps): list.turn(steps, count: context.destinations(editor.text).count)
    }
    return .stay
  }

  private func choose(_ index: Int, in context: Context) -> Response {
    let found = context.destinations(editor.text)
    return .command(
      found.indices.contains(index)
        ? .reach(found[index])
        : .say(StyledLine("no such place: \(editor.text)", .warning)))
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let lines = context.destinations(editor.text).prefix(200).map { StyledLine("\($0)") }
    list.draw(
      lines,
      .init(
        title: "Go to: a path, a rule, a line number", editor: editor, empty: "nothing fits"),
      &frame, &viewport)
  }
}
