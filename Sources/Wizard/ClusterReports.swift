import YAML

/// What became of objects that were to be applied to a cluster.
package struct ApplyReport: Hashable, Sendable {
  /// The name of the cluster's context.
  package let cluster: String
  /// Those that it took, by kind and name.
  package let applied: [String]
  /// What it did not take and why.
  package let failures: [String]

  package init(cluster: String, applied: [String], failures: [String]) {
    self.cluster = cluster
    self.applied = applied
    self.failures = failures
  }
}

/// A route whose conditions are asked for.
package struct FollowedRoute: Hashable, Sendable {
  /// The name of the cluster's context.
  package let cluster: String
  package let namespace: String
  package let name: String
  /// How many milliseconds it may still take until all is well; 0 asks once.
  package var patience = 0
  /// Whether it was asked for just now.
  package var isAgain = false
}

/// How a route fares in a cluster.
package struct StatusReport: Hashable, Sendable {
  /// A line of the report.
  package struct Line: Hashable, Sendable {
    package let text: String
    /// How the link of the chain fares that it tells of; nil where it tells of none.
    package let state: LinkState?

    package init(_ text: String, _ state: LinkState? = nil) {
      self.text = text
      self.state = state
    }
  }

  /// How one object of the chain fares.
  package enum LinkState: String, Sendable {
    case well, broken, unknown
  }

  /// The chain from the route to its credentials, in words.
  package let lines: [Line]
  package let isWell: Bool
  /// The time of day when it was read.
  package let time: String
  /// How many milliseconds of patience are left.
  package let patience: Int

  package init(lines: [Line], isWell: Bool, time: String, patience: Int) {
    self.lines = lines
    self.isWell = isWell
    self.time = time
    self.patience = patience
  }
}
