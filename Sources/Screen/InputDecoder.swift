/// Makes keys, pastes and mouse events of the bytes that a terminal sends.
package struct InputDecoder: Sendable {
  /// How long an Esc may be the beginning of a sequence, in milliseconds.
  package let escapeDelay: Int
  /// Whether bytes from 0x80 on are UTF-8; otherwise they are dropped.
  package let isUTF8: Bool

  package init(escapeDelay: Int = 50, isUTF8: Bool = true) {
    self.escapeDelay = min(max(0, escapeDelay), 10_000)
    self.isUTF8 = isUTF8
  }

  /// What some bytes mean that arrived at a time in milliseconds (of any steady clock).
  package mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int) -> [Input] { [] }

  /// How many milliseconds to wait for more bytes before calling `timeout`, nil for ever.
  package var needsTimeout: Int? { nil }

  /// What the bytes so far mean now that nothing followed them for `needsTimeout`.
  package mutating func timeout(at now: Int) -> [Input] { [] }
}
