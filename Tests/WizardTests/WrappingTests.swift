import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("wrapping")
struct WrappingTests {
  @Test(
    "no line is wider than asked for, as it is drawn",
    arguments: [
      "plain words that go on and on until they end",
      "c1\u{9b}31m \u{80}\u{85}\u{9f} between words \u{9b}\u{9b}\u{9b}\u{9b}\u{9b}\u{9b}",
      "\u{1b}[31mred\u{7f} and a line\nend", "日本語の長い文章 in wide letters 日本語の長い文章",
      "e\u{301}\u{301} combining é é é é é é é é", "👨‍👩‍👧 👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧👨‍👩‍👧",
      "", " ", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ])
  func width(text: String) {
    for columns in 8...30 {
      let lines = text.wrapped(columns)
      for line in lines {
        #expect(Width.columns(of: line) <= columns, "\(columns): \(line)")
        #expect(
          !line.unicodeScalars.contains { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) })
      }
      let words = lines.joined().filter { $0 != " " }
      #expect(words == text.asDrawn.filter { $0 != " " }, "\(columns)")
      #expect(Width.columns(of: text.fitted(columns)) == columns, "\(columns)")
      #expect(Width.columns(of: text.shortened(columns)) <= columns)
    }
  }
}
