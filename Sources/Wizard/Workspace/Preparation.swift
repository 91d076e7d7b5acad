import Lint
package import RouteForm
import Schemas

/// What checking a form against a cluster needs, computed in the background.
package struct Preparation: Sendable {
  fileprivate let linter: Linter
  fileprivate let release: Release
  /// What the journal of the session says of the cluster.
  let line: [UInt8]
}

extension Wizard {
  /// Computes, in the background, what linting the form against a cluster needs.
  package func preparation(for cluster: KnownCluster) -> Preparation {
    workspace.analysis.preparation(for: cluster, workspace.form)
  }

  /// Takes what was computed; nothing anyone can see follows from it.
  package mutating func use(_ preparation: Preparation) {
    if preparation.release == workspace.form.release {
      workspace.analysis.linter = preparation.linter
    }
  }
}

extension Workspace {
  /// Whether the cluster holds so much that linting with it takes longer than a key should.
  private var hasMuchBeside: Bool { (analysis.cluster?.objects.count ?? 0) > 200 }

  /// Whether linting takes longer than a key should.
  package var isSlowToLint: Bool { isLarge || hasMuchBeside }
}

extension Analysis {
  fileprivate func preparation(for cluster: KnownCluster, _ form: FormState) -> Preparation {
    var other = self
    other.cluster = cluster
    other.lint(form)
    return Preparation(
      linter: other.linter, release: form.release, line: SessionJournal.line(of: cluster))
  }
}
