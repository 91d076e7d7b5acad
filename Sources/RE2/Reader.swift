/// A walk through an expression that makes a tree of it and stops at what RE2 refuses.
struct Reader {
  let text: [UInt8]
  var place = 0
  var flags = Flags()
  var tree = SyntaxTree()
  /// The groups that are open, the whole expression first.
  private var outer: [Level] = []
  private var level = Level(opening: 0, flags: Flags(), isCaptured: false)
  /// Whether a repetition has just been read, which cannot be repeated itself.
  private var isRepeated = false
  /// Whether a `:]` may follow, so that none is looked for twice.
  var hasPosixEnds = true

  struct Flags {
    var isFolded = false
    var fitsNewline = false
    var isMultiline = false
  }

  /// A group: the alternatives read so far, and the parts of the one being read.
  private struct Level {
    let opening: Int
    /// What holds again after the group.
    let flags: Flags
    let isCaptured: Bool
    var alternatives: [Int] = []
    var parts: [Int] = []
  }

  /// RE2 makes at most so many instructions of an expression in the 8 MB that it has; measured.
  static let costLimit = 698_900
  /// RE2 repeats nothing more often, not even by repetitions in one another.
  static let copiesLimit = 1000
  /// Go's regexp takes so many levels of an expression, the letters inside being one.
  private static let depthLimit = 999

  static func tree(of pattern: String) throws(ParseError) -> SyntaxTree {
    var reader = Reader(text: Array(pattern.utf8))
    return try reader.read()
  }

  private init(text: [UInt8]) { self.text = text }

  var next: UInt8? { place < text.count ? text[place] : nil }

  func stands(_ word: StaticString) -> Bool {
    word.withUTF8Buffer { text[min(place, text.count)...].starts(with: $0) }
  }

  private mutating func read() throws(ParseError) -> SyntaxTree {
    while let byte = next {
      let wasRepeated = isRepeated
      isRepeated = false
      try readItem(byte, wasRepeated: wasRepeated)
    }
    guard outer.isEmpty else { throw ParseError("a ( is not closed; add )", at: level.opening) }
    tree.root = closedLevel()
    guard tree.weights[tree.root].cost <= Self.costLimit else {
      throw ParseError("the expression is too large; repeat less", at: 0)
    }
    if tree.weights[tree.root].depth > Self.depthLimit {
      noteRefusalByGo(
        "takes at most \(Self.depthLimit) groups and repetitions in one another", at: 0)
    }
    return tree
  }

  private mutating func readItem(_ byte: UInt8, wasRepeated: Bool) throws(ParseError) {
    switch byte {
    case UInt8(ascii: "("): try openGroup()
    case UInt8(ascii: ")"): try closeGroup()
    case UInt8(ascii: "|"):
      place += 1
      level.alternatives.append(tree.addSequence(level.parts))
      level.parts = []
    case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
      let start = place
      place += 1
      try addRepetition(
        (byte == UInt8(ascii: "+") ? 1 : 0, byte == UInt8(ascii: "?") ? 1 : nil), at: start,
        wasRepeated: wasRepeated)
    case UInt8(ascii: "{"):
      let start = place
      // A brace that starts no repetition is a letter.
      guard let bounds = readBounds() else { return addScalar(readScalar()) }
      try addRepetition(bounds, at: start, wasRepeated: wasRepeated)
    case UInt8(ascii: "["):
      let set = try readSet()
      level.parts.append(tree.add(set))
    case UInt8(ascii: "\\"): try readEscape()
    case UInt8(ascii: "^"): addAssertion(flags.isMultiline ? .lineStart : .textStart, length: 1)
    case UInt8(ascii: "$"): addAssertion(flags.isMultiline ? .lineEnd : .textEnd, length: 1)
    case UInt8(ascii: "."):
      place += 1
      let newline = ScalarSet.Item.range(0x0A...0x0A)
      level.parts.append(tree.add(ScalarSet(flags.fitsNewline ? [] : [newline], isNegated: true)))
    default: addScalar(readScalar())
    }
  }

  // MARK: - Parts

  mutating func addScalar(_ value: UInt32) {
    let cases = flags.isFolded ? CaseOrbit.members(of: value) : []
    if cases.count > 1 {
      let cost = cases.contains { $0 >= 0x80 } ? cases.count * 3 : 1
      let least = cases.min() ?? value
      level.parts.append(tree.add(.scalar(least, isFolded: true), SyntaxTree.Weight(cost: cost)))
    } else {
      let weight = SyntaxTree.Weight(cost: value.encodedLength)
      level.parts.append(tree.add(.scalar(value, isFolded: false), weight))
    }
  }

  mutating func addAssertion(_ assertion: Assertion, length: Int) {
    place += length
    level.parts.append(tree.add(.assertion(assertion)))
  }

  mutating func addSet(_ set: ScalarSet) { level.parts.append(tree.add(set)) }

