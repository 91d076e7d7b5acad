import Lint
package import Manifest
package import RouteForm

/// All that follows from the form: documents, their text, the problems, the marks of what changed.
///
/// Computed once a change, and of a change only what it touched.
package struct Derived: Sendable {
  package private(set) var objects: [ObjectName] = []
  package private(set) var documents: [Node] = []
  package private(set) var listing: Listing
  package private(set) var problems: [FormProblem] = []
  package private(set) var errors = 0
  package private(set) var warnings = 0
  package private(set) var marks: ChangeMarks
  private var form: FormState?
  private var printer = Printer()
  private var linter = Linter()
  private var tracker = ChangeTracker()

  /// Counts up whenever `problems` become others.
  package private(set) var problemsVersion = 0
  /// Whether the problems are those of an older form.
  private var isBehind = false

  package init() {
    listing = printer.listing(of: [])
    marks = tracker.marks(of: listing)
  }

  /// Brings documents and text up to date with a form; the problems follow with `judge`.
  package mutating func follow(_ form: FormState) {
    guard form != self.form else { return }
    self.form = form
    objects = form.objects
    documents = form.documents
    listing = printer.listing(of: documents)
    marks = tracker.marks(of: listing)
    isBehind = true
  }

  /// Takes the present text as what later changes are marked against.
  package mutating func markFromHere() {
    tracker = ChangeTracker(baseline: listing)
    marks = tracker.marks(of: listing)
  }

  /// Brings the problems up to date; whether they became others.
  @discardableResult
  package mutating func judge(_ form: FormState) -> Bool {
    follow(form)
    guard isBehind else { return false }
    isBehind = false
    var found = form.drafts.map { address, text in
      FormProblem(
        address: address, severity: .error, message: form.fault(of: text, at: address),
        finding: nil)
    }
    for finding in linter.findings(in: documents) where objects.indices.contains(finding.document) {
      let address = Address(objects[finding.document], finding.path)
      if form.drafts[address] != nil || form.isDerived(address) { continue }
      found.append(
        FormProblem(
          address: address, severity: finding.severity, message: finding.message, finding: finding))
    }
    let order = found.indices.sorted { one, two in
      (found[one].step.rawValue, found[one].severity, one)
        < (found[two].step.rawValue, found[two].severity, two)
    }
    found = order.map { found[$0] }
    guard found != problems else { return false }
    problems = found
    problemsVersion += 1
    errors = found.count { $0.severity == .error }
    warnings = found.count { $0.severity == .warning }
    return true
  }
}
