extension EventReader {
  // MARK: Byte order marks

  /// Puts another character for each byte order mark at the beginning of a later line, which libyaml
  /// would skip and the reader of Kubernetes takes for text.
  func replaceMarks() {
    var marks: [Int] = []
    for index in text.indices.dropFirst()
    where text[index] == 0xEF && text[index...].hasByteOrderMark {
      let before = text[index - 1]
      if before == Byte.newline || before == Byte.carriageReturn { marks.append(index) }
    }
    guard !marks.isEmpty, let standIn = text.unusedCharacter else { return }
    let copy = ownCopy()
    for mark in marks {
      for (offset, byte) in standIn.utf8.enumerated() { copy[mark + offset] = byte }
    }
    self.standIn = standIn
  }

  /// Ends the last line, as kubectl does: with it a block of text there ends in a newline.
  func endLine() {
    let copy = ownCopy(longerBy: 1)
    copy.initializeElement(at: text.count, to: Byte.newline)
  }

  func ownCopy(longerBy more: Int = 0) -> UnsafeMutableBufferPointer<UInt8> {
    if let repairedText { return repairedText }
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count + more)
    _ = copy.initialize(from: text)
    repairedText = copy
    return copy
  }

  // MARK: Escapes

  /// Where the reading stopped at `\'`: puts `\a` in place of each in these quotes, to be read
  /// again; false where that is not why it stopped.
  func repairQuotes(from index: Int) -> Bool {
    guard text.isEscape(Byte.apostrophe, at: index) else { return false }
    let copy = ownCopy()
    var index = index
    while index + 1 < text.count, text[index] != Byte.quote {
      if text.isEscape(Byte.apostrophe, at: index) { copy[index + 1] = UInt8(ascii: "a") }
      index += text[index] == Byte.backslash ? 2 : 1
    }
    repairs += 1
    return true
  }

  /// A scalar's text, which stands at some bytes, as the reader of Kubernetes has it.
  func content(_ value: String, _ range: Range<Int>, isDouble: Bool) -> String {
    var value = withoutSubstitutes(value, range)
    if let standIn, value.unicodeScalars.contains(standIn) {
      value = value.replacing(standIn) { "\u{FEFF}" }
    }
    guard isDouble, hasSlashEscapes || repairs > 0 else { return value }
    let bells = bells(in: UnsafeBufferPointer(rebasing: text[range]), from: range.lowerBound)
    guard bells.contains(true) else { return value }
    var next = bells.makeIterator()
    return value.replacing("\u{7}") { next.next() == true ? "'" : "\u{7}" }
  }

  /// Of each escape for a bell in a quoted text, whether it stands for a quote.
  private func bells(in source: UnsafeBufferPointer<UInt8>, from start: Int) -> [Bool] {
    var bells: [Bool] = []
    var index = 1
    while index + 1 < source.count {
      guard source[index] == Byte.backslash else {
        index += 1
        continue
      }
      let digits: Int
      switch source[index + 1] {
      case Byte.apostrophe:
        bells.append(true)
        digits = 0
      case Byte.slash:
        problem = Problem(
          position(ofByte: start), SyntaxErrorMessage.unknownEscape)
        return []
      case UInt8(ascii: "x"): digits = 2
      case UInt8(ascii: "u"): digits = 4
      case UInt8(ascii: "U"): digits = 8
      case let letter:
        if letter == UInt8(ascii: "a") { bells.append(false) }
        digits = 0
      }
      index += 2
      if digits > 0, index + digits <= source.count,
        source[index..<index + digits].dropLast().allSatisfy({ $0 == Byte.zero }),
        source[index + digits - 1] == UInt8(ascii: "7")
      {
        bells.append(false)
      }
    }
    return bells
  }
}

extension String {
  /// The text with something else for each of one character.
  fileprivate func replacing(
    _ wanted: Unicode.Scalar, with make: () -> Unicode.Scalar
  ) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars { scalars.append(scalar == wanted ? make() : scalar) }
    return String(scalars)
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate func isEscape(_ letter: UInt8, at index: Int) -> Bool {
    index + 1 < count && self[index] == Byte.backslash && self[index + 1] == letter
  }

  /// A character for private use, of three bytes, that the text does not have.
  fileprivate var unusedCharacter: Unicode.Scalar? {
    let all = String(decoding: self, as: UTF8.self).unicodeScalars
    let used = Set(all.lazy.filter { (0xE000..<0xF8FF).contains($0.value) })
    return (0xE000..<0xF8FF).lazy.compactMap(Unicode.Scalar.init).first { !used.contains($0) }
  }
}