  /// Remembers the first thing that Go's regexp does not take (Go 1.26, regexp/syntax, parse.go).
  private mutating func noteRefusalByGo(_ message: String, at offset: Int) {
    guard tree.refusalByGo == nil else { return }
    tree.refusalByGo = ParseError("Go's regexp \(message)", at: offset)
  }

  /// Adds \C, one byte of whatever scalar.
  mutating func addByte() {
    noteRefusalByGo("has no \\C; write a dot", at: place)
    place += 2
    level.parts.append(tree.add(.byte))
  }

  private mutating func addRepetition(
    _ bounds: (least: Int, most: Int?), at start: Int, wasRepeated: Bool
  ) throws(ParseError) {
    if next == UInt8(ascii: "?") { place += 1 }
    if wasRepeated {
      throw ParseError("a repetition of a repetition; put the first into ( )", at: start)
    }
    if bounds.least > Self.copiesLimit || bounds.most ?? 0 > Self.copiesLimit {
      throw ParseError("a repetition is above 1000", at: start)
    }
    if let most = bounds.most, most < bounds.least {
      throw ParseError("a repetition goes from more to less", at: start)
    }
    guard let part = level.parts.popLast() else {
      throw ParseError("a repetition has nothing to repeat; write \\* for the sign", at: start)
    }
    let node = tree.addRepetition(of: part, least: bounds.least, most: bounds.most)
    if tree.weights[node].copies > Self.copiesLimit {
      throw ParseError("repetitions in one another come to more than 1000", at: start)
    }
    level.parts.append(node)
    isRepeated = true
  }

  // MARK: - Groups

  private mutating func openGroup() throws(ParseError) {
    let opening = place
    place += 1
    let outerFlags = flags
    var isCaptured = true
    if next == UInt8(ascii: "?") {
      place += 1
      guard let kind = try readGroupKind(from: opening) else { return }
      isCaptured = kind == .captured
    }
    outer.append(level)
    level = Level(opening: opening, flags: outerFlags, isCaptured: isCaptured)
  }

  private mutating func closeGroup() throws(ParseError) {
    guard let enclosing = outer.popLast() else {
      throw ParseError("a ) closes nothing; write \\) for the sign itself", at: place)
    }
    place += 1
    let node = closedLevel()
    if level.isCaptured { tree.markCaptured(node) }
    flags = level.flags
    level = enclosing
    level.parts.append(node)
  }

  private mutating func closedLevel() -> Int {
    tree.addChoice(level.alternatives + [tree.addSequence(level.parts)])
  }

  private enum GroupKind { case captured, plain }

  /// Reads what follows `(?`; nil where it sets flags and opens no group.
  private mutating func readGroupKind(from opening: Int) throws(ParseError) -> GroupKind? {
    if stands("=") || stands("!") {
      throw ParseError("RE2 has no lookahead (?= or (?!", at: opening)
    }
    if stands("<=") || stands("<!") {
      throw ParseError("RE2 has no lookbehind (?<= or (?<!", at: opening)
    }
    if stands("P=") || stands("P>") {
      throw ParseError("RE2 has no back references (?P=", at: opening)
    }
    if stands(">") { throw ParseError("RE2 has no atomic groups (?>", at: opening) }
    if stands("P<") || stands("<") {
      try readGroupName(from: opening)
      return .captured
    }
    return try readFlags(from: opening)
  }

  private mutating func readFlags(from opening: Int) throws(ParseError) -> GroupKind? {
    var isOn = true
    var isComplete = true
    while let byte = next {
      place += 1
      switch byte {
      case UInt8(ascii: ":") where isComplete: return .plain
      case UInt8(ascii: ")") where isComplete: return nil
      case UInt8(ascii: "i"): flags.isFolded = isOn
      case UInt8(ascii: "s"): flags.fitsNewline = isOn
      case UInt8(ascii: "m"): flags.isMultiline = isOn
      case UInt8(ascii: "U"): break
      case UInt8(ascii: "-") where isOn:
        isOn = false
        isComplete = false
        continue
      default: throw ParseError("RE2 does not know this kind of group (?", at: opening)
      }
      isComplete = true
    }
    throw ParseError("a ( is not closed; add )", at: opening)
  }

  private mutating func readGroupName(from opening: Int) throws(ParseError) {
    place += next == UInt8(ascii: "P") ? 2 : 1
    let start = place
    guard let end = text[start...].firstIndex(of: UInt8(ascii: ">")) else {
      throw ParseError("a group's name is not closed; add >", at: opening)
    }
    let name = String(decoding: text[start..<end], as: UTF8.self)
    guard !name.isEmpty, name.unicodeScalars.allSatisfy({ CharacterClass.fitsName($0) }) else {
      throw ParseError("a group's name has letters, digits and _ only", at: start)
    }
    if !name.utf8.allSatisfy({ $0 < 0x80 }) {
      noteRefusalByGo("takes only ASCII in a group's name", at: start)
    }
    place = end + 1
  }
}
