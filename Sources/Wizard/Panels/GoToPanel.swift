import RouteForm
import Screen

/// Goes to a field by its path, to a rule or to a line.
package struct GoToPanel: Panel {
  private var list = FilteredList()

  init() {}

  var panel: AnyPanel { .goTo(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let text = list.text
    return list.handle(input, found: context.destinations) { address in
      .command(
        address.map { .reach($0) } ?? .say(StyledLine("no such place: \(text)", .warning)))
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let lines = context.destinations(list.text).prefix(200).map { StyledLine("\($0)") }
    list.draw("Go to: a path, a rule, a line number", lines, &frame, &viewport)
  }
}
