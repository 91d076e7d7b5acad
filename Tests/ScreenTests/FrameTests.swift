import Screen
import Testing

private func frame(_ rows: Int, _ columns: Int) -> Frame {
  Frame(Size(rows: rows, columns: columns))
}

struct FrameTests {
  @Test("text goes where it is put, and the column after it comes back")
  func put() {
    var frame = frame(2, 10)
    #expect(frame.put("name", row: 0, column: 2) == 6)
    #expect(frame.put("value too long", row: 1, column: 5) == 10)
    #expect(frame.text == "  name\n     value\n")
    #expect(frame.text(row: 0) == "  name    ")
    #expect(frame.text(row: 9).isEmpty)
  }

  @Test("a region cuts off what leaves it, at every side")
  func clipping() {
    var frame = frame(4, 12)
    for row in 0..<4 { frame.fill(row: row, glyph: 0x2e) }
    let region = Region(row: 1, column: 3, rows: 2, columns: 4)
    #expect(frame.put("0123456", row: 0, column: -2, in: region) == 4)
    #expect(frame.put("ab", row: 1, column: 3, in: region) == 4)
    frame.put("no", row: 2, column: 0, in: region)
    frame.put("no", row: -1, column: 0, in: region)
    frame.put("no", row: 0, column: 4, in: region)
    frame.fill(row: 1, columns: -5..<1, glyph: 0x23, in: region)
    #expect(frame.text == "............\n...2345.....\n...#..a.....\n............\n")
  }

  @Test("a limit says how many columns text may take")
  func limit() {
    var frame = frame(1, 12)
    #expect(frame.put("abcdef", row: 0, column: 1, limit: 3) == 4)
    #expect(frame.put("日本", row: 0, column: 5, limit: 3) == 8)
    #expect(frame.put("xyz", row: 0, column: 9, limit: 0) == 9)
    #expect(frame.text == " abc 日\n")
  }

  @Test("absurd places and sizes draw nothing and trap nowhere")
  func absurd() {
    var frame = frame(3, 3)
    let numbers = [Int.min, -1, 0, 2, 3, Int.max]
    for row in numbers {
      for column in numbers {
        for extent in numbers {
          let region = Region(row: row, column: column, rows: extent, columns: extent)
          for inner in numbers {
            frame.put("日aé", row: inner, column: inner, in: region, limit: extent)
            frame.put(.cross, row: inner, column: inner, in: region)
            frame.fill(row: inner, columns: min(inner, extent)..<max(inner, extent), in: region)
            frame.placeCursor(row: inner, column: inner, in: region)
            #expect(frame.cursor.map { $0.row < 3 && $0.column < 3 } ?? true)
          }
          frame.verticalLine(column: column, rows: min(row, extent)..<max(row, extent), in: region)
          frame.border(region)
          frame.clear(region)
          let part = region.part(row: row, column: column, rows: extent, columns: extent)
          #expect(part.rows <= region.rows && part.columns <= region.columns)
          #expect(!region.inset(rows: extent, columns: extent).contains(row: row, column: -1))
        }
      }
    }
    var none = Frame(Size(rows: 0, columns: Int.max))
    #expect(none.put("x", row: 0, column: 0) == 0)
    #expect(none.size.columns == 2000)
    #expect(none.text.isEmpty)
    #expect(frame.text.split(separator: "\n", omittingEmptySubsequences: false).count == 4)
  }

  @Test("a wide character has a continuation, and half of one is a blank")
  func wide() {
    var frame = frame(1, 6)
    #expect(frame.put("a日本b", row: 0, column: 0) == 6)
    #expect(frame[0, 2].glyph == Cell.continuation)
    frame.put("x", row: 0, column: 2)
    #expect(frame.text(row: 0) == "a x本b")
    frame.put("y", row: 0, column: 3)
    #expect(frame.text(row: 0) == "a xy b")
    #expect(frame.put("日", row: 0, column: 5) == 6)
    #expect(frame.text(row: 0) == "a xy  ")
    frame.put("日", row: 0, column: -1)
    #expect(frame.text(row: 0) == "  xy  ")
    frame.put("日", row: 0, column: 2)
    frame.fill(row: 0, columns: 3..<4, glyph: 0x2e)
    #expect(frame.text(row: 0) == "   .  ")
  }

  @Test(
    "what a terminal would obey or hide is spelt out",
    arguments: [
      ("a\u{1b}[31mb", "a\\x1b[31mb"), ("a\tb", "a\\tb"), ("a\r\nb", "a\\r\\nb"),
      ("\u{0}", "\\x00"),
      ("\u{7f}\u{9b}", "\\x7f\\x9b"), ("\u{202e}abc\u{2066}", "\\u202eabc\\u2066"),
      ("a\u{200b}b\u{200d}c\u{feff}", "a\\u200bb\\u200dc\\ufeff"), ("\u{ad}", "\\xad"),
      ("\u{e000}", "\\ue000"), ("\u{fffe}", "\\ufffe"), ("\u{10ffff}", "\\U0010ffff"),
      ("\u{2028}", "\\u2028"), ("\u{3164}", "\\u3164"), ("\u{301}x", "\\u0301x"),
      ("a\u{fe0f}", "a\\ufe0f"), ("\u{e0041}", "\\U000e0041"), ("e\u{301}", "e\u{301}"),
      ("👨‍👩‍👧", "👨‍👩‍👧"), ("🇩🇪", "🇩🇪"),
    ])
  func spelling(text: String, shown: String) {
    var frame = frame(1, 24)
    let end = frame.put(text, row: 0, column: 0)
    #expect(frame.text == shown + "\n")
    #expect(end == Width.columns(of: text))
    for column in 0..<24 {
      let glyph = frame[0, column].glyph
      #expect(glyph == Cell.continuation || (glyph >= 0x20 && !(0x7f..<0xa0).contains(glyph)))
    }
  }

