extension InputDecoder {
  /// More bytes than this in a sequence are swallowed unread.
  private static let parameterLimit = 64

  /// What begins a sequence behind an Esc.
  private static let introducers = Array("[ONP]X^_".utf8)

  /// Takes one byte of a sequence; leaves `place` where the byte has to be taken again.
  mutating func take(_ byte: UInt8, _ place: inout Int) {
    place += 1
    switch state {
    case .ground, .paste: place -= 1
    case .escape(let isLate, let inString):
      takeIntroducer(byte, isLate: isLate, inString: inString, &place)
    case .mouse: takeMouse(byte, &place)
    case .string: takeString(byte, &place)
    case .control, .consoleFunction, .single, .shiftTwo:
      if byte < 0x20 || byte == 0x7f {
        // No sequence has a control character in it: this one was torn off.
        state = .ground
        place -= 1
      } else {
        takeBody(byte)
      }
    }
  }

  private mutating func takeIntroducer(
    _ byte: UInt8, isLate: Bool, inString: Bool, _ place: inout Int
  ) {
    parameters.removeAll(keepingCapacity: true)
    self.isLate = isLate
    if isLate, InputDecoder.introducers.contains(byte) { inputs.append(.torn) }
    switch byte {
    case UInt8(ascii: "["): state = .control
    case UInt8(ascii: "O"): state = .single
    case UInt8(ascii: "N"): state = .shiftTwo
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"),
      UInt8(ascii: "_"):
      state = .string
    case UInt8(ascii: "\\") where inString: state = .ground
    case 0x20..<0x7f where !isLate && !inString:
      inputs.append(.key(.alt(Character(Unicode.Scalar(byte)))))
      state = .ground
    default:
      if !isLate { inputs.append(.key(.escape)) }
      state = .ground
      place -= 1
    }
  }

  private mutating func takeBody(_ byte: UInt8) {
    switch state {
    case .control: takeControlSequence(byte)
    case .consoleFunction:
      state = .ground
      if (0x41...0x45).contains(byte) { give(.function(Int(byte) - 0x40)) }
    case .single: takeSingle(byte)
    case .shiftTwo:
      // One character, be it of several bytes.
      if byte < 0x80 || !isUTF8 || scalar.take(byte) != nil || !scalar.isPending {
        scalar.reset()
        state = .ground
      }
    case .ground, .escape, .mouse, .string, .paste: break
    }
  }

  private mutating func takeString(_ byte: UInt8, _ place: inout Int) {
    switch byte {
    case 0x1b: state = .escape(isLate: false, inString: true)
    case 0x07: state = .ground
    case ..<0x20, 0x7f:
      state = .ground
      place -= 1
    default: break
    }
  }

  private mutating func takeSingle(_ byte: UInt8) {
    switch byte {
    case 0x30...0x3f: if parameters.count < InputDecoder.parameterLimit { parameters.append(byte) }
    default:
      state = .ground
      if let key = singleKey(byte) { give(key) }
    }
  }

