import RE2

/// A regular expression that fits whole values.
struct Expression: Sendable {
  /// Nil for what RE2 reads and this program does not (scripts such as `\p{Greek}`): it fits
  /// nothing.
  private let expression: RegularExpression?

  /// Nil for a text that RE2 refuses.
  init?(_ pattern: String) {
    do {
      expression = try RegularExpression(pattern)
    } catch {
      guard error.isUnknownHere else { return nil }
      expression = nil
    }
  }

  var isUnknown: Bool { expression == nil }

  func fits(_ text: String) -> Bool { expression?.matches(text) ?? false }
}
