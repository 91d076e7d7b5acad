/// Points in time as RFC 3339 writes them, with seconds and zone.
package enum DateTime {
  /// Whether it is one as the server reads an object's metadata: an hour may have one digit, a
  /// fraction may stand behind a comma.
  package static func accepts(_ text: String) -> Bool {
    var bytes = Array(text.utf8)
    guard bytes.count >= 19, bytes[10] == UInt8(ascii: "T"), isDate(bytes) else { return false }
    if bytes[12] == UInt8(ascii: ":") { bytes.insert(UInt8(ascii: "0"), at: 11) }
    guard bytes.count >= 20, isTime(bytes, 11) else { return false }
    var place = 19
    if bytes[place] == UInt8(ascii: ".") || bytes[place] == UInt8(ascii: ",") {
      let start = place + 1
      place = start
      while place < bytes.count, bytes[place].isDigit { place += 1 }
      guard place > start else { return false }
    }
    return isZone(bytes[place...])
  }

  /// Whether it passes for one in a field of a CRD: in any case of letters, with any character
  /// before a fraction, any zone of that form, and anything behind a second T.
  package static func passes(_ text: String) -> Bool {
    let parts = text.lowercased().utf8.split(
      separator: UInt8(ascii: "t"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count > 1, parts[0].count == 10, isDate(Array(parts[0])) else { return false }
    let time = Array(parts[1])
    guard time.count > 8, isTime(time, 0) else { return false }
    let rest = time[8...]
    if isAnyZone(rest) { return true }
    let isNewline = rest.first == UInt8(ascii: "\n")
    let digits = rest.dropFirst().drop { $0 & 0xC0 == 0x80 }
    let zone = digits.drop(while: \.isDigit)
    return !isNewline && zone.count < digits.count && isAnyZone(zone)
  }

  private static func isAnyZone(_ zone: ArraySlice<UInt8>) -> Bool {
    if zone.elementsEqual("z".utf8) { return true }
    let bytes = Array(zone)
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-")
    else { return false }
    return number(bytes, 1, 2) != nil && bytes[3] == UInt8(ascii: ":") && number(bytes, 4, 2) != nil
  }

  /// Whether a day stands at the start.
  private static func isDate(_ bytes: [UInt8]) -> Bool {
    guard let year = number(bytes, 0, 4), bytes[4] == UInt8(ascii: "-"),
      let month = number(bytes, 5, 2), bytes[7] == UInt8(ascii: "-"),
      let day = number(bytes, 8, 2)
    else { return false }
    return (1...12).contains(month) && day >= 1 && day <= days(in: month, of: year)
  }

  /// Whether `hh:mm:ss` stands at a place.
  private static func isTime(_ bytes: [UInt8], _ place: Int) -> Bool {
    guard clock(bytes, place), bytes[place + 5] == UInt8(ascii: ":"),
      let second = number(bytes, place + 6, 2)
    else { return false }
    return second <= 59
  }

  private static func isZone(_ zone: ArraySlice<UInt8>) -> Bool {
    guard let sign = zone.first else { return false }
    if sign == UInt8(ascii: "Z") { return zone.count == 1 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), zone.count == 6 else {
      return false
    }
    let bytes = Array(zone)
    guard let hours = number(bytes, 1, 2), bytes[3] == UInt8(ascii: ":"),
      let minutes = number(bytes, 4, 2)
    else { return false }
    return hours <= 24 && minutes <= 60
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
