import RouteForm
import Screen

/// Which of the opened routes to show; what is typed filters them.
package struct RoutesPanel: Panel {
  private var list: FilteredList

  init(selection: Int) { list = FilteredList(selection: selection) }

  var panel: AnyPanel { .routes(self) }

  /// The routes whose lines hold a text, by their places among the opened documents.
  private static func found(
    _ text: String, in workspace: Workspace
  ) -> [(place: Int, line: StyledLine)] {
    let wanted = text.lowercased()
    return zip(workspace.form.routePlaces, workspace.routeLines).compactMap { place, line in
      wanted.isEmpty || line.text.lowercased().holds(wanted) ? (place, line) : nil
    }
  }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    list.handle(input, found: { Self.found($0, in: context.workspace) }) { route in
      route.map { .command(.show(route: $0.place)) } ?? .stay
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(
      "Which route? The others are kept as they are",
      Self.found(list.text, in: context.workspace).map(\.line), &frame, &viewport)
  }
}
