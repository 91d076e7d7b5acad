/// An escape such as `\ud83d\ude00`: a character beyond U+FFFF as JSON writes it.
private struct Surrogates {
  /// Where the backslash stands.
  let place: Int
  /// Nil for one surrogate alone, which stands for no character.
  let scalar: Unicode.Scalar?
}

extension EventReader {
  /// Puts escapes that libyaml knows, as long as these, for surrogates: U+FFFD for one alone, as Go
  /// reads it, and for two the same character twice, to be recognised by it afterwards.
  func replaceSurrogates() {
    guard text.contains("\\u") else { return }
    let found = text.surrogates
    guard !found.isEmpty, let substitute = text.unusedEscape else { return }
    let copy = ownCopy()
    for surrogates in found {
      let digits = Array(
        (surrogates.scalar == nil ? "fffd" : String(substitute.value, radix: 16)).utf8)
      for offset in surrogates.scalar == nil ? [2] : [2, 8] {
        for (index, digit) in digits.enumerated() {
          copy[surrogates.place + offset + index] = digit
        }
      }
    }
    self.substitute = substitute
  }

  /// A scalar's text with the characters that substitutes stand for.
  func withoutSubstitutes(_ value: String, _ range: Range<Int>) -> String {
    guard let substitute, value.unicodeScalars.contains(substitute) else { return value }
    var characters = UnsafeBufferPointer(rebasing: text[range]).surrogates.lazy.compactMap(\.scalar)
      .makeIterator()
    var scalars = String.UnicodeScalarView()
    var isSecond = false
    for scalar in value.unicodeScalars {
      if scalar != substitute {
        scalars.append(scalar)
      } else {
        if !isSecond, let character = characters.next() { scalars.append(character) }
        isSecond.toggle()
      }
    }
    return String(scalars)
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// The escapes for surrogates, in order.
  fileprivate var surrogates: [Surrogates] {
    var found: [Surrogates] = []
    var index = 0
    while index + 1 < count {
      guard self[index] == Byte.backslash else {
        index += 1
        continue
      }
      guard let code = escaped(at: index), (0xD800..<0xE000).contains(code) else {
        index += 2
        continue
      }
      guard code < 0xDC00, let low = escaped(at: index + 6), (0xDC00..<0xE000).contains(low) else {
        found.append(Surrogates(place: index, scalar: nil))
        index += 6
        continue
      }
      let scalar = Unicode.Scalar(0x10000 + (code - 0xD800) << 10 + (low - 0xDC00))
      found.append(Surrogates(place: index, scalar: scalar))
      index += 12
    }
    return found
  }

  /// The number that an escape `\uXXXX` at a place stands for.
  private func escaped(at index: Int) -> UInt32? {
    guard index + 6 <= count, self[index] == Byte.backslash, self[index + 1] == UInt8(ascii: "u")
    else { return nil }
    var code: UInt32 = 0
    for byte in self[index + 2..<index + 6] {
      guard let digit = Byte.digit(byte, base: 16) else { return nil }
      code = code << 4 | UInt32(digit)
    }
    return code
  }

  /// A character for private use that the text neither has nor escapes.
  fileprivate var unusedEscape: Unicode.Scalar? {
    var used = Set(String(decoding: self, as: UTF8.self).unicodeScalars.lazy.map(\.value))
    for index in indices { if let code = escaped(at: index) { used.insert(code) } }
    return (0xE000..<0xF8FF).lazy.compactMap { UInt32($0) }.first { !used.contains($0) }
      .flatMap(Unicode.Scalar.init)
  }
}
