import Schemas
import YAML
import RouteForm
import Screen

extension Wizard {
  /// The YAML that will be saved: numbered, marked, with the focused field's lines in view.
  mutating func drawYAML(_ drawn: inout PaneCache, _ region: Region) {
    var linked = 0..<0
    var placeholderPreview: PreviewWithPlaceholder?
    switch navigation.focus {
    case .yaml(let line): linked = line..<line + 1
    case .field(let address):
      placeholderPreview = workspace.analysis.placeholderPreview(of: address, in: workspace.form)
      linked = placeholderPreview?.lines ?? context.focusedLines ?? 0..<0
    case .button, .toggle, .jump: break
    }
    let analysis = workspace.analysis
    let marks = analysis.marks
    let printedText = placeholderPreview?.printedText ?? analysis.printedText
    let stale = staleLines
    let isChosen = isLineFocused
    drawLines(&drawn, region, of: printedText, showing: linked) { line in
      let real = placeholderPreview.map { $0.line(line) } ?? line
      let isKept = if let real { analysis.isKept(real) } else { false }
      let yaml = YAMLLine(
        number: line + 1, bytes: printedText.line(line), mark: real.map { marks[$0] },
        isLinked: linked.contains(line), isChosen: isChosen, isKept: isKept,
        isStale: real.map(stale.contains) ?? false)
      return (yaml, real)
    }
  }

  /// Draws the lines of a text that are in view, and makes each a place to click; `line` gives how
  /// one looks and the line that a click on it goes to.
  mutating func drawLines(
    _ drawn: inout PaneCache, _ region: Region, of printedText: PrintedText,
    showing linked: Range<Int>,
    _ line: (Int) -> (yaml: YAMLLine, real: Int?)
  ) {
    viewport.yamlRows = region.rows
    viewport.yamlRegion = region
    viewport.yamlTop = Viewport.top(
      viewport.yamlTop, showing: linked, rows: region.rows, of: printedText.lineCount)
    for row in 0..<region.rows {
      let number = viewport.yamlTop + row
      guard number < printedText.lineCount else {
        drawn.show(nil, row, region)
        continue
      }
      let (yaml, real) = line(number)
      drawn.show(yaml, row, region)
      guard let real else { continue }
      viewport.note(
        region.row + row, region.column..<region.column + region.columns, .focus(.yaml(real)))
    }
    if case .yaml(let line) = navigation.focus, panels.isEmpty {
      drawn.frame.cursor = Frame.CellPosition(
        row: region.row + line - viewport.yamlTop, column: region.column)
    }
  }

  /// The lines whose value is not what stands in the field, because that is no value.
  private var staleLines: Set<Int> {
    if workspace.form.invalidTexts.isEmpty { return [] }
    return Set(
      workspace.form.invalidTexts.keys.compactMap { address in
        workspace.analysis.objects.firstIndex(of: address.object).flatMap {
          workspace.analysis.printedText.lines(of: address.path, in: $0)?.lowerBound
        }
      })
  }

  /// What the YAML is of, how long it is, and what of it changed.
  var yamlTitle: PaneCache.YAMLTitle {
    let marks = workspace.analysis.marks
    let shown = workspace.analysis.objects.count
    let others = workspace.analysis.keptPlaces.count
    return PaneCache.YAMLTitle(
      outputPath: workspace.outputPath,
      documents: others == 0 ? "" : "\(shown) of \(shown + others) documents, ",
      lines: workspace.analysis.printedText.lineCount,
      marks: "+\(marks.added) ~\(marks.changed) -\(marks.removed)",
      since: workspace.saved == nil ? "since start" : "since saved", preview: navigation.preview)
  }

  func drawYAMLTitle(_ frame: inout Frame, _ title: PaneCache.YAMLTitle, _ region: Region) {
    frame.clear(region)
    let end = frame.put(
      "YAML  \(title.outputPath)  \(title.documents)\(title.lines) lines", row: 0, column: 1,
      Style(.heading, bold: true), in: region)
    frame.put(
      "\(title.marks) \(title.since)", row: 0, column: end + 2, Style(.hint), in: region)
  }

  /// Whether the focus is on a line of the YAML.
  var isLineFocused: Bool { if case .yaml = navigation.focus { true } else { false } }
}