  private mutating func takeControlSequence(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "[") where parameters.isEmpty: state = .consoleFunction
    case UInt8(ascii: "M") where parameters.isEmpty: state = .mouse
    case UInt8(ascii: "$") where parameters.allSatisfy({ (0x30...0x39).contains($0) }):
      // rxvt ends its shifted keys by a byte that elsewhere stands in the middle.
      state = .ground
      if let numberedKey { give(numberedKey) }
    case 0x40..<0x7f:
      state = .ground
      finishControlSequence(byte)
    case 0x80...: state = .ground
    default: if parameters.count < InputDecoder.parameterLimit { parameters.append(byte) }
    }
  }

  private mutating func finishControlSequence(_ final: UInt8) {
    if parameters.first == UInt8(ascii: "<") {
      if !isLate, let event = sgrMouse(final) { inputs.append(.mouse(event)) }
    } else if final == UInt8(ascii: "~"), number(0) == 200 {
      state = .paste
    } else if let key = controlKey(final) {
      give(key)
    }
  }

  private mutating func give(_ key: Key) {
    if !isLate { inputs.append(.key(key)) }
  }

  private mutating func takeMouse(_ byte: UInt8, _ place: inout Int) {
    if byte == 0x1b {
      state = .ground
      place -= 1
      return
    }
    parameters.append(byte)
    guard parameters.count == 3 else { return }
    state = .ground
    let (code, column, row) = (Int(parameters[0]), Int(parameters[1]), Int(parameters[2]))
    guard !isLate, code >= 32, column > 32, row > 32,
      let action = MouseEvent.Action(code: code - 32)
    else { return }
    inputs.append(.mouse(MouseEvent(action, row: row - 33, column: column - 33)))
  }

  private func sgrMouse(_ final: UInt8) -> MouseEvent? {
    guard final == UInt8(ascii: "M"), let code = number(0, skipping: 1), let column = number(1),
      let row = number(2), column > 0, row > 0, let action = MouseEvent.Action(code: code)
    else { return nil }
    return MouseEvent(action, row: row - 1, column: column - 1)
  }

  /// The key of ESC `[` … `final`.
  private func controlKey(_ final: UInt8) -> Key? {
    if let first = parameters.first, !(0x30...0x3b).contains(first) { return nil }
    let isModified = (number(1) ?? 1) > 2
    switch final {
    case UInt8(ascii: "~"): return numberedKey
    case UInt8(ascii: "^"), UInt8(ascii: "@"): return numberedKey
    case UInt8(ascii: "Z"): return .backtab
    case UInt8(ascii: "a"): return .up
    case UInt8(ascii: "b"): return .down
    case UInt8(ascii: "c"): return .right
    case UInt8(ascii: "d"): return .left
    case UInt8(ascii: "R") where parameters.isEmpty || number(0) != 1: return nil
    default: return InputDecoder.cursorKey(final, isModified: isModified)
    }
  }

  /// The key of ESC `O` … `final`.
  private func singleKey(_ final: UInt8) -> Key? {
    let modifier = number(1) ?? number(0) ?? 1
    switch final {
    case UInt8(ascii: "M"): return .enter
    case UInt8(ascii: "a"): return .up
    case UInt8(ascii: "b"): return .down
    case UInt8(ascii: "c"): return .wordRight
    case UInt8(ascii: "d"): return .wordLeft
    default: return InputDecoder.cursorKey(final, isModified: modifier > 2)
    }
  }

  /// The keys that both kinds of sequences name by the same letters; modified is with Ctrl or Alt.
  private static func cursorKey(_ final: UInt8, isModified: Bool) -> Key? {
    switch final {
    case UInt8(ascii: "A"): .up
    case UInt8(ascii: "B"): .down
    case UInt8(ascii: "C"): isModified ? .wordRight : .right
    case UInt8(ascii: "D"): isModified ? .wordLeft : .left
    case UInt8(ascii: "H"): .home
    case UInt8(ascii: "F"): .end
    case UInt8(ascii: "P")...UInt8(ascii: "S"): .function(Int(final) - 0x4f)
    default: nil
    }
  }

  /// The key of ESC `[` number `~`.
  private var numberedKey: Key? {
    switch number(0) {
    case 1, 7: .home
    case 4, 8: .end
    case 2: .insert
    case 3: .delete
    case 5: .pageUp
    case 6: .pageDown
    case .some(let code) where (11...15).contains(code): .function(code - 10)
    case .some(let code) where (17...21).contains(code): .function(code - 11)
    case .some(let code) where (23...26).contains(code): .function(code - 12)
    case .some(let code) where code == 28 || code == 29: .function(code - 13)
    case .some(let code) where (31...34).contains(code): .function(code - 14)
    default: nil
    }
  }

  /// The number at a place between the semicolons, nil when it is missing or absurd.
  private func number(_ place: Int, skipping: Int = 0) -> Int? {
    let fields = parameters.dropFirst(place == 0 ? skipping : 0)
      .split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    guard fields.indices.contains(place) else { return nil }
    // Kitty hangs sub-parameters behind a colon.
    let digits = fields[place].prefix { $0 != UInt8(ascii: ":") }
    guard !digits.isEmpty, digits.count < 7 else { return nil }
    var value = 0
    for digit in digits {
      guard (0x30...0x39).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 0x30)
    }
    return value
  }
}

extension MouseEvent.Action {
  /// What a terminal's button code says; nil for releases, motion and buttons beyond the wheel.
  fileprivate init?(code: Int) {
    guard code & 0x20 == 0 else { return nil }
    switch code & ~0x1c {
    case 0: self = .press(.left)
    case 1: self = .press(.middle)
    case 2: self = .press(.right)
    case 0x40: self = .wheelUp
    case 0x41: self = .wheelDown
    default: return nil
    }
  }
}
