import YAML
import Screen

extension Wizard {
  /// What the controller makes of the route, in the place of the YAML.
  mutating func drawGenerated(
    _ drawn: inout PaneCache, _ arrangement: ScreenLayout, _ region: Region
  ) {
    followPreview()
    let printedText = context.panePrintedText
    var linked = context.paneLines ?? 0..<0
    if case .yaml(let line) = navigation.focus { linked = line..<line + 1 }
    if let title = arrangement.yamlTitle { drawGeneratedTitle(&drawn.frame, title) }
    let isChosen = isLineFocused
    drawLines(&drawn, region, of: printedText, showing: linked) { line in
      let yaml = YAMLLine(
        number: line + 1, bytes: printedText.line(line), mark: ChangeMarks.Mark.none,
        isLinked: linked.contains(line), isChosen: isChosen)
      return (yaml, line)
    }
    if let failure = workspace.analysis.simulations.generated?.failure {
      let text = "The controller stops, and writes nothing: \(failure)"
      for (row, part) in text.wrapped(region.columns - 2).enumerated() {
        drawn.frame.put(part, row: row, column: 1, Style(.error), in: region)
      }
      drawn.forgetYAML()
    }
  }

  private func drawGeneratedTitle(_ frame: inout Frame, _ region: Region) {
    frame.clear(region)
    let end = frame.put(
      navigation.preview.title, row: 0, column: 1, Style(.heading, bold: true), in: region)
    let warnings = workspace.analysis.simulations.generated?.warnings ?? 0
    var text = "\(context.panePrintedText.lineCount) lines"
    if warnings > 0 { text += ", \(warnings) not known here" }
    text += "  \(keymap.hint(for: .generated)): \(navigation.preview.next.title)"
    frame.put(text, row: 0, column: end + 2, Style(.hint), in: region)
  }
}
