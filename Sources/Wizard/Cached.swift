/// A value with the input it was computed from: it is computed again only if the input changed.
struct Cached<Input: Equatable & Sendable>: Sendable {
  private(set) var input: Input?

  /// Takes an input; whether it is another than the last one.
  mutating func changes(to input: Input) -> Bool {
    guard self.input != input else { return false }
    self.input = input
    return true
  }

  /// Forgets the input, so that the next one is another.
  mutating func forget() { input = nil }
}
