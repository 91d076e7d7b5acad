import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// The YAML that will be saved: numbered, marked, with the focused field's lines in view.
  mutating func drawYAML(_ frame: inout Frame, _ arrangement: ScreenLayout) {
    guard let region = arrangement.yaml else { return }
    if navigation.preview != .manifests {
      drawGenerated(&frame, arrangement, region)
      return
    }
    var linked = 0..<0
    var ghost: PreviewWithPlaceholder?
    switch navigation.focus {
    case .yaml(let line): linked = line..<line + 1
    case .field(let address):
      ghost = workspace.analysis.ghost(of: address, in: workspace.form)
      linked = ghost?.lines ?? context.focusedLines ?? 0..<0
    case .button, .toggle, .jump: break
    }
    let count = (ghost?.listing ?? workspace.analysis.listing).lineCount
    viewport.yamlRows = region.rows
    viewport.yamlRegion = region
    viewport.yamlTop = Viewport.top(
      viewport.yamlTop, showing: linked, rows: region.rows, of: count)
    let stale = staleLines
    for line in viewport.yamlTop..<min(count, viewport.yamlTop + region.rows) {
      let row = line - viewport.yamlTop
      let real = ghost.map { $0.line(line) } ?? line
      let isKept = if let real { workspace.analysis.isKept(real) } else { false }
      drawYAMLLine(
        &frame, region, row, number: line + 1,
        (ghost?.listing ?? workspace.analysis.listing).line(line),
        mark: real.map { workspace.analysis.marks[$0] },
        isLinked: linked.contains(line), isKept: isKept)
      if let real {
        if stale.contains(real) { drawStale(&frame, region, row) }
        viewport.note(
          region.row + row, region.column..<region.column + region.columns, .focus(.yaml(real)))
      }
    }
    if case .yaml(let line) = navigation.focus, panels.isEmpty {
      frame.cursor = Frame.Place(row: region.row + line - viewport.yamlTop, column: region.column)
    }
  }

  /// The lines whose value is not what stands in the field, because that is no value.
  private var staleLines: Set<Int> {
    if workspace.form.drafts.isEmpty { return [] }
    return Set(
      workspace.form.drafts.keys.compactMap { address in
        workspace.analysis.objects.firstIndex(of: address.object).flatMap {
          workspace.analysis.listing.lines(of: address.path, in: $0)?.lowerBound
        }
      })
  }

  private func drawStale(_ frame: inout Frame, _ region: Region, _ row: Int) {
    let words = " <- last valid value"
    frame.put(
      words, row: row, column: region.columns - words.utf8.count, Style(.warning), in: region)
  }

  /// What the YAML is of, how long it is, and what of it changed.
  var yamlTitle: PaneCache.YAMLTitle {
    let marks = workspace.analysis.marks
    return PaneCache.YAMLTitle(
      place: workspace.place, lines: workspace.analysis.listing.lineCount,
      marks: "+\(marks.added) ~\(marks.changed) -\(marks.removed)",
      since: workspace.saved == nil ? "since start" : "since saved", preview: navigation.preview)
  }

  func drawYAMLTitle(_ frame: inout Frame, _ title: PaneCache.YAMLTitle, _ region: Region) {
    frame.clear(region)
    let end = frame.put(
      "YAML  \(title.place)  \(title.lines) lines", row: 0, column: 1,
      Style(.heading, bold: true), in: region)
    frame.put(
      "\(title.marks) \(title.since)", row: 0, column: end + 2, Style(.hint), in: region)
  }

  /// A line with its number and mark; one that is not there yet has no mark and is dim.
  func drawYAMLLine(
    _ frame: inout Frame, _ region: Region, _ row: Int, number: Int, _ bytes: ArraySlice<UInt8>,
    mark: ChangeMarks.Mark?, isLinked: Bool, isKept: Bool
  ) {
    let bytes = Credential.masked(bytes)
    if isLinked { frame.put(">", row: row, column: 0, Style(.key, bold: true), in: region) }
    let digits = String(number)
    frame.put(digits, row: row, column: 5 - digits.utf8.count, Style(.hint), in: region)
    switch mark {
    case .some(.none) where isKept:
      frame.put("#", row: row, column: 6, Style(.kept), in: region)
    case nil, .some(.none): break
    case .added: frame.put("+", row: row, column: 6, Style(.added), in: region)
    case .changed: frame.put("~", row: row, column: 6, Style(.changed), in: region)
    }
    let isReversed = if case .yaml = navigation.focus { isLinked } else { false }
    let isDim = mark == nil || isKept
    var key = Style(.label, reversed: isReversed, dim: isDim)
    var value = Style(isDim ? .hint : .value, reversed: isReversed, dim: isDim)
    key.isBold = isLinked && !isDim
    value.isBold = isLinked && !isDim
    if let colon = keyEnd(bytes) {
      let end = frame.put(bytes[..<colon], row: row, column: 8, key, in: region)
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
