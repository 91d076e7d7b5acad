/// What arrives between the paste brackets, to be given as one text.
struct PastedText: Sendable {
  /// How many milliseconds of silence end a paste whose closing bracket does not come.
  static let timeout = 1_000
  /// A paste of more bytes comes in several.
  private static let limit = 1 << 20
  private static let terminator: [UInt8] = [0x1b, 0x5b, 0x32, 0x30, 0x31, 0x7e]

  private var bytes: [UInt8] = []
  /// How much of the terminator the last bytes are.
  private var matched = 0
  private var decoder = ScalarDecoder()

  var isFull: Bool { bytes.count >= PastedText.limit }

  /// Takes bytes up to the terminator; gives the place after them and whether it is there.
  mutating func take(
    _ new: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (end: Int, isWhole: Bool) {
    var place = start
    while place < new.count, bytes.count < PastedText.limit {
      if matched == 0 {
        let from = place
        while place < new.count, new[place] != 0x1b { place += 1 }
        bytes.append(contentsOf: new[from..<place])
        if place == new.count { break }
      }
      let byte = new[place]
      if byte == PastedText.terminator[matched] {
        matched += 1
        place += 1
        if matched == PastedText.terminator.count {
          matched = 0
          return (place, true)
        }
      } else {
        // The Esc goes like any control character; what looked like the bracket's rest is text.
        bytes.append(contentsOf: PastedText.terminator[..<matched].dropFirst())
        matched = 0
      }
    }
    return (place, false)
  }

  /// Gives what has arrived, if there is anything; nothing of this paste follows.
  mutating func finish(_ inputs: inout [Input], isUTF8: Bool) {
    give(&inputs, isUTF8: isUTF8)
    decoder.reset()
    matched = 0
  }

  /// Gives what has arrived, if there is anything, without control characters.
  mutating func give(_ inputs: inout [Input], isUTF8: Bool) {
    let isRefused = !isUTF8 && bytes.contains { $0 >= 0x80 }
    bytes.removeAll {
      $0 < 0x20 && $0 != 0x09 && $0 != 0x0a && $0 != 0x0d || $0 == 0x7f || $0 >= 0x80 && !isUTF8
    }
    if decoder.isPending || bytes.contains(where: { $0 >= 0x80 }) { repair() }
    if !bytes.isEmpty { inputs.append(.paste(TypedText.lines(bytes[...]))) }
    if isRefused { inputs.append(.refused) }
    bytes.removeAll()
  }

  /// Drops what is no UTF-8; a character that is not complete yet waits.
  private mutating func repair() {
    var good: [UInt8] = []
    good.reserveCapacity(bytes.count + 4)
    for byte in bytes {
      if byte < 0x80 {
        decoder.reset()
        good.append(byte)
      } else if let scalar = decoder.take(byte) {
        good.append(contentsOf: UTF8.encode(scalar) ?? .init())
      }
    }
    bytes = good
  }
}
