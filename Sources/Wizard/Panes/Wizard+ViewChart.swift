import RouteForm
import Screen

extension Wizard {
  /// The chart that goes with the step, nil where it has none.
  mutating func chart(columns: Int) -> Chart? {
    guard navigation.cards.isEmpty, workspace.form.rule(navigation.rule) != nil, !isPoolRule else {
      return nil
    }
    switch navigation.step {
    case .matches, .splits, .timeouts: break
    case .buffer, .gateway, .overrides, .pool, .review: return nil
    }
    return workspace.analysis.chart(
      of: Chart.Subject(
        step: navigation.step, rule: navigation.rule,
        backend: navigation.step == .splits ? context.backendAtFocus : nil, columns: columns),
      in: workspace.form)
  }

  /// Draws it below the form, as much of it as there is room for; an ellipsis says that it goes on.
  func draw(_ chart: Chart, _ frame: inout Frame, _ region: Region, below row: Int) {
    let free = region.rows - row
    let start = free > chart.lines.count ? row + 1 : row
    let (lines, goesOn) = chart.window(region.rows - start)
    for (index, line) in lines.enumerated() {
      var column = 1
      for piece in line {
        let isTitle = index == 0 && piece.role == .heading
        column = frame.put(
          piece.text, row: start + index, column: column, Style(piece.role, bold: isTitle),
          in: region)
      }
      if goesOn, index == lines.count - 1 {
        frame.put(
          " ...", row: start + index, column: min(column, region.columns - 4), Style(.hint),
          in: region)
      }
    }
  }
}
