import RouteForm
import Schemas
import Screen

/// The title, the status line and the keys.
extension Wizard {
  func drawTitle(_ frame: inout Frame, _ title: PaneCache.Title, _ region: Region) {
    let bar = Style(.title, reversed: true)
    frame.fill(row: 0, columns: 0..<region.columns, bar, in: region)
    let route = title.route.map { ", route \($0)" } ?? ""
    let name = "\(title.outputPath)\(route)\(title.isDirty ? " *" : "")"
    var right = "\(title.cluster ?? "offline")  "
    if workspace.analysis.errors + workspace.analysis.warnings > 0 {
      right += "\(workspace.counts)  "
    }
    right += "\(navigation.step.rawValue)/8 "
    let target = title.release == .current ? "" : "for AI Gateway \(title.release.rawValue)  "
    let left = "aigw-wizard  \(target)\(name)".shortened(region.columns - right.utf8.count - 3)
    frame.put(left, row: 0, column: 1, bar, in: region)
    frame.put(right, row: 0, column: region.columns - right.utf8.count, bar, in: region)
  }

  func drawStatus(_ frame: inout Frame, _ status: PaneCache.Status, _ region: Region) {
    let message = status.message
    let place = Width.columns(of: status.focus) + 4
    // A message that does not fit beside the focus takes its place.
    let fits = message.map { place + Width.columns(of: $0.text) < region.columns } ?? true
    var column = fits ? frame.put(status.focus, row: 0, column: 1, in: region) + 3 : 1
    if let message {
      column =
        3
        + frame.put(
          message.text.shortened(region.columns - column - 1), row: 0, column: column,
          Style(message.role, bold: true), in: region)
    } else if status.isSelected {
      column =
        3
        + frame.put(
          "selected: typing replaces it", row: 0, column: column, Style(.hint), in: region)
    }
    var right = status.total > 0 ? "undo \(status.done)/\(status.total) " : ""
    if status.isDirty, column + right.utf8.count + 20 < region.columns {
      switch status.draft {
      case .none: break
      case .kept(let time): right += "  draft saved \(time) "
      case .failing: right += "  no draft is kept "
      }
    }
    let mouse = "  \(mouseState) "
    if status.hasMouse, region.columns >= 160,
      column + right.utf8.count + mouse.utf8.count < region.columns
    {
      right += mouse
    }
    let start = region.columns - right.utf8.count
    let role: Role = status.draft == .failing && status.isDirty ? .warning : .hint
    if start > column { frame.put(right, row: 0, column: start, Style(role), in: region) }
  }

  private static let keyRows: [[(Command, String)]] = [
    [
      (.help, "Help"), (.save, "Save"), (.nextStep, "Next step"), (.undo, "Undo"),
      (.goTo, "Go to"), (.problems, "Problems"), (.simulate, "Simulate"),
    ],
    [
      (.leave, "Exit"), (.nextField, "Next"), (.previousStep, "Prev step"), (.redo, "Redo"),
      (.redraw, "Redraw"), (.yaml, "YAML"), (.generated, "Generated"),
    ],
  ]

  /// The letters after Esc that are shown where there is room, with what they do.
  private static let letterRow: [([Command], String)] = [
    ([.yaml], "YAML"), ([.explain], "Explain"), ([.problems], "Problems"),
    ([.simulate], "Simulate"), ([.diff], "Diff"), ([.generated], "Generated"),
    ([.previousRule, .nextRule], "Rule"), ([.fix], "Fix"),
  ]

  /// The keys in two lines: side by side, or, where there is room, those with Ctrl above, the
  /// letters below.
  mutating func drawKeys(_ frame: inout Frame, _ region: Region) {
    guard region.columns < 100 else {
      drawWideKeys(&frame, region)
      return
    }
    var column = 1
    for place in Self.keyRows[0].indices {
      let entries = Self.keyRows.map { $0[place] }
      let hints = entries.map {
        isAnythingOpen ? keymap.chord(for: $0.0) : keymap.hint(for: $0.0)
      }
      let width = zip(hints, entries).map { $0.utf8.count + $1.1.utf8.count + 1 }.max() ?? 0
      guard column + width <= region.columns else { return }
      for (row, entry) in entries.enumerated() {
        let end = frame.put(
          hints[row], row: row, column: column, Style(.key, reversed: true), in: region)
        frame.put(entry.1, row: row, column: end + 1, in: region)
        viewport.note(region.row + row, column..<column + width, .command(entry.0))
      }
      column += width + 2
    }
  }

  private mutating func drawWideKeys(_ frame: inout Frame, _ region: Region) {
    var column = 1
    func put(_ key: String, _ label: String, _ command: Command, row: Int) {
      guard !key.isEmpty, column + key.utf8.count + label.utf8.count < region.columns else {
        return
      }
      let start = column
      let end = frame.put(key, row: row, column: column, Style(.key, reversed: true), in: region)
      column = frame.put(label, row: row, column: end + 1, in: region)
      viewport.note(region.row + row, start..<column, .command(command))
      column += 3
    }
    let commands: [Command] = [
      .help, .save, .leave, .nextField, .nextStep, .previousStep, .undo, .redo, .goTo, .redraw,
    ]
    for command in commands {
      put(
        isAnythingOpen ? keymap.chord(for: command) : keymap.hint(for: command), command.short,
        command, row: 0)
    }
    column =
      frame.put(
        isAnythingOpen ? "Alt with:" : "Esc then:", row: 1, column: 1, Style(.hint), in: region) + 2
    for (commands, label) in Self.letterRow {
      let letters = commands.compactMap { keymap.letter(of: $0) }
      guard letters.count == commands.count, let last = commands.last else { continue }
      put(letters.map { String($0) }.joined(separator: " "), label, last, row: 1)
    }
    if keymap.hasStepNumbers { put("1-8", Command.step1.short, .step1, row: 1) }
  }
}
