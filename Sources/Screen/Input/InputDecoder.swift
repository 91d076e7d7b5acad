/// Makes keys, pastes and mouse events of the bytes that a terminal sends.
///
/// Esc and one of `[ O ] P X N ^ _`, however late, begin a sequence that is swallowed to its end:
/// when the Esc was already given as a key, what follows gives no other key. Any other printable
/// character at once behind an Esc is a chord with Alt; everything else is a key of its own. Text
/// that comes faster than anybody types is a paste.
package struct InputDecoder: Sendable {
  /// How long an Esc may be the beginning of a sequence, in milliseconds.
  package let escapeDelay: Int
  /// Whether bytes from 0x80 on are UTF-8; otherwise they are refused.
  package let isUTF8: Bool

  /// What the bytes so far have begun.
  enum State: Sendable, Equatable {
    case ground
    /// An Esc; `isLate` when it was given as a key, `inString` when it may end a string by `\`.
    case escape(isLate: Bool, inString: Bool)
    /// ESC `[` and the bytes in `parameters`.
    case control
    /// ESC `[` `[`, the Linux console's function keys.
    case consoleFunction
    /// ESC `O` and the bytes in `parameters`.
    case single
    /// ESC `N`: one character more.
    case shiftTwo
    /// ESC `[` `M`: three bytes more, those so far in `parameters`.
    case mouse
    /// OSC, DCS, SOS, PM or APC, up to BEL, ST or any other control character.
    case string
    /// Between the paste brackets.
    case paste
  }

  var state = State.ground
  /// Whether the sequence's Esc was already given as a key: then it gives nothing else.
  var isLate = false
  /// What a sequence has after its introducer, only so many bytes as any known one has.
  var parameters: [UInt8] = []
  var text = TypedText()
  var pasted = PastedText()
  var scalar = ScalarDecoder()
  var inputs: [Input] = []
  /// Whether bytes of this feed were letters that the locale lacks.
  private var hasRefused = false

  /// `escapeDelay` is clamped to 0...10000 ms.
  package init(escapeDelay: Int = 50, isUTF8: Bool = true) {
    self.escapeDelay = min(max(0, escapeDelay), 10_000)
    self.isUTF8 = isUTF8
  }

  /// What some bytes mean that arrived at a time in milliseconds (of any steady clock).
  package mutating func feed(_ bytes: some Sequence<UInt8>, at now: Int) -> [Input] {
    Array(bytes).withUnsafeBufferPointer { feed($0, at: now) }
  }

  /// What some bytes mean that arrived at a time in milliseconds (of any steady clock).
  package mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, at now: Int) -> [Input] {
    text.begin(at: now)
    var place = 0
    while place < bytes.count {
      switch state {
      case .ground: takeText(bytes, &place)
      case .paste: takePaste(bytes, &place)
      case .escape, .control, .consoleFunction, .single, .shiftTwo, .mouse, .string:
        take(bytes[place], &place)
      }
    }
    if state == .ground { text.pause(&inputs) } else { text.end(&inputs) }
    if hasRefused { inputs.append(.refused) }
    hasRefused = false
    defer { inputs.removeAll() }
    return inputs
  }

  /// How many milliseconds to wait for more bytes before calling `timeout`, nil for ever.
  package var needsTimeout: Int? {
    switch state {
    case .escape(isLate: false, _): escapeDelay
    case .paste: PastedText.timeout
    case .ground: text.isHolding ? TypedText.window : nil
    case .escape, .control, .consoleFunction, .single, .shiftTwo, .mouse, .string: nil
    }
  }

  /// What the bytes so far mean now that nothing followed them for `needsTimeout`.
  package mutating func timeout(at now: Int) -> [Input] {
    switch state {
    case .escape(isLate: false, let inString):
      inputs.append(.key(.escape))
      state = .escape(isLate: true, inString: inString)
    case .paste:
      // The closing bracket got lost: better a paste in two parts than a dead keyboard.
      pasted.finish(&inputs, isUTF8: isUTF8)
      state = .ground
    case .ground: text.end(&inputs)
    case .escape, .control, .consoleFunction, .single, .shiftTwo, .mouse, .string: break
    }
    defer { inputs.removeAll() }
    return inputs
  }

  /// Takes printable characters and line ends as far as they go, then one other byte.
  private mutating func takeText(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) {
    while place < bytes.count {
      let byte = bytes[place]
      switch byte {
      case 0x20..<0x7f:
        scalar.reset()
        var end = place + 1
        while end < bytes.count, bytes[end] >= 0x20, bytes[end] < 0x7f { end += 1 }
        text.append(UnsafeBufferPointer(rebasing: bytes[place..<end]), keys: end - place)
        place = end
      case 0x80...:
        if !isUTF8 { hasRefused = true }
        if isUTF8, let whole = scalar.take(byte) { text.append(whole) }
        place += 1
      case 0x0d, 0x0a:
        scalar.reset()
        text.appendLineEnd(byte, &inputs)
        place += 1
      default:
        scalar.reset()
        text.end(&inputs)
        takeControl(byte)
        place += 1
        return
      }
    }
  }

  /// Takes a control character outside any sequence, other than a line end.
  mutating func takeControl(_ byte: UInt8) {
    switch byte {
    case 0x1b: state = .escape(isLate: false, inString: false)
    case 0x09: inputs.append(.key(.tab))
    case 0x0a, 0x0d: inputs.append(.key(.enter))
    case 0x08, 0x7f: inputs.append(.key(.backspace))
    case 0x00: inputs.append(.key(.control(" ")))
    default:
      // ^A to ^Z are letters, the four above them `\ ] ^ _`.
      let letter = byte < 0x1b ? byte + 0x60 : byte + 0x40
      inputs.append(.key(.control(Character(Unicode.Scalar(letter)))))
    }
  }

  private mutating func takePaste(_ bytes: UnsafeBufferPointer<UInt8>, _ place: inout Int) {
    let (end, isWhole) = pasted.take(bytes, from: place)
    place = end
    if isWhole {
      pasted.finish(&inputs, isUTF8: isUTF8)
      state = .ground
    } else if pasted.isFull {
      pasted.give(&inputs, isUTF8: isUTF8)
    }
  }
}
