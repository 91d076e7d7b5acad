import Screen

/// Shown while files are read to be opened; the form below waits for it.
package struct ReadingPanel: Panel {
  private let paths: [String]
  /// Whether the manifests go on going where the session began to put them.
  let keepsOutput: Bool

  init(_ paths: [String], keepsOutput: Bool = false) {
    self.paths = paths
    self.keepsOutput = keepsOutput
  }

  var panel: AnyPanel { .reading(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    if case .paste = input { return .refusePaste }
    return .stay
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let region = ListBox.box(&frame, "Opening", rows: paths.count + 1)
    for (row, path) in paths.enumerated() {
      frame.put("reading \(path)...", row: row, column: 0, .plain, in: region)
    }
    frame.put("Esc cancels", row: region.rows - 1, column: 0, Style(.hint), in: region)
    frame.cursor = Frame.CellPosition(row: region.row, column: region.column)
  }
}
