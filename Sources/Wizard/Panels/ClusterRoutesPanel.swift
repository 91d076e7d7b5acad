import Resources
import Screen

/// The routes of the cluster, one of which is to be opened.
package struct ClusterRoutesPanel: Panel {
  private let routes: [ObjectKey]
  private var list = FilteredList()

  init(_ routes: [ObjectKey]) { self.routes = routes }

  var panel: AnyPanel { .clusterRoutes(self) }

  private func found(_ text: String) -> [ObjectKey] {
    routes.filter { text.isEmpty || Fuzzy.fits(text, "\($0)") }
  }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let found = found
    return list.handle(input, found: found) { route in
      route.map { .command(.openClusterRoute($0)) } ?? .stay
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw("Which route?", found(list.text).map { StyledLine("\($0)") }, &frame, &viewport)
  }
}
