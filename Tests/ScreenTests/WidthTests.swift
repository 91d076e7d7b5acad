import Screen
import Testing

struct WidthTests {
  @Test(
    "a character takes the columns that Unicode says",
    arguments: [
      ("a", 1), ("é", 1), ("e\u{301}", 1), ("→", 1), ("●", 1), ("─", 1), ("日", 2), ("가", 2),
      ("\u{1100}\u{1161}", 2), ("Ａ", 2), ("ｱ", 1), ("👩", 2), ("👨‍👩‍👧", 2), ("👍🏽", 2), ("🇩🇪", 2),
      ("\u{303f}", 1), ("\u{3000}", 2), ("\u{20000}", 2), ("✓", 1), ("⌚", 2), ("\t", 2),
      ("\u{1b}", 4), ("\u{202e}", 6),
    ])
  func characters(text: String, columns: Int) {
    #expect(Width.columns(of: Character(text)) == columns)
    #expect(Width.columns(of: "ab" + text) == 2 + columns)
  }

  @Test("what combines takes no column of its own")
  func combining() {
    for scalar: Unicode.Scalar in ["\u{301}", "\u{200d}", "\u{fe0f}", "\u{1161}", "\u{20dd}"] {
      #expect(Width.columns(of: scalar) == 0)
    }
  }
}
