import Manifest
import RouteForm
import Simulation

/// Which text stands beside the form.
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
    model.preview = model.preview.next
    model.message = StyledLine("beside the form: \(model.preview.title)")
    if case .yaml = model.focus { refocus() }
  }

  /// Brings the shown text up to date, where that is not done with every change.
  mutating func followPreview() {
    if let form = model.preview.form { derived.generate(form, of: model.form) }
  }

  /// The lines beside the form.
  var paneListing: Listing {
    model.preview == .manifests
      ? derived.listing : derived.foresight.generated?.listing ?? Listing()
  }

  /// Where a line beside the form comes from.
  func address(ofLine line: Int) -> Address? {
    guard let origin = paneListing.origin(ofLine: line) else { return nil }
    if model.preview == .manifests {
      return Address(derived.objects[origin.document], origin.path)
    }
    guard let objects = derived.foresight.generated?.objects,
      objects.indices.contains(origin.document)
    else { return nil }
    return Address(.route, objects[origin.document].source(of: origin.path))
  }

  /// The lines beside the form that the focused field writes, or those of what is around it.
  var paneLines: Range<Int>? {
    if model.preview == .manifests { return focusedLines }
    guard case .field(let address) = model.focus, address.object == .route else { return nil }
    let listing = paneListing
    var path = address.path
    // The HTTPRoute has most of the route's paths; nothing above a rule says anything.
    while path.count > 2 {
      if let lines = listing.lines(of: path, in: 0) { return lines }
      path = path.parent
    }
    return nil
  }
}
