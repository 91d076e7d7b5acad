/// A line of the report on a route's status.
package struct StatusLine: Hashable, Sendable {
  package let text: String
  /// The state of the object that it is about; nil where it is about none.
  package let state: LinkState?

  package init(_ text: String, _ state: LinkState? = nil) {
    self.text = text
    self.state = state
  }
}

/// The state of one object on the way from a route to its credentials.
package enum LinkState: String, Sendable {
  case well, broken, unknown
}
