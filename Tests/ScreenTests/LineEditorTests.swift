import Screen
import Testing

struct LineEditorTests {
  @Test(
    "keys edit a line as a shell's do",
    arguments: [
      ("na|me", "<C-a>x", "x|name"), ("na|me", "<C-e>x", "namex|"), ("na|me", "<Home>x", "x|name"),
      ("na|me", "<End>x", "namex|"), ("na|me", "<C-b>x", "nx|ame"), ("na|me", "<C-f>x", "namx|e"),
      ("na|me", "<Left><Right>x", "nax|me"), ("na|me", "<C-d>", "na|e"), ("na|me", "<Del>", "na|e"),
      ("na|me", "<C-h>", "n|me"), ("na|me", "<BS>", "n|me"), ("na|me", "<C-k>", "na|"),
      ("na|me", "<C-u>", "|me"), ("|ab", "<BS>", "|ab"), ("ab|", "<Del>", "ab|"),
      ("|ab", "<Left>", "|ab"), ("ab|", "<Right>", "ab|"), ("a b-c|d", "<C-w>", "a |d"),
      ("ab  |", "<C-w>", "|"), ("|", "<C-w><C-u><C-k><BS><Del>", "|"),
      ("gpt-4o mini|", "<C-Left>", "gpt-4o |mini"), ("gpt-4o|", "<C-Left>", "gpt-|4o"),
      ("|gpt-4o", "<C-Right>", "gpt|-4o"), ("gpt|-4o", "<C-Right>", "gpt-4o|"),
      ("|", "<C-Right><C-Left>", "|"), ("日|本", "<BS>", "|本"), ("日|本", "<Del>", "日|"),
      ("e\u{301}|x", "<BS>", "|x"), ("👨‍👩‍👧|x", "<BS>", "|x"), ("👨‍👩‍👧|x", "<Left>", "|👨‍👩‍👧x"),
      ("é|", "<Left>a", "a|é"),
    ])
  func edits(before: String, typed: String, after: String) {
    var editor = LineEditor(drawn: before)
    let meant = keys(typed).map { editor.handle($0) }
    #expect(meant.allSatisfy { $0 })
    #expect(editor.drawn == after)
  }

  @Test("a key that means nothing in a line changes nothing and says so")
  func refuses() {
    var editor = LineEditor(drawn: "a|b")
    let others: [Key] = [
      .tab, .backtab, .enter, .escape, .up, .down, .pageUp, .pageDown, .insert, .function(1),
      .control("x"), .control("_"),
    ]
    let meant = others.map { editor.handle($0) }
    #expect(!meant.contains(true))
    #expect(editor.drawn == "a|b")
  }

  @Test("line breaks and control characters are left out, a tab is a blank")
  func cleans() {
    var editor = LineEditor(drawn: "a|z")
    editor.insert("b\r\nc\td\u{1b}[31m\u{85}\u{2028}\u{0}e")
    #expect(editor.drawn == "abc d[31me|z")
    editor.set("x\ny")
    #expect(editor.drawn == "xy|")
  }

  @Test("the caret never stands within a character")
  func joins() {
    var editor = LineEditor(drawn: "|\u{301}x")
    editor.insert("e")
    #expect(editor.drawn == "e\u{301}|x")
    editor.moveLeft()
    #expect(editor.caret == 0)
    editor.moveRight()
    #expect(editor.caret == 3)
  }

  @Test("the caret is seen wherever it stands, and the window never exceeds its width")
  func window() {
    let texts = [
      "", "abc", String(repeating: "abcdefghij", count: 30), String(repeating: "日本", count: 60),
      String(repeating: "\u{202e}e\u{301}👨‍👩‍👧", count: 20),
    ]
    for text in texts {
      for width in [0, 1, 2, 3, 7, 20, 80] {
        var editor = LineEditor(text)
        editor.moveHome()
        while true {
          let (part, column) = editor.window(width)
          #expect(column >= 0 && column < max(1, width))
          #expect(width < 6 || Width.columns(of: part) <= width)
          if editor.caret == text.utf8.count { break }
          editor.moveRight()
        }
      }
    }
  }

  @Test("typing at the end of a long line shows its end")
  func longLine() {
    var editor = LineEditor()
    for number in 0..<10_000 { editor.insert(String(number % 10)) }
    let (part, column) = editor.window(30)
    #expect(editor.text.utf8.count == 10_000)
    #expect(editor.text.hasSuffix(part))
    #expect(part.utf8.count == column)
    #expect(column >= 14)
  }

  @Test("random keys never break the caret", arguments: 0..<8)
  func walks(seed: Int) {
    var random = Random(seed: seed)
    let pool: [Key] =
      keys("<C-a><C-e><C-b><C-f><C-d><C-h><C-k><C-u><C-w><C-Left><C-Right>")
      + ["a", "-", " ", "é", "日", "\u{301}", "👨‍👩‍👧", "\u{200d}", "🇩", "\u{1100}\u{1161}"].map {
        .text($0)
      }
    var editor = LineEditor()
    for _ in 0..<600 {
      _ = editor.handle(random.element(of: pool))
      let boundaries = editor.text.indices.map {
        editor.text.utf8.distance(from: editor.text.startIndex, to: $0)
      }
      #expect(boundaries.contains(editor.caret) || editor.caret == editor.text.utf8.count)
      #expect(editor.window(9).caretColumn < 9)
    }
  }
}

/// The same numbers for the same seed.
struct Random: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9e37_79b9_7f4a_7c15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state &* 0x2545_f491_4f6c_dd1d
  }

  mutating func element<Element>(of pool: [Element]) -> Element {
    pool[Int(next() % UInt64(pool.count))]
  }
}
