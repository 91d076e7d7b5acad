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
  /// The problems at an address, as places in `problems`.
  private var form: FormState?
  private var printer = Printer()
  private var linter = Linter()
  private var tracker = ChangeTracker()

  package init() {
    listing = printer.listing(of: [])
    marks = tracker.marks(of: listing)
  }

  /// Brings everything up to date with a form.
  package mutating func follow(_ form: FormState) {
    guard form != self.form else { return }
    self.form = form
    objects = form.objects
    documents = form.documents
    listing = printer.listing(of: documents)
    marks = tracker.marks(of: listing)
    collectProblems(form)
  }

  /// Takes the present text as what later changes are marked against.
  package mutating func markFromHere() {
    tracker = ChangeTracker(baseline: listing)
    marks = tracker.marks(of: listing)
  }

  private mutating func collectProblems(_ form: FormState) {
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
    found.sort { ($0.step.rawValue, $0.severity) < ($1.step.rawValue, $1.severity) }
    problems = found
    errors = found.count { $0.severity == .error }
    warnings = found.count { $0.severity == .warning }
  }
}
