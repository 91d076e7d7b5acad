package import Schemas
package import YAML

/// One thing that is wrong or worth knowing about a document.
///
/// It names the rule, the document and path, who rejects it (`source`) and its severity, in one
/// sentence without line numbers: reports add file and line. Credentials are masked
/// in the message and in the title of the fix as it is made.
package struct Finding: Hashable, Sendable {
  package enum Severity: String, CaseIterable, Comparable, Sendable {
    case error, warning, info

    private var rank: Int {
      switch self {
      case .error: 0
      case .warning: 1
      case .info: 2
      }
    }

    /// The graver one comes first.
    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
  }

  /// Who reports the problem.
  package enum Source: String, CaseIterable, Sendable {
    /// The API server refuses the document.
    case admission
    /// The API server refuses what the controller makes of the document.
    case generated
    /// A controller refuses the document after the server took it.
    case controller
    /// Nobody refuses it; it does not do what was probably meant.
    case advice
    /// The API server of the cluster said so when it was asked.
    case server
  }

  /// Which of the documents, from 0.
  package var document: Int
  /// What is at odds, or what is missing.
  package var path: Path
  /// The field that the server names, at `path` or above it; the same for who is no server.
  package var field: Path
  package let severity: Severity
  package let source: Source
  /// The stage at which the API server rejects the document; nil where it accepts it.
  package let stage: SchemaViolation.Stage?
  /// The stable name of the rule, `L33`, `schema.pattern` or `cel.T1`.
  package let rule: String
  package internal(set) var message: String
  package var fix: Fix?

  package init(
    document: Int, path: Path, severity: Severity, source: Source, rule: String, message: String,
    fix: Fix? = nil, field: Path? = nil, stage: SchemaViolation.Stage? = nil
  ) {
    self.document = document
    self.path = path
    self.field = field ?? path
    self.stage = stage
    self.severity = severity
    self.source = source
    self.rule = rule
    // Values that are quoted may be keys of providers.
    self.message = Credential.masked(message)
    self.fix = fix
  }
}
