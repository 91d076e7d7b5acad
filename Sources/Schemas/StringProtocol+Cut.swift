extension StringProtocol where UTF8View.SubSequence == Substring.UTF8View {
  /// The parts between signs of ASCII. A split at a `Character` looks for the ends of every
  /// character, which costs ten times as much; tables are read at each start.
  func cut(
    at sign: Unicode.Scalar, most: Int = .max, keepingEmpty: Bool = false
  ) -> [Substring] {
    let parts = utf8.split(
      separator: UInt8(ascii: sign), maxSplits: most - 1, omittingEmptySubsequences: !keepingEmpty)
    return parts.map { Substring($0) }
  }

  /// The text without the blanks before it.
  var withoutIndentation: Substring { Substring(utf8.drop { $0 == UInt8(ascii: " ") }) }
}
