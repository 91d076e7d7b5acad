/// Lengths of time as Gateway API writes them: `300s`, `1h30m`, `500ms`
/// (kubernetes-sigs/gateway-api v1.5.1, apis/v1/shared_types.go).
package enum GatewayDuration {
  /// The length in milliseconds, nil for text that is no duration.
  package static func milliseconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    var place = 0
    var total = 0
    var parts = 0
    while place < bytes.count {
      var number = 0
      let start = place
      while place < bytes.count, bytes[place].isDigit, place - start < 5 {
        number = number * 10 + Int(bytes[place] - 0x30)
        place += 1
      }
      parts += 1
      guard place > start, parts <= 4, let unit = unit(in: bytes, at: &place) else { return nil }
      total += number * unit
    }
    return parts > 0 ? total : nil
  }

  private static func unit(in bytes: [UInt8], at place: inout Int) -> Int? {
    guard place < bytes.count else { return nil }
    let first = bytes[place]
    place += 1
    switch first {
    case UInt8(ascii: "h"): return 3_600_000
    case UInt8(ascii: "s"): return 1000
    case UInt8(ascii: "m"):
      guard place < bytes.count, bytes[place] == UInt8(ascii: "s") else { return 60_000 }
      place += 1
      return 1
    default: return nil
    }
  }

  /// A length in the fewest words that read back as the same: `90000` becomes `90s`.
  package static func text(milliseconds: Int) -> String {
    guard milliseconds > 0 else { return "0s" }
    if milliseconds % 3_600_000 == 0, milliseconds / 3_600_000 < 100 {
      return "\(milliseconds / 3_600_000)h"
    }
    if milliseconds % 1000 == 0, milliseconds / 1000 < 100_000 { return "\(milliseconds / 1000)s" }
    if milliseconds < 100_000 { return "\(milliseconds)ms" }
    let seconds = milliseconds / 1000
    let hours = min(seconds / 3600, 99_999)
    let rest = [
      (hours, "h"), (seconds / 60 % 60, "m"), (seconds % 60, "s"), (milliseconds % 1000, "ms"),
    ]
    return rest.filter { $0.0 > 0 }.map { "\($0.0)\($0.1)" }.joined()
  }
}
