package import Manifest

extension Scalar {
  /// The whole number that a server reads here, nil where it is none or beyond 64 bits.
  ///
  /// Every YAML spelling counts (`0x1F`, `0o17`, `1_000`), and so does `1.0`, which reaches the
  /// server as 1 (conformance group `yaml`).
  package var wholeNumber: Int? {
    switch kind {
    case .integer: Scalar.whole(text)
    case .float: Double(text.filter { $0 != "_" }).flatMap(Int.init(exactly:))
    case .null, .bool, .string: nil
    }
  }

  private static func whole(_ spelling: String) -> Int? {
    if let plain = Int(spelling) {
      let digits = spelling.drop { $0 == "-" || $0 == "+" }
      guard digits.hasPrefix("0"), digits.utf8.count > 1 else { return plain }
    }
    var digits = spelling.filter { $0 != "_" }[...]
    let isNegative = digits.hasPrefix("-")
    if isNegative || digits.hasPrefix("+") { digits.removeFirst() }
    let radix: Int
    switch digits.prefix(2).lowercased() {
    case "0x": radix = 16
    case "0o": radix = 8
    case "0b": radix = 2
    default: radix = digits.hasPrefix("0") && digits.utf8.count > 1 ? 8 : 10
    }
    if radix != 10 { digits = digits.dropFirst(digits.prefix(2).last?.isLetter == true ? 2 : 1) }
    return Int((isNegative ? "-" : "") + digits, radix: radix)
  }
}
