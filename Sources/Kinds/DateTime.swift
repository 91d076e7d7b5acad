/// Points in time as RFC 3339 writes them, with seconds and zone.
package enum DateTime {
  package static func accepts(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count >= 20, let year = number(bytes, 0, 4), bytes[4] == UInt8(ascii: "-"),
      let month = number(bytes, 5, 2), bytes[7] == UInt8(ascii: "-"),
      let day = number(bytes, 8, 2), bytes[10] == UInt8(ascii: "T"),
      (1...12).contains(month), day >= 1, day <= days(in: month, of: year),
      clock(bytes, 11), bytes[16] == UInt8(ascii: ":"), let second = number(bytes, 17, 2),
      second <= 59
    else { return false }
    var place = 19
    if bytes[place] == UInt8(ascii: ".") {
      let start = place + 1
      place = start
      while place < bytes.count, bytes[place].isDigit { place += 1 }
      guard place > start else { return false }
    }
    return isZone(bytes[place...])
  }

  private static func isZone(_ zone: ArraySlice<UInt8>) -> Bool {
    guard let sign = zone.first else { return false }
    if sign == UInt8(ascii: "Z") { return zone.count == 1 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), zone.count == 6 else {
      return false
    }
    return clock(Array(zone), 1)
  }

  /// Whether `hh:mm` stands at a place.
  private static func clock(_ bytes: [UInt8], _ place: Int) -> Bool {
    guard let hour = number(bytes, place, 2), hour <= 23, bytes[place + 2] == UInt8(ascii: ":"),
      let minute = number(bytes, place + 3, 2), minute <= 59
    else { return false }
    return true
  }

  private static func number(_ bytes: [UInt8], _ place: Int, _ count: Int) -> Int? {
    guard place + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[place..<place + count] {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    return value
  }

  private static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
