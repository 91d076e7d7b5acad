import RouteForm
import Screen

/// Which cluster to ask: the contexts of kubectl; and the wait for its answers.
package struct ClusterPanel: Panel {
  private enum State: Sendable {
    case choosing([String])
    /// What is under way.
    case waiting(String)
  }

  private var state: State
  /// Whether what it waits for changes the cluster.
  private(set) var isApplying = false
  /// What is run once it has its answer.
  private(set) var next: Command?
  private var list = FilteredList()

  /// Waits for an answer; `message` says for which.
  init(waiting message: String, isApplying: Bool = false) {
    state = .waiting(message)
    self.isApplying = isApplying
  }

  /// Waits for what is in the cluster of a context, to run a command then.
  init(reading name: String, before next: Command? = nil) {
    self.init(waiting: "reading cluster \(name)...")
    self.next = next
  }

  /// Whether something outside is under way for it.
  var isWaiting: Bool {
    switch state {
    case .waiting: true
    case .choosing: false
    }
  }

  var panel: AnyPanel { .cluster(self) }

  /// Takes the contexts that there are.
  mutating func take(_ contexts: [String]) { state = .choosing(contexts) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    guard case .choosing(let contexts) = state else {
      if case .paste = input { return .refusePaste }
      return .stay
    }
    return list.handle(
      input,
      found: { text in contexts.filter { $0.lowercased().hasPrefix(text.lowercased()) } },
      choose: { name in name.map { .command(.connect($0)) } ?? .stay })
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    switch state {
    case .choosing(let contexts):
      let found = contexts.filter { $0.lowercased().hasPrefix(list.text.lowercased()) }
      list.draw("Which cluster?", found.map { StyledLine($0) }, &frame, &viewport)
    case .waiting(let message): wait(message, &frame)
    }
  }

  private func wait(_ message: String, _ frame: inout Frame) {
    let region = ListBox.box(&frame, "Cluster", rows: 2)
    frame.put(message, row: 0, column: 0, .plain, in: region)
    frame.put("Esc cancels", row: 1, column: 0, Style(.hint), in: region)
    frame.cursor = Frame.CellPosition(row: region.row, column: region.column)
  }
}
