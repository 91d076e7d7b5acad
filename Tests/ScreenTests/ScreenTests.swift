import Screen
import Testing

/// Where `|` is the caret: an editor from such a text, and such a text from an editor.
extension LineEditor {
  init(drawn: String) {
    let parts = drawn.unicodeScalars.split(separator: "|", omittingEmptySubsequences: false)
    self.init(parts.map { String($0) }.joined())
    moveHome()
    while caret < String(parts[0]).utf8.count { moveRight() }
  }

  var drawn: String {
    let text = Array(text.utf8)
    return String(decoding: text[..<caret], as: UTF8.self) + "|"
      + String(decoding: text[caret...], as: UTF8.self)
  }
}

/// Keys as documentation writes them: `<C-a>`, `<Left>`, `<BS>`; other characters are themselves.
func keys(_ notation: String) -> [Key] {
  let named: [String: Key] = [
    "Left": .left, "Right": .right, "Home": .home, "End": .end, "BS": .backspace, "Del": .delete,
    "C-Left": .wordLeft, "C-Right": .wordRight, "Tab": .tab, "Enter": .enter, "Up": .up,
  ]
  var keys: [Key] = []
  var rest = Substring(notation)
  while let first = rest.first {
    if first == "<", let end = rest.firstIndex(of: ">") {
      let name = String(rest[rest.index(after: rest.startIndex)..<end])
      if let key = named[name] {
        keys.append(key)
      } else if name.hasPrefix("C-"), let letter = name.last {
        keys.append(.control(letter))
      }
      rest = rest[rest.index(after: end)...]
    } else {
      keys.append(.text(String(rest.removeFirst())))
    }
  }
  return keys
}
