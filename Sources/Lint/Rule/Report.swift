import Schemas
import Resources
import YAML

/// Collects the findings of rules.
struct Report {
  /// The document that is looked at; a bundle's rules name theirs with each finding.
  let document: Int
  /// The way to the part that is looked at.
  let base: Path
  /// The release that the documents are for.
  let release: Release
  /// The rule that is running.
  var rule: Rule?
  var findings: [Finding] = []

  init(document: Int, base: Path = .root, release: Release = .current) {
    self.document = document
    self.base = base
    self.release = release
  }

  /// Adds a finding; the paths and those of the changes start at the part that is looked at.
  ///
  /// `field` is what the server names, where that is not the path itself.
  mutating func add(
    _ message: String, at path: Path, field: Path? = nil, in document: Int? = nil,
    severity: Finding.Severity? = nil, source: Finding.Source? = nil,
    caution: Fix.Caution? = nil, fix title: String? = nil, _ changes: RuleEdit...
  ) {
    guard let rule else { return }
    let document = document ?? self.document
    let severity = severity ?? rule.severity
    let source = source ?? rule.source
    let isRefused = source == .admission && severity == .error
    let fix = title.map { title in
      Fix(title, changes.map { $0.edit(in: document, base: base) }, caution: caution)
    }
    findings.append(
      Finding(
        document: document, path: base.appending(path), severity: severity,
        source: source, rule: rule.id, message: message, fix: fix,
        field: field.map(base.appending), stage: isRefused ? rule.stage : nil))
  }

  /// Gives the finding just added a fix of its own.
  mutating func attach(_ fix: Fix) {
    guard let last = findings.indices.last else { return }
    findings[last].fix = fix
  }

  /// Gives the finding just added a fix that removes the nodes at some paths.
  mutating func attach(relative paths: [Path]) {
    let names = paths.compactMap { $0.last.map { Path([$0]).description } }
    attach(
      Fix(
        "remove \(names.joined(separator: ", "))",
        paths.map { .remove(document: document, base.appending($0)) }))
  }
}

/// An edit whose paths start at the part that the rule checks.
enum RuleEdit {
  case set(Path, Node, in: Int? = nil)
  case remove(Path)
  case add(Node)

  fileprivate func edit(in document: Int, base: Path) -> DocumentEdit {
    switch self {
    case .set(let path, let node, let other):
      .set(document: other ?? document, base.appending(path), node)
    case .remove(let path): .remove(document: document, base.appending(path))
    case .add(let node): .add(node)
    }
  }
}
