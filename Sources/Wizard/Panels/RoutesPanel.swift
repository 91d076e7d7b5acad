import RouteForm
import Screen

/// Which of the opened routes to show.
package struct RoutesPanel: Panel {
  private var list: ListBox

  init(selection: Int) { list = ListBox(selection: selection) }

  var panel: AnyPanel { .routes(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let places = context.workspace.form.routePlaces
    switch input {
    case .key(.enter): return choose(list.selection, places)
    case .key(let key): list.move(key, count: places.count)
    case .paste: return .refusePaste
    case .click(let index): return choose(index, places)
    case .wheel(let steps): list.turn(steps, count: places.count)
    }
    return .stay
  }

  private func choose(_ index: Int, _ places: [Int]) -> Response {
    places.indices.contains(index) ? .command(.show(route: places[index])) : .close
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(
      context.workspace.routeLines, .init(title: "Which route? The others are kept as they are"),
      &frame, &viewport)
  }
}
