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
        step: navigation.step, rule: navigation.rule, backend: backendAtFocus, columns: columns),
      in: workspace.form)
  }

  /// The backendRef of the selected rule that has, or last had, the focus.
  private var backendAtFocus: Int? {
    guard navigation.step == .splits else { return nil }
    let list = FormState.backendRefs(navigation.rule)
    if case .field(let address) = navigation.focus { return address.row(in: list) }
    return navigation.lastRow?.row(in: list)
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
