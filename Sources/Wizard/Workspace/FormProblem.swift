package import Lint
import YAML
package import RouteForm
import Screen

/// A finding in an opened document that the form does not show.
package struct KeptProblem: Hashable, Sendable {
  /// Which of the opened documents.
  package let documentIndex: Int
  package let finding: Finding
}

/// A finding at its place in the form.
package struct FormProblem: Hashable, Sendable {
  package let address: Address
  package let severity: Finding.Severity
  package let message: String
  /// The finding it comes from; nil for a text that is not a value yet.
  package let finding: Finding?

  /// The step it is repaired in.
  package let step: Step

  /// What the text at the address most likely means; nil where nothing plain fits.
  package var repair: String?

  /// The rule that it is in, where there are several: `rule 2 (gpt-4o)`.
  var rule: String?

  /// What a fix would do, nil where there is none.
  package var fixTitle: String? { finding?.fix?.title ?? repair.map { "write \($0)" } }

  /// `error:`, `warning:` or `info:`, so that no colour is needed.
  package var label: String { severity.label }

  /// The problem in a line: how grave, where, what.
  package var text: String {
    let parts = [rule ?? "", place].filter { !$0.isEmpty }
    return "\(label) \(parts.joined(separator: ", ")): \(said)"
  }

  /// The message, with who says it where that is the cluster's server.
  private var said: String { finding?.source == .server ? "server: \(message)" : message }

  /// The end of the path, within a rule that is named, enough to know the field by:
  /// `parentRefs[0].name`.
  private var place: String {
    let steps = address.path.steps.dropFirst(rule == nil ? 0 : 3)
    let keys = steps.indices.filter { index in
      if case .key = steps[index] { true } else { false }
    }
    let start = keys.dropLast().last ?? steps.startIndex
    let end = Path(Array(steps[start...]))
    return end.isRoot ? rule == nil ? "\(address.object)" : "" : "\(end)"
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
