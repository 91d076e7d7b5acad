/// Why a regular expression cannot be used.
package struct ParseError: Error, Equatable, Sendable {
  /// What is wrong, lower case and without a full stop.
  package let message: String
  /// Where it is wrong: bytes from the start of the expression.
  package let offset: Int
  /// Whether RE2 accepts the expression, and only this program cannot say what it fits.
  package let isUnknownHere: Bool

  init(_ message: String, at offset: Int, isUnknownHere: Bool = false) {
    self.message = message
    self.offset = offset
    self.isUnknownHere = isUnknownHere
  }
}
