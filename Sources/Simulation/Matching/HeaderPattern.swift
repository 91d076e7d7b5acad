import RE2

/// A regular expression that fits whole values.
struct HeaderPattern: Sendable {
  /// Nil for what RE2 reads and this program does not (scripts such as `\p{Greek}`): it fits
  /// nothing.
  private let expression: RegularExpression?

  /// Nil for a text that RE2 refuses, or Go's regexp, by which Envoy Gateway reads it first.
  init?(_ pattern: String) {
    do {
      let expression = try RegularExpression(pattern)
      guard expression.refusalByGo == nil else { return nil }
      self.expression = expression
    } catch {
      guard error.isUnknownHere else { return nil }
      expression = nil
    }
  }

  /// Whether it fits every text without line breaks, which a header never has.
  var fitsEverything: Bool { expression?.reach == .everything }

  func fits(_ text: String) -> Bool { expression?.matches(text) ?? false }
}
