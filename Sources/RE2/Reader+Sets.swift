extension Reader {
  /// Reads a class such as `[^a-z\d]`.
  mutating func readSet() throws(ParseError) -> ScalarSet {
    let opening = place
    place += 1
    var set = ScalarSet(isFolded: flags.isFolded)
    if next == UInt8(ascii: "^") {
      set.isNegated = true
      place += 1
    }
    var isFirst = true
    while let byte = next, byte != UInt8(ascii: "]") || isFirst {
      isFirst = false
      if let item = try readNamedItem() {
        set.items.append(item)
      } else {
        set.items.append(.range(try readRange(in: opening)))
      }
    }
    guard next != nil else { throw ParseError("a [ is not closed; add ]", at: opening) }
    place += 1
    return set
  }

  /// Reads `[:alpha:]` or an escape such as \d, nil (and nothing read) where none stands here.
  private mutating func readNamedItem() throws(ParseError) -> ScalarSet.Item? {
    guard stands("[:"), let end = endOfPosixName() else { return try readGroupEscape() }
    let start = place
    var name = text[place + 2..<end]
    let isNegated = name.first == UInt8(ascii: "^")
    if isNegated { name = name.dropFirst() }
    guard let group = CharacterClass.posix(String(decoding: name, as: UTF8.self)) else {
      throw ParseError(
        "there is no class [:\(String(decoding: name, as: UTF8.self)):]; write one such as "
          + "[:alpha:]", at: start)
    }
    place = end + 2
    return .group(group, isNegated: isNegated)
  }

  /// Where the `:]` begins that ends the name of a class.
  private mutating func endOfPosixName() -> Int? {
    guard hasPosixEnds else { return nil }
    var end = place + 2
    while end + 1 < text.count {
      if text[end] == UInt8(ascii: ":"), text[end + 1] == UInt8(ascii: "]") { return end }
      end += 1
    }
    hasPosixEnds = false
    return nil
  }

  private mutating func readRange(in opening: Int) throws(ParseError) -> ClosedRange<UInt32> {
    let start = place
    let low = try readMember(of: opening)
    guard next == UInt8(ascii: "-"), place + 1 < text.count,
      text[place + 1] != UInt8(ascii: "]")
    else { return low...low }
    place += 1
    let high = try readMember(of: opening)
    guard low <= high else { throw ParseError("a range in [ ] goes from high to low", at: start) }
    return low...high
  }

  private mutating func readMember(of opening: Int) throws(ParseError) -> UInt32 {
    guard let byte = next else { throw ParseError("a [ is not closed; add ]", at: opening) }
    return byte == UInt8(ascii: "\\") ? try readScalarEscape() : readScalar()
  }
}
