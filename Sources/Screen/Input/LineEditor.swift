/// One line of text being edited, and the caret in it.
package struct LineEditor: Hashable, Sendable {
  package private(set) var text: String
  /// The caret's place in UTF-8 bytes, always between two characters.
  package private(set) var caret: Int
  /// Whether all of the text is selected, so that what is typed next takes its place.
  package private(set) var isSelected = false
  /// Whether no key has come to it yet, so that it is shown from its beginning.
  package private(set) var isFresh = false

  /// A text with the caret at its end; line breaks and control characters are left out of it.
  package init(_ text: String = "") {
    self.text = LineEditor.line(of: text)
    caret = self.text.utf8.count
  }

  package var isEmpty: Bool { text.isEmpty }

  /// Replaces all of the text and puts the caret at its end.
  package mutating func set(_ text: String) {
    self = LineEditor(text)
    isFresh = true
  }

  /// Selects all of the text, where there is any, and shows it from its beginning.
  package mutating func select() {
    isSelected = !text.isEmpty
    if isSelected { caret = 0 }
  }

  /// Types text: it takes the place of a selection, which a blank only drops.
  package mutating func type(_ new: String) {
    isFresh = false
    guard isSelected, new.utf8.first == UInt8(ascii: " ") else {
      insert(new)
      return
    }
    isSelected = false
    moveEnd()
    insert(String(new.dropFirst()))
  }

  /// Inserts text before the caret, or in the place of a selection; tabs become blanks, other
  /// control characters go.
  package mutating func insert(_ new: String) {
    isFresh = false
    let line = LineEditor.line(of: new)
    if isSelected, !line.isEmpty { self = LineEditor() }
    if caret == text.utf8.count {
      text += line
      caret = text.utf8.count
    } else {
      text.insert(contentsOf: line, at: index)
      caret = boundary(from: caret + line.utf8.count)
    }
  }

  /// Removes the character before the caret.
  package mutating func backspace() { remove(from: offset(before: index)) }

  /// Removes the character after the caret.
  package mutating func delete() { remove(to: offset(after: index)) }

  package mutating func moveLeft() { caret = offset(before: index) }
  package mutating func moveRight() { caret = offset(after: index) }
  package mutating func moveHome() { caret = 0 }
  package mutating func moveEnd() { caret = text.utf8.count }

  /// Moves to the beginning of the word (letters and digits) before the caret.
  package mutating func moveWordLeft() {
    caret = wordStart(LineEditor.isWord)
  }

  /// Moves to the end of the word (letters and digits) after the caret.
  package mutating func moveWordRight() {
    var place = index
    while place < text.endIndex, !LineEditor.isWord(text[place]) { text.formIndex(after: &place) }
    while place < text.endIndex, LineEditor.isWord(text[place]) { text.formIndex(after: &place) }
    caret = text.utf8.distance(from: text.startIndex, to: place)
  }

  package mutating func killToEnd() { remove(to: text.utf8.count) }
  package mutating func killToStart() { remove(from: 0) }

  /// Removes what stands before the caret back to a blank, as a shell does.
  package mutating func killWord() { remove(from: wordStart { !$0.isWhitespace }) }

  /// Does what a key means in a line of text; false when the key means nothing here.
  package mutating func handle(_ key: Key) -> Bool {
    let isUsed = isSelected ? handleSelected(key) : handlePlain(key)
    if isUsed { isFresh = false }
    return isUsed
  }

  private mutating func handlePlain(_ key: Key) -> Bool {
    switch key {
    case .text(let new): type(new)
    case .backspace: backspace()
    case .delete: delete()
    case .left: moveLeft()
    case .right: moveRight()
    case .home: moveHome()
    case .end: moveEnd()
    case .wordLeft: moveWordLeft()
    case .wordRight: moveWordRight()
    case .control(let letter): return handleControl(letter)
    case .alt, .escape, .tab, .backtab, .enter, .insert, .up, .down, .pageUp, .pageDown, .function:
      return false
    }
    return true
  }

  /// With all of the text selected a key replaces it, clears it, or goes to one of its ends.
  private mutating func handleSelected(_ key: Key) -> Bool {
    switch key {
    case .text(let new): type(new)
    case .backspace, .delete: set("")
    case .left, .home, .wordLeft: deselect(atEnd: false)
    case .right, .end, .wordRight: deselect(atEnd: true)
    case .control(let letter):
      switch letter {
      case "a", "b": deselect(atEnd: false)
      case "e", "f": deselect(atEnd: true)
      case "d", "h", "k", "u", "w": set("")
      default: return false
      }
    case .alt, .escape, .tab, .backtab, .enter, .insert, .up, .down, .pageUp, .pageDown, .function:
      return false
    }
    return true
  }

  private mutating func deselect(atEnd: Bool) {
    isSelected = false
    caret = atEnd ? text.utf8.count : 0
  }

  private mutating func handleControl(_ letter: Character) -> Bool {
    switch letter {
    case "a": moveHome()
    case "e": moveEnd()
    case "b": moveLeft()
    case "f": moveRight()
    case "d": delete()
    case "h": backspace()
    case "k": killToEnd()
    case "u": killToStart()
    case "w": killWord()
    default: return false
    }
    return true
  }

  /// What a field of so many columns shows, and the caret's column in it.
  ///
  /// The view moves by half a width at a time, so that most keys change one cell.
  package func window(_ width: Int) -> (text: Substring, caretColumn: Int) {
    guard width > 0 else { return (text[text.startIndex..<text.startIndex], 0) }
    var start = text.startIndex
    if caret >= width {
      // A character has at least as many bytes as columns, unless it is spelt out.
      let step = max(1, width / 2)
      let place = (caret - width) / step * step + step
      start = text.utf8.index(start, offsetBy: boundary(from: min(place, caret)))
    }
    var column = Width.columns(of: text[start..<index])
    while column >= width, start < index {
      column -= Width.columns(of: text[start])
      text.formIndex(after: &start)
    }
    // No character takes less than a byte a column and, at sixteen bytes each, few take more.
    let limit = min(text.utf8.count, utf8Offset(start) + 16 * min(width, 100_000))
    var end = text.utf8.index(text.startIndex, offsetBy: boundary(from: limit))
    end = fitted(text[start..<end], width)
    return (text[start..<max(end, index)], column)
  }

  /// The end of what fits into so many columns.
  private func fitted(_ part: Substring, _ width: Int) -> String.Index {
    if part.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) {
      return part.utf8.index(part.startIndex, offsetBy: width, limitedBy: part.endIndex)
        ?? part.endIndex
    }
    var left = width
    var end = part.startIndex
    while end < part.endIndex {
      left -= Width.columns(of: part[end])
      if left < 0 { break }
      part.formIndex(after: &end)
    }
    return end
  }

  private var index: String.Index { text.utf8.index(text.startIndex, offsetBy: caret) }

  private func utf8Offset(_ index: String.Index) -> Int {
    text.utf8.distance(from: text.startIndex, to: index)
  }

  private func offset(before place: String.Index) -> Int {
    place > text.startIndex ? utf8Offset(text.index(before: place)) : 0
  }

  private func offset(after place: String.Index) -> Int {
    place < text.endIndex ? utf8Offset(text.index(after: place)) : text.utf8.count
  }

  private func wordStart(_ isWord: (Character) -> Bool) -> Int {
    var place = index
    while place > text.startIndex, !isWord(text[text.index(before: place)]) {
      text.formIndex(before: &place)
    }
    while place > text.startIndex, isWord(text[text.index(before: place)]) {
      text.formIndex(before: &place)
    }
    return utf8Offset(place)
  }

  private static func isWord(_ character: Character) -> Bool {
    character.isLetter || character.isNumber
  }

  private mutating func remove(from start: Int) {
    let first = text.utf8.index(text.startIndex, offsetBy: min(start, caret))
    text.removeSubrange(first..<index)
    caret = boundary(from: min(start, caret))
  }

  private mutating func remove(to end: Int) {
    let last = text.utf8.index(text.startIndex, offsetBy: max(end, caret))
    text.removeSubrange(index..<last)
    caret = boundary(from: caret)
  }

  /// The place itself where two characters meet, else the end of the character around it.
  private func boundary(from place: Int) -> Int {
    guard place > 0, place < text.utf8.count else { return place }
    let last = text.utf8.index(text.startIndex, offsetBy: place - 1)
    if text.utf8[last] < 0x80, text.utf8[text.utf8.index(after: last)] < 0x80 { return place }
    // The end of the character that the byte before belongs to.
    return utf8Offset(text.index(after: last))
  }

  /// Text without line breaks and control characters, tabs as blanks.
  private static func line(of text: String) -> String {
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return text }
    var line = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x09: line.append(" ")
      case 0..<0x20, 0x7f..<0xa0, 0x2028, 0x2029: continue
      default: line.append(scalar)
      }
    }
    return String(line)
  }
}
