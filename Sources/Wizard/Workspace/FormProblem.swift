package import Lint
import Manifest
package import RouteForm
import Screen

/// A finding in an opened document that the form does not show.
package struct KeptProblem: Hashable, Sendable {
  /// Which of the opened documents.
  package let place: Int
  package let finding: Finding
}

/// A finding at its place in the form.
package struct FormProblem: Hashable, Sendable {
  package let address: Address
  package let severity: Finding.Severity
  package let message: String
  /// The finding it comes from; nil for a text that is not a value yet.
  package let finding: Finding?

  /// The step it is mended in.
  package let step: Step

  /// What the text at the address most likely means; nil where nothing plain fits.
  package var repair: String?

  /// What a fix would do, nil where there is none at hand.
  var fixTitle: String? { finding?.fix?.title ?? repair.map { "write \($0)" } }

  /// `error:`, `warning:` or `info:`, so that no colour is needed.
  package var label: String { severity.label }

  /// The problem in a line: how grave, where, what.
  package var text: String { "\(label) \(place): \(message)" }

  /// The end of the path, enough to know the field by: `parentRefs[0].name`.
  private var place: String {
    let keys = address.path.steps.indices.filter { index in
      if case .key = address.path.steps[index] { true } else { false }
    }
    let start = keys.dropLast().last ?? 0
    let end = Path(Array(address.path.steps[start...]))
    return end.isRoot ? "\(address.object)" : "\(end)"
  }
}

extension Finding.Severity {
  /// `error:`, `warning:` or `info:`.
  var label: String {
    switch self {
    case .error: "error:"
    case .warning: "warning:"
    case .info: "info:"
    }
  }

  /// How it is drawn.
  var role: Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .info: .hint
    }
  }
}
