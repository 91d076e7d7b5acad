import Screen

/// What saving would change.
package struct DiffPanel: PanelContent {
  /// Worked out once: it is much work with large files.
  var lines: [StyledLine]
  private var list = ListBox()

  init(_ lines: [StyledLine]) { self.lines = lines }

  var panel: Panel { .diff(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter), .click: return .close
    case .key(let key):
      list.move(key, count: lines.count)
    case .paste: return .refusePaste
    case .wheel(let steps): list.turn(steps, count: lines.count)
    }
    return .stay
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(lines, .init(title: "What saving would change"), &frame, &viewport)
  }
}
