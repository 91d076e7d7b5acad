package import Lint
package import RouteForm

/// A finding at its place in the form.
package struct FormProblem: Hashable, Sendable {
  package let address: Address
  package let severity: Finding.Severity
  package let message: String
  /// The finding it comes from; nil for a text that is not a value yet.
  package let finding: Finding?

  /// The step it is mended in.
  package var step: Step { Step.home(of: address) }

  /// `error:`, `warning:` or `note:`, so that no colour is needed.
  package var label: String {
    switch severity {
    case .error: "error:"
    case .warning: "warning:"
    case .info: "note:"
    }
  }
}
