import Manifest
import RouteForm
import Screen

extension Wizard {
  /// The YAML that will be saved: numbered, marked, with the focused field's lines in view.
  mutating func drawYAML(_ frame: inout Frame, _ arrangement: Arrangement) {
    guard let region = arrangement.yaml else { return }
    let listing = derived.listing
    let linked: Range<Int>
    if case .yaml(let line) = model.focus { linked = line..<line + 1 } else {
      linked = focusedLines ?? 0..<0
    }
    viewport.yamlRows = region.rows
    viewport.yamlRegion = region
    viewport.yamlTop = Viewport.top(
      viewport.yamlTop, showing: linked, rows: region.rows, of: listing.lineCount)
    if let title = arrangement.yamlTitle { drawYAMLTitle(&frame, title, linked) }
    let isFocused = if case .yaml = model.focus { true } else { false }
    let shown = viewport.yamlTop..<min(listing.lineCount, viewport.yamlTop + region.rows)
    for line in shown {
      let row = line - viewport.yamlTop
      drawYAMLLine(&frame, region, row, line, isLinked: linked.contains(line), isFocused)
      viewport.note(
        region.row + row, region.column..<region.column + region.columns, .focus(.yaml(line)))
    }
    if case .yaml(let line) = model.focus, model.overlays.isEmpty {
      frame.cursor = Frame.Place(row: region.row + line - viewport.yamlTop, column: region.column)
    }
  }

  private func drawYAMLTitle(_ frame: inout Frame, _ region: Region, _ linked: Range<Int>) {
    let listing = derived.listing
    frame.fill(row: 0, columns: 0..<region.columns, Style(.title), in: region)
    let marks = derived.marks
    let since = model.saved == nil ? "since start" : "since saved"
    let lines = linked.isEmpty ? "\(listing.lineCount) lines" : "line \(linked.lowerBound + 1) of \(listing.lineCount)"
    let end = frame.put(
      "YAML  \(place)  \(lines)", row: 0, column: 1, Style(.heading, bold: true), in: region)
    frame.put(
      "+\(marks.added) ~\(marks.changed) -\(marks.removed) \(since)", row: 0, column: end + 2,
      Style(.hint), in: region)
  }

  private func drawYAMLLine(
    _ frame: inout Frame, _ region: Region, _ row: Int, _ line: Int, isLinked: Bool,
    _ isFocused: Bool
  ) {
    if isLinked { frame.put(">", row: row, column: 0, Style(.key, bold: true), in: region) }
    let number = String(line + 1)
    frame.put(number, row: row, column: 5 - number.utf8.count, Style(.hint), in: region)
    switch derived.marks[line] {
    case .none: break
    case .added: frame.put("+", row: row, column: 6, Style(.added), in: region)
    case .changed: frame.put("~", row: row, column: 6, Style(.changed), in: region)
    }
    let bytes = derived.listing.line(line)
    let value = Style(.value, reversed: isLinked && isFocused, bold: isLinked)
    if let colon = keyEnd(bytes) {
      let end = frame.put(
        bytes[..<colon], row: row, column: 8,
        Style(.label, reversed: isLinked && isFocused, bold: isLinked), in: region)
      frame.put(bytes[colon...], row: row, column: end, value, in: region)
    } else {
      frame.put(bytes, row: row, column: 8, value, in: region)
    }
  }

  /// Where the key of a line ends, so that it can be told from its value.
  private func keyEnd(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")) else { return nil }
    let next = colon + 1
    return next == bytes.endIndex || bytes[next] == UInt8(ascii: " ") ? next : nil
  }
}
