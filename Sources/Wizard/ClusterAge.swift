/// How old what is known of a cluster is: after five minutes it is read again before it is asked
/// anything.
package struct ClusterAge: Sendable {
  /// How many milliseconds what was read is good for.
  package static let limit = 300_000
  /// When it was read, as long as that is not long ago.
  private var start: Int?

  package init() {}

  /// Notes what happened, at a time in milliseconds.
  package mutating func note(_ event: Event, at time: Int) {
    if case .connected = event { start = time }
  }

  /// Whether it became too old by a time; said once.
  package mutating func isOver(at time: Int) -> Bool {
    guard let start, time - start > Self.limit else { return false }
    self.start = nil
    return true
  }
}
