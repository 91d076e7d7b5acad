package import Resources

/// The result of an apply to a cluster.
package struct ApplyReport: Hashable, Sendable {
  /// The name of the cluster's context.
  package let cluster: String
  /// The objects that it took, by kind and name.
  package let applied: [String]
  /// What it did not take and why.
  package let failures: [String]

  package init(cluster: String, applied: [String], failures: [String]) {
    self.cluster = cluster
    self.applied = applied
    self.failures = failures
  }
}

/// A route whose conditions are queried, once or until all is well.
package struct WatchedRoute: Hashable, Sendable {
  /// The name of the cluster's context.
  package let cluster: String
  package let namespace: String
  package let name: String
  /// How many milliseconds it may still take until all is well; 0 asks once.
  package var timeout = 0
  /// Whether it was asked for just now.
  package var isAgain = false
}

/// The status of a route in a cluster.
package struct StatusReport: Hashable, Sendable {
  /// The chain from the route to its credentials, in words.
  package let lines: [StatusLine]
  package let isWell: Bool
  /// The time of day when it was read.
  package let time: String
  /// How many milliseconds of patience are left.
  package let timeout: Int

  package init(lines: [StatusLine], isWell: Bool, time: String, timeout: Int) {
    self.lines = lines
    self.isWell = isWell
    self.time = time
    self.timeout = timeout
  }
}
