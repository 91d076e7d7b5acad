extension Reader {
  /// Reads one scalar as it stands.
  mutating func readScalar() -> UInt32 {
    guard let first = next else { return 0 }
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    let end = min(place + length, text.count)
    let scalars = String(decoding: text[place..<end], as: UTF8.self).unicodeScalars
    place = end
    return scalars.first?.value ?? 0
  }

  /// Reads what a backslash begins outside of a class.
  mutating func readEscape() throws(ParseError) {
    if stands("\\b") { return addAssertion(.wordEdge, length: 2) }
    if stands("\\B") { return addAssertion(.noWordEdge, length: 2) }
    if stands("\\A") { return addAssertion(.textStart, length: 2) }
    if stands("\\z") { return addAssertion(.textEnd, length: 2) }
    if stands("\\C") { return addByte() }
    if stands("\\Q") { return readQuotation() }
    if let item = try readGroupEscape() {
      return addSet(ScalarSet([item], isFolded: flags.isFolded))
    }
    addScalar(try readScalarEscape())
  }

  /// Reads \Q…\E, in which every letter stands for itself.
  private mutating func readQuotation() {
    place += 2
    while next != nil {
      if stands("\\E") {
        place += 2
        return
      }
      addScalar(readScalar())
    }
  }

  /// Reads the name of a set such as \d or \pL, nil (and nothing read) where none stands here.
  mutating func readGroupEscape() throws(ParseError) -> ScalarSet.Item? {
    guard next == UInt8(ascii: "\\"), place + 1 < text.count else { return nil }
    let letter = text[place + 1]
    if letter == UInt8(ascii: "p") || letter == UInt8(ascii: "P") {
      return try readUnicodeGroup(isNegated: letter == UInt8(ascii: "P"))
    }
    guard let group = CharacterClass.perl(letter | 0x20), letter & 0x40 != 0 else { return nil }
    place += 2
    return .group(group, isNegated: letter & 0x20 == 0)
  }

  private mutating func readUnicodeGroup(isNegated: Bool) throws(ParseError) -> ScalarSet.Item {
    let start = place
    place += 2
    var name = text[place..<place]
    if next == UInt8(ascii: "{") {
      guard let end = text[place...].firstIndex(of: UInt8(ascii: "}")) else {
        throw ParseError("a \\p{ is not closed; add }", at: start)
      }
      name = text[place + 1..<end]
      place = end + 1
    } else {
      let first = place
      _ = readScalar()
      name = text[first..<place]
    }
    let isInverted = name.first == UInt8(ascii: "^")
    let word = String(decoding: isInverted ? name.dropFirst() : name, as: UTF8.self)
    if let group = CharacterClass.unicode(word) {
      return .group(group, isNegated: isNegated != isInverted)
    }
    if UnicodeScript.isKnown(word) {
      throw ParseError("the script \(word) is not known here", at: start, isUnknownHere: true)
    }
    throw ParseError(
      "RE2 does not know \\p{\(word)}; write a category such as \\p{L} or a script such as "
        + "\\p{Greek}", at: start)
  }

  /// Reads an escape that stands for one scalar.
  mutating func readScalarEscape() throws(ParseError) -> UInt32 {
    let start = place
    place += 1
    guard let byte = next else { throw ParseError("a \\ stands at the end", at: start) }
    let scalar = readScalar()
    switch byte {
    case UInt8(ascii: "0"): return readOctal(scalar - 0x30)
    case UInt8(ascii: "1")...UInt8(ascii: "7"):
      guard let digit = next, (0x30...0x37).contains(digit) else { break }
      return readOctal(scalar - 0x30)
    case UInt8(ascii: "x"): return try readHexadecimal(from: start)
    case UInt8(ascii: "a"): return 0x07
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    case UInt8(ascii: "v"): return 0x0B
    default: if byte < 0x80, !byte.isWord || byte == UInt8(ascii: "_") { return scalar }
    }
    if (0x31...0x39).contains(byte) {
      throw ParseError("RE2 has no back references such as \\1", at: start)
    }
    let sign = Unicode.Scalar(scalar).map { String(Character($0)) } ?? ""
    throw ParseError("RE2 does not know \\\(sign)", at: start)
  }

  private mutating func readOctal(_ first: UInt32) -> UInt32 {
    var value = first
    for _ in 0..<2 {
      guard let digit = next, (0x30...0x37).contains(digit) else { break }
      value = value * 8 + UInt32(digit - 0x30)
      place += 1
    }
    return value
  }

  /// Reads what follows \x: two digits, or any number of them in braces.
  private mutating func readHexadecimal(from start: Int) throws(ParseError) -> UInt32 {
    let isBraced = next == UInt8(ascii: "{")
    if isBraced { place += 1 }
    var value: UInt32 = 0
    var count = 0
    while let digit = next.flatMap(\.hexadecimal), isBraced || count < 2, value <= 0x10FFFF {
      value = value * 16 + UInt32(digit)
      count += 1
      place += 1
    }
    let isClosed = isBraced ? next == UInt8(ascii: "}") && count > 0 : count == 2
    guard isClosed, value <= 0x10FFFF else {
      throw ParseError("\\x needs two hexadecimal digits, or {} around up to 10FFFF", at: start)
    }
    if isBraced { place += 1 }
    return value
  }

  /// Reads `{2}`, `{2,}` or `{2,5}`, nil (and nothing read) where it is none of them.
  mutating func readBounds() -> (least: Int, most: Int?)? {
    let start = place
    place += 1
    if let least = readNumber() {
      var most: Int? = least
      var isRead = true
      if next == UInt8(ascii: ",") {
        place += 1
        most = next == UInt8(ascii: "}") ? nil : readNumber()
        isRead = most != nil || next == UInt8(ascii: "}")
      }
      if isRead, next == UInt8(ascii: "}") {
        place += 1
        return (least, most)
      }
    }
    place = start
    return nil
  }

  /// Reads a number as RE2 does: without a zero in front, and of nine digits at most.
  private mutating func readNumber() -> Int? {
    let start = place
    var value = 0
    while let byte = next, (0x30...0x39).contains(byte) {
      guard place - start < 9 else { return nil }
      value = value * 10 + Int(byte - 0x30)
      place += 1
    }
    let isPadded = place - start > 1 && text[start] == UInt8(ascii: "0")
    return place == start || isPadded ? nil : value
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  fileprivate var hexadecimal: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x37
    case 0x61...0x66: self - 0x57
    default: nil
    }
  }
}
