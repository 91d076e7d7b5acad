import Lint
import Resources
package import YAML

/// The answer of an API server to a dry run of one object.
package struct DryRunResult: Sendable {
  /// One objection at its field, in the server's own words.
  package struct Objection: Hashable, Sendable {
    package let path: Path
    package let message: String
    /// Whether it is only that somebody else has written the field.
    package let isConflict: Bool

    /// What it says, behind how bad that is.
    package var sentence: String { "\(isConflict ? "warning" : "error"): \(message)" }
  }

  package internal(set) var objections: [Objection] = []
  /// The object as it would be stored; nil where the server refuses it.
  package internal(set) var stored: Node?
  /// Whether unknown fields were checked; kubectl before 1.25 cannot ask for that.
  package internal(set) var isStrict = true
}

extension Kubectl {
  /// The name by which objects are applied, so that others see who wrote a field.
  package static let manager = "aigw-wizard"

  /// Asks the server what it would say to an object; throws where that remains unknown.
  ///
  /// Who else wrote a field is no objection where `ignoringOthers`.
  package func dryRunResult(
    of object: Node, ignoringOthers: Bool = false
  ) throws(ClusterError) -> DryRunResult {
    var result = DryRunResult()
    var answer = try dryRun(object, isStrict: true, forces: ignoringOthers)
    if answer.errorOutput.text.holds("\"--validate\" flag") {
      result.isStrict = false
      answer = try dryRun(object, isStrict: false, forces: ignoringOthers)
    }
    if let conflicts = answer.errorOutput.conflicts, !answer.isSuccess {
      result.objections = conflicts
      // The server reports a conflict before it looks at the values.
      answer = try dryRun(object, isStrict: result.isStrict, forces: true)
    }
    if answer.isSuccess {
      result.stored = try answer.value()
    } else {
      guard let objections = answer.errorOutput.objections(to: object) else {
        throw answer.errorOutput.error
      }
      result.objections += objections
    }
    return result
  }

  private func dryRun(
    _ object: Node, isStrict: Bool, forces: Bool
  ) throws(ClusterError) -> Response {
    var arguments = [
      "apply", "--server-side", "--dry-run=server", "--field-manager=\(Self.manager)",
    ]
    arguments.append(isStrict ? "--validate=strict" : "--validate=false")
    if forces { arguments.append("--force-conflicts") }
    arguments += ["-o", "json", "-f", "-"]
    if let namespace = target.namespace, object.needsNamespace { arguments += ["-n", namespace] }
    return try answer(to: arguments, input: Array(object.json.utf8))
  }
}

extension Node {
  /// Whether it names no namespace of its own.
  var needsNamespace: Bool { self["metadata"]?.given("namespace") == nil }
}
