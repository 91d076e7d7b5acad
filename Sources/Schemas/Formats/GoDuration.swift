/// Lengths of time as the server's rules read them, which take more than Gateway API's fields:
/// `1.5s`, `-2m`, `100us`.
package enum GoDuration {
  /// The length in nanoseconds, nil for text that is none or does not fit 64 bits.
  package static func nanoseconds(_ text: String) -> Int64? {
    var rest = Substring(text).utf8
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    if rest.elementsEqual("0".utf8) { return 0 }
    guard !rest.isEmpty else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      let number = rest.prefix { $0.isDigit || $0 == UInt8(ascii: ".") }
      rest = rest.dropFirst(number.count)
      let unit = rest.prefix { !$0.isDigit && $0 != UInt8(ascii: ".") }
      rest = rest.dropFirst(unit.count)
      guard let factor = factors[String(Substring(unit))], let value = value(number) else {
        return nil
      }
      total += value * factor
    }
    guard total < 0x1p63 else { return nil }
    return isNegative ? -Int64(total) : Int64(total)
  }

  private static func value(_ number: Substring.UTF8View) -> Double? {
    let parts = number.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count <= 2, parts.contains(where: { !$0.isEmpty }) else { return nil }
    return Double("0" + String(Substring(number)) + (parts.count == 2 ? "0" : ""))
  }

  private static let factors: [String: Double] = [
    "ns": 1, "us": 1e3, "µs": 1e3, "μs": 1e3, "ms": 1e6, "s": 1e9, "m": 60e9, "h": 3600e9,
  ]
}
