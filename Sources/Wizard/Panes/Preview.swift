import Resources
import Lint
import YAML
import RouteForm
import Simulation

/// Which text the preview beside the form shows.
package enum Preview: CaseIterable, Hashable, Sendable {
  /// What will be saved.
  case manifests
  /// What the controller makes of the route, as it writes it.
  case written
  /// The same as it reads back after the API server's defaults.
  case stored

  fileprivate var form: Generated.Form? {
    switch self {
    case .manifests: nil
    case .written: .written
    case .stored: .stored
    }
  }

  var title: String {
    switch self {
    case .manifests: "YAML"
    case .written: "Generated, as written"
    case .stored: "Generated, as stored"
    }
  }

  /// The text after this one.
  var next: Preview {
    switch self {
    case .manifests: .written
    case .written: .stored
    case .stored: .manifests
    }
  }
}

extension Wizard {
  /// Shows the next text beside the form.
  mutating func turnPreview() {
    navigation.preview = navigation.preview.next
    message = StyledLine("beside the form: \(navigation.preview.title)")
    if case .yaml = navigation.focus { refocus() }
  }

  /// Brings the shown text up to date, where that is not done with every change.
  mutating func followPreview() {
    if let form = navigation.preview.form { workspace.analysis.generate(form, of: workspace.form) }
  }
}

extension Context {
  /// The lines beside the form.
  var panePrintedText: PrintedText {
    navigation.preview == .manifests
      ? workspace.analysis.printedText
      : workspace.analysis.simulations.generated?.printedText ?? PrintedText()
  }

  /// Where a line beside the form comes from.
  func address(ofLine line: Int) -> Address? {
    guard let origin = panePrintedText.origin(ofLine: line) else { return nil }
    if navigation.preview == .manifests {
      return Address(workspace.analysis.objects[origin.document], origin.path)
    }
    guard let objects = workspace.analysis.simulations.generated?.objects,
      objects.indices.contains(origin.document)
    else { return nil }
    return Address(.route, objects[origin.document].source(of: origin.path))
  }

  /// The lines beside the form that the focused field writes, or those of what is around it.
  var paneLines: Range<Int>? {
    if navigation.preview == .manifests { return focusedLines }
    guard let address = navigation.focusedField, address.object == .route else { return nil }
    let printedText = panePrintedText
    var path = address.path
    // The HTTPRoute has most of the route's paths; nothing above a rule says anything.
    while path.count > 2 {
      if let lines = printedText.lines(of: path, in: 0) { return lines }
      path = path.parent
    }
    return nil
  }

  /// The lines of the YAML that the focused field writes, or those of what is around it.
  var focusedLines: Range<Int>? {
    guard let focused = navigation.focusedField,
      case var address = workspace.form.written(by: focused).first ?? focused,
      let document = workspace.analysis.objects.firstIndex(of: address.object)
    else { return nil }
    while true {
      if let lines = workspace.analysis.printedText.lines(of: address.path, in: document) {
        return lines
      }
      if address.path.isRoot { return nil }
      address = address.parent
    }
  }

  /// The problems in the order they are shown: errors first, among equals those of the focus first.
  var problems: [FormProblem] {
    let problems = workspace.analysis.problems
    guard let address = navigation.focusedField,
      problems.contains(where: { $0.address == address })
    else { return problems }
    let order = problems.indices.sorted { one, two in
      let (first, second) = (problems[one], problems[two])
      return (first.severity, first.address == address ? 0 : 1, one)
        < (second.severity, second.address == address ? 0 : 1, two)
    }
    return order.map { problems[$0] }
  }

  /// The problem at the focus: at its field, else at anything around it.
  var problemAtFocus: FormProblem? {
    if case .yaml(let line) = navigation.focus, let here = address(ofLine: line) {
      return workspace.analysis.problems.first { $0.address == here }
        ?? workspace.analysis.problems.first { $0.fixTitle != nil && $0.address.isWithin(here) }
    }
    guard let address = navigation.focusedField else { return nil }
    return workspace.analysis.problems.first { $0.address == address }
      ?? workspace.analysis.problems.first {
        $0.fixTitle != nil && $0.address.isWithin(address.parent)
      }
      ?? workspace.analysis.problems.first { $0.fixTitle != nil && $0.step == navigation.step }
  }
}
