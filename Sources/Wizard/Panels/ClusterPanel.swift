import RouteForm
import Screen

/// Which cluster to ask: the contexts of kubectl, then the wait for what is in one.
package struct ClusterPanel: PanelContent {
  private enum State: Sendable {
    case listing
    case choosing([String])
    case reading(String)
  }

  private var state: State
  private var list = FilteredList()

  /// Waits for what is in the cluster of a context; without one, for the contexts.
  init(reading name: String? = nil) { state = name.map(State.reading) ?? .listing }

  /// Whether something outside is under way for it.
  var isWaiting: Bool {
    switch state {
    case .listing, .reading: true
    case .choosing: false
    }
  }

  var panel: Panel { .cluster(self) }

  /// Takes the contexts that there are.
  mutating func take(_ contexts: [String]) { state = .choosing(contexts) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    guard case .choosing(let contexts) = state else {
      if case .paste = input { return .refusePaste }
      return .stay
    }
    var chosen: String?
    let response = list.handle(
      input,
      found: { text in contexts.filter { $0.lowercased().hasPrefix(text.lowercased()) } },
      choose: { name in
        chosen = name
        return .stay
      })
    guard let chosen else { return response }
    state = .reading(chosen)
    return .effects(.connect(chosen))
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    switch state {
    case .choosing(let contexts):
      let found = contexts.filter { $0.lowercased().hasPrefix(list.text.lowercased()) }
      list.draw("Which cluster?", found.map { StyledLine($0) }, &frame, &viewport)
    case .listing: wait("asking kubectl for its contexts...", &frame)
    case .reading(let name): wait("reading cluster \(name)...", &frame)
    }
  }

  private func wait(_ words: String, _ frame: inout Frame) {
    let region = ListBox.box(&frame, "Cluster", rows: 2)
    frame.put(words, row: 0, column: 0, .plain, in: region)
    frame.put("Esc gives up", row: 1, column: 0, Style(.hint), in: region)
    frame.cursor = Frame.Place(row: region.row, column: region.column)
  }
}