  @Test("any text keeps a row as wide as the frame", arguments: 0..<20)
  func randomText(seed: Int) {
    var random = Random(seed: seed + 7)
    var frame = frame(1, 20)
    let pool = [
      "a", "é", "日", "e\u{301}", "👨‍👩‍👧", "\u{1b}", "\u{301}", "\u{202e}", "🇩", "\u{200d}", "가",
    ]
    for _ in 0..<300 {
      let text = (0..<3).map { _ in random.element(of: pool) }.joined()
      frame.put(text, row: 0, column: Int(random.next() % 24) - 3)
      let widths = frame.text(row: 0).reduce(0) { $0 + Width.columns(of: $1) }
      for column in 0..<20 where frame[0, column].glyph == Cell.continuation {
        #expect(column > 0 && frame[0, column - 1].glyph >= 0x1100)
      }
      #expect(widths >= 1)
    }
  }

  @Test("a style keeps its parts and the cell of a frame keeps the style")
  func styles() {
    for role in Role.allCases {
      var style = Style(role, reversed: true, dim: true)
      #expect(style.role == role && style.isReversed && style.isDim && !style.isBold)
      style.isReversed = false
      style.isUnderlined = true
      #expect(style == Style(role, underlined: true, dim: true))
      #expect(style.bits < UInt32(Style.count))
      #expect(Style(bits: style.bits) == style)
    }
    var frame = frame(1, 4)
    frame.put("abc", row: 0, column: 0, Style(.error))
    frame.restyle(row: 0, columns: 1..<9) { $0.isReversed = true }
    #expect(frame[0, 0].style == Style(.error))
    #expect(frame[0, 1] == Cell(0x62, Style(.error, reversed: true)))
    #expect(frame[0, 3].style == Style(.plain, reversed: true))
  }

  @Test("the difference of two frames is the narrowest span of a row")
  func difference() {
    var one = frame(2, 10)
    one.put("weight: 70", row: 0, column: 0)
    var two = one
    #expect(one.difference(in: 0, from: two) == nil)
    two.put("80", row: 0, column: 8)
    #expect(two.difference(in: 0, from: one) == 8..<9)
    #expect(two.difference(in: 1, from: one) == nil)
    #expect(two.difference(in: 0, from: nil) == 0..<10)
    #expect(two.difference(in: 0, from: frame(1, 10)) == 0..<10)
    two.put("日", row: 1, column: 3)
    #expect(two.difference(in: 1, from: one) == 0..<10)
  }

  @Test("a frame becomes another, and tells what that took")
  func become() {
    var shown = frame(3, 10)
    shown.put("日", row: 1, column: 3)
    var next = frame(3, 10)
    next.put("ab", row: 0, column: 4)
    next.put("e\u{301}", row: 2, column: 0)
    next.cursor = Frame.CellPosition(row: 0, column: 6)
    var told: [String] = []
    shown.become(next) { told.append("\($0) \($1) \($2)") }
    #expect(told == ["0 4..<6 false", "1 0..<10 true", "2 0..<10 true"])
    #expect(shown == next)
    shown.become(next) { row, _, _ in told.append("again \(row)") }
    shown.become(frame(1, 10)) { row, _, _ in told.append("another size \(row)") }
    #expect(told.count == 3 && shown == next)
  }

  @Test("frames with different clusters differ where they are shown")
  func clusters() {
    var one = frame(2, 4)
    var two = frame(2, 4)
    one.put("e\u{301}", row: 0, column: 0)
    two.put("o\u{301}", row: 0, column: 0)
    #expect(!one.isRow(0, sameAs: two))
    #expect(one.isRow(1, sameAs: two))
    #expect(one != two)
  }

  @Test("a border and its lines are line-drawing glyphs")
  func border() {
    var frame = frame(3, 4)
    frame.border(Region(frame.size))
    #expect(frame.text == "┌──┐\n│  │\n└──┘\n")
  }

  @Test("a look is read from its words, and from no other words")
  func looks() {
    #expect(Theme.Look("bold red") == Theme.Look(1, bold: true))
    #expect(Theme.Look("208 underlined dim") == Theme.Look(208, dim: true, underlined: true))
    #expect(Theme.Look("reversed") == Theme.Look(reversed: true))
    #expect(Theme.Look("") == Theme.Look())
    for words in ["crimson", "256", "-1", "bold,red", "Bold"] { #expect(Theme.Look(words) == nil) }
  }
}
