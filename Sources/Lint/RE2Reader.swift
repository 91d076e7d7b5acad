/// A walk through a regular expression that stops at what RE2 refuses.
struct RE2Reader {
  private let text: [UInt8]
  private var place = 0
  private var depth = 0
  /// Whether something stands before the cursor that can be repeated.
  private var hasOperand = false

  init(_ text: String) { self.text = Array(text.utf8) }

  private var next: UInt8? { place < text.count ? text[place] : nil }

  private func stands(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { text[place...].starts(with: $0) }
  }

  mutating func fault() -> String? {
    while let byte = next {
      if let fault = step(byte) { return fault }
    }
    return depth > 0 ? "a ( is not closed; add )" : nil
  }

  private mutating func step(_ byte: UInt8) -> String? {
    place += 1
    switch byte {
    case UInt8(ascii: "("): return openGroup()
    case UInt8(ascii: ")"):
      guard depth > 0 else { return "a ) closes nothing; write \\) for the sign itself" }
      depth -= 1
      hasOperand = true
    case UInt8(ascii: "|"): hasOperand = false
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"): return repetition()
    case UInt8(ascii: "{"):
      place -= 1
      guard let bounds = readBounds() else {
        // A brace that starts no repetition is a letter.
        place += 1
        hasOperand = true
        return nil
      }
      if bounds.low > 1000 || bounds.high ?? 0 > 1000 { return "a repetition is above 1000" }
      if let high = bounds.high, high < bounds.low { return "a repetition goes from more to less" }
      return repetition()
    case UInt8(ascii: "["): return characterClass()
    case UInt8(ascii: "\\"): return escape(isInClass: false)
    default: hasOperand = true
    }
    return nil
  }

  private mutating func repetition() -> String? {
    guard hasOperand else { return "a repetition has nothing to repeat; write \\* for the sign" }
    if next == UInt8(ascii: "?") { place += 1 }
    hasOperand = true
    switch next {
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      return "a repetition of a repetition; put the first into ( )"
    case UInt8(ascii: "{"):
      let start = place
      defer { place = start }
      return readBounds() == nil ? nil : "a repetition of a repetition; put the first into ( )"
    default: return nil
    }
  }

  /// Reads `{2}`, `{2,}` or `{2,5}`, nil (and nothing read) where it is none of them.
  private mutating func readBounds() -> (low: Int, high: Int?)? {
    let start = place
    place += 1
    guard let low = readNumber() else {
      place = start
      return nil
    }
    var high: Int? = low
    if next == UInt8(ascii: ",") {
      place += 1
      high = readNumber()
    }
    guard next == UInt8(ascii: "}") else {
      place = start
      return nil
    }
    place += 1
    return (low, high)
  }

  private mutating func readNumber() -> Int? {
    var value: Int?
    while let byte = next, (0x30...0x39).contains(byte) {
      value = min((value ?? 0) * 10 + Int(byte - 0x30), 100_000)
      place += 1
    }
    return value
  }

  private mutating func openGroup() -> String? {
    hasOperand = false
    guard next == UInt8(ascii: "?") else {
      depth += 1
      return nil
    }
    place += 1
    if stands("=") || stands("!") { return "RE2 has no lookahead (?= or (?!" }
    if stands("<=") || stands("<!") { return "RE2 has no lookbehind (?<= or (?<!" }
    if stands("P=") || stands("P>") { return "RE2 has no back references (?P=" }
    if stands(">") { return "RE2 has no atomic groups (?>" }
    if stands("P<") || stands("<") { return readGroupName() }
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: ":"):
        depth += 1
        return nil
      case UInt8(ascii: ")"): return nil
      case UInt8(ascii: "i"), UInt8(ascii: "m"), UInt8(ascii: "s"), UInt8(ascii: "U"),
        UInt8(ascii: "-"):
        continue
      default: return "RE2 does not know this kind of group (?"
      }
    }
    return "a ( is not closed; add )"
  }

  private mutating func readGroupName() -> String? {
    place += next == UInt8(ascii: "P") ? 2 : 1
    let start = place
    while let byte = next, byte != UInt8(ascii: ">") {
      let isWord =
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
        || (0x61...0x7A).contains(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
      guard isWord else { return "a group's name has letters, digits and _ only" }
      place += 1
    }
    guard next != nil, place > start else { return "a group's name is not closed; add >" }
    place += 1
    depth += 1
    return nil
  }

  /// What follows a backslash.
  private mutating func escape(isInClass: Bool) -> String? {
    guard let byte = next else { return "a \\ stands at the end" }
    place += 1
    hasOperand = true
    switch byte {
    case UInt8(ascii: "1")...UInt8(ascii: "9"):
      // \123 is a letter by its octal number, anything shorter a back reference.
      let isOctal =
        byte <= UInt8(ascii: "7") && place + 1 < text.count
        && text[place...place + 1].allSatisfy { (0x30...0x37).contains($0) }
      return isOctal ? nil : "RE2 has no back references such as \\1"
    case UInt8(ascii: "k"), UInt8(ascii: "G"), UInt8(ascii: "Z"), UInt8(ascii: "K"),
      UInt8(ascii: "X"), UInt8(ascii: "R"), UInt8(ascii: "h"), UInt8(ascii: "H"),
      UInt8(ascii: "u"), UInt8(ascii: "e"), UInt8(ascii: "c"), UInt8(ascii: "N"):
      return "RE2 does not know \\\(Character(Unicode.Scalar(byte)))"
    case UInt8(ascii: "Q") where !isInClass:
      while place < text.count, !stands("\\E") { place += 1 }
      place = min(place + 2, text.count)
    default: break
    }
    return nil
  }

  private mutating func characterClass() -> String? {
    if next == UInt8(ascii: "^") { place += 1 }
    var isFirst = true
    while let byte = next {
      if byte == UInt8(ascii: "]"), !isFirst {
        place += 1
        hasOperand = true
        return nil
      }
      isFirst = false
      if stands("[:") {
        while place < text.count, !stands(":]") { place += 1 }
        place = min(place + 2, text.count)
        continue
      }
      place += 1
      if byte == UInt8(ascii: "\\") {
        if let fault = escape(isInClass: true) { return fault }
        continue
      }
      if next == UInt8(ascii: "-"), place + 1 < text.count {
        let end = text[place + 1]
        if end != UInt8(ascii: "]"), end != UInt8(ascii: "\\"), end != UInt8(ascii: "["),
          byte < 0x80, end < 0x80
        {
          if end < byte { return "a range in [ ] goes from high to low" }
          place += 2
        }
      }
    }
    return "a [ is not closed; add ]"
  }
}
