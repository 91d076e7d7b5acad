import Screen

/// What saving would change, or applying to a cluster.
package struct DiffPanel: SearchablePanel {
  /// Worked out once: it is much work with large files.
  var lines: [StyledLine]
  var list = ListBox()

  /// The name of the cluster that it is about; nil for files.
  let cluster: String?

  init(_ lines: [StyledLine], in cluster: String? = nil) {
    self.lines = lines
    self.cluster = cluster
  }

  var panel: AnyPanel { .diff(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter), .click: return .close
    case .key(let key):
      if let response = search(by: key) { return response }
      list.move(key, count: lines.count)
    case .paste: return .refusePaste
    case .wheel(let steps): list.turn(steps, count: lines.count)
    }
    return .stay
  }

  func texts(in context: Context) -> [String] { lines.map(\.text) }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let title = cluster.map { "What applying to \($0) would change" } ?? "What saving would change"
    list.draw(lines, .init(title: title, hints: ["; / searches"]), &frame, &viewport)
  }
}
