import Screen
import Testing

/// What some bytes mean when they come at once and nothing follows.
private func decoded(_ bytes: String, isUTF8: Bool = true) -> [Input] {
  decoded(Array(bytes.utf8), isUTF8: isUTF8)
}

private func decoded(_ bytes: [UInt8], isUTF8: Bool = true) -> [Input] {
  var decoder = InputDecoder(isUTF8: isUTF8)
  var inputs = decoder.feed(bytes, at: 0)
  while decoder.needsTimeout != nil { inputs += decoder.timeout(at: 2_000) }
  return inputs
}

/// All text in the inputs, typed or pasted.
private func text(_ inputs: [Input]) -> String {
  inputs.map {
    switch $0 {
    case .key(.text(let text)), .paste(let text): text
    default: ""
    }
  }.joined()
}

struct InputDecoderTests {
  @Test(
    "a sequence is one key",
    arguments: [
      ("\u{1b}[A", Key.up), ("\u{1b}OA", .up), ("\u{1b}[B", .down), ("\u{1b}OB", .down),
      ("\u{1b}[C", .right), ("\u{1b}OC", .right), ("\u{1b}[D", .left), ("\u{1b}OD", .left),
      ("\u{1b}[1;2C", .right), ("\u{1b}[1;5C", .wordRight), ("\u{1b}[1;3D", .wordLeft),
      ("\u{1b}[1;5A", .up), ("\u{1b}O5C", .wordRight), ("\u{1b}Od", .wordLeft),
      ("\u{1b}Oc", .wordRight), ("\u{1b}[d", .left), ("\u{1b}[c", .right), ("\u{1b}Oa", .up),
      ("\u{1b}[H", .home), ("\u{1b}OH", .home), ("\u{1b}[1~", .home), ("\u{1b}[7~", .home),
      ("\u{1b}[1;5H", .home), ("\u{1b}[7^", .home), ("\u{1b}[7$", .home), ("\u{1b}[F", .end),
      ("\u{1b}OF", .end), ("\u{1b}[4~", .end), ("\u{1b}[8~", .end), ("\u{1b}[8@", .end),
      ("\u{1b}[2~", .insert), ("\u{1b}[3~", .delete), ("\u{1b}[3;5~", .delete),
      ("\u{1b}[3$", .delete), ("\u{1b}[5~", .pageUp), ("\u{1b}[6~", .pageDown),
      ("\u{1b}[Z", .backtab), ("\u{1b}OP", .function(1)), ("\u{1b}[11~", .function(1)),
      ("\u{1b}[[A", .function(1)), ("\u{1b}[1;2P", .function(1)), ("\u{1b}[[E", .function(5)),
      ("\u{1b}OS", .function(4)), ("\u{1b}[15~", .function(5)), ("\u{1b}[17~", .function(6)),
      ("\u{1b}[21~", .function(10)), ("\u{1b}[24~", .function(12)), ("\u{1b}[24;2~", .function(12)),
      ("\u{1b}[29~", .function(16)), ("\u{1b}[34~", .function(20)), ("\u{1b}OM", .enter),
      ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7f}", .backspace), ("\u{8}", .backspace),
      ("\u{1b}", .escape), ("\u{0}", .control(" ")), ("\u{1}", .control("a")),
      ("\u{1a}", .control("z")), ("\u{1c}", .control("\\")), ("\u{1f}", .control("_")),
    ])
  func sequences(bytes: String, key: Key) {
    #expect(decoded(bytes) == [.key(key)])
  }

  @Test(
    "what no key is behind is swallowed to its end",
    arguments: [
      "\u{1b}[I", "\u{1b}[O", "\u{1b}[97;5u", "\u{1b}[27;5;9~", "\u{1b}[?1;2c", "\u{1b}[>0;10;1c",
      "\u{1b}[24;80R", "\u{1b}[?2026;2$y", "\u{1b}[201~", "\u{1b}]0;title\u{7}",
      "\u{1b}]11;rgb:0000/0000/0000\u{1b}\\", "\u{1b}P1$r0m\u{1b}\\", "\u{1b}_Gi=1;OK\u{1b}\\",
      "\u{1b}^x\u{1b}\\", "\u{1b}Xabc\u{1b}\\", "\u{1b}Na", "\u{1b}Né", "\u{1b}Op", "\u{1b}[E",
      "\u{1b}[99999999999999999999~", "\u{1b}[1;99999999999999999999C\u{1b}[[Z", "\u{1b}[[Z",
      "\u{1b}[<35;1;1M", "\u{1b}[<0;1;1m", "\u{1b}[<0;0;1M", "\u{1b}[<0M", "\u{1b}[<;;M",
    ])
  func swallowed(bytes: String) {
    let inputs = decoded(bytes + "x").filter { $0 != .key(.right) && $0 != .key(.wordRight) }
    #expect(inputs == [.key(.text("x"))])
  }

  @Test("a torn sequence never types text, wherever it is torn and however long the pause")
  func torn() {
    let whole = [
      "\u{1b}[A", "\u{1b}OA", "\u{1b}[1;5D", "\u{1b}[[A", "\u{1b}[11~", "\u{1b}[3~",
      "\u{1b}]0;ti\u{7}",
      "\u{1b}P1$r0m\u{1b}\\", "\u{1b}[<0;10;10M", "\u{1b}[M !!", "\u{1b}Nx", "\u{1b}[3$",
    ]
    for bytes in whole.map({ Array($0.utf8) }) {
      for split in 1..<bytes.count {
        var decoder = InputDecoder()
        var inputs = decoder.feed(bytes[..<split], at: 0)
        if decoder.needsTimeout != nil { inputs += decoder.timeout(at: 60) }
        inputs += decoder.feed(bytes[split...], at: 900_000)
        #expect(text(inputs).isEmpty, "\(bytes) at \(split)")
        #expect(decoder.feed(Array("y".utf8), at: 900_100) == [.key(.text("y"))])
        let early = split == 1
        let escapes = inputs.filter { $0 == .key(.escape) }.count
        #expect(escapes == (bytes[split - 1] == 0x1b ? 1 : 0), "\(bytes) at \(split)")
        // The Esc was given as a key: the rest runs nothing.
        if early { #expect(inputs == [.key(.escape), .torn]) }
      }
    }
  }

  @Test("a sequence that comes in single bytes in time is the same key")
  func slow() {
    var decoder = InputDecoder()
    var inputs: [Input] = []
    for (time, byte) in "\u{1b}[1;5D".utf8.enumerated() {
      inputs += decoder.feed([byte], at: time * 40)
    }
    #expect(inputs == [.key(.wordLeft)])
  }

  @Test(
    "Esc and a letter are two keys, and at once a letter with Alt", arguments: ["x", "1", ".", "y"])
  func escape(letter: String) {
    let expected: [Input] = [.key(.escape), .key(.text(letter))]
    #expect(decoded("\u{1b}" + letter) == [.key(.alt(Character(letter)))])
    var decoder = InputDecoder(escapeDelay: 70)
    #expect(decoder.feed([0x1b], at: 0).isEmpty)
    #expect(decoder.needsTimeout == 70)
    let early = decoder.timeout(at: 70)
    #expect(decoder.needsTimeout == nil)
    #expect(early + decoder.feed(Array(letter.utf8), at: 5_000) == expected)
  }

  @Test("two Escs are two keys, and the second may begin a sequence")
  func twoEscapes() {
    #expect(decoded("\u{1b}\u{1b}") == [.key(.escape), .key(.escape)])
    #expect(decoded("\u{1b}\u{1b}[A") == [.key(.escape), .key(.up)])
    #expect(decoded("\u{1b}\u{18}") == [.key(.escape), .key(.control("x"))])
  }

  @Test("a key ends a string that the terminal never ended")
  func endlessString() {
    #expect(decoded("\u{1b}]0;abc\rx") == [.key(.enter), .key(.text("x"))])
    #expect(decoded("\u{1b}]0;abc\u{1b}[Ax") == [.key(.up), .key(.text("x"))])
    #expect(decoded("\u{1b}]0;abc\u{1b}") == [.key(.escape)])
    #expect(decoded("\u{1b}[12\rx") == [.key(.enter), .key(.text("x"))])
  }

  @Test("mouse presses and the wheel, in both encodings, count from 0")
  func mouse() {
    #expect(
      decoded("\u{1b}[<0;10;5M") == [.mouse(MouseEvent(.press(.left), row: 4, column: 9))])
    #expect(
      decoded("\u{1b}[<18;300;5M") == [.mouse(MouseEvent(.press(.right), row: 4, column: 299))])
    #expect(decoded("\u{1b}[<64;1;1M") == [.mouse(MouseEvent(.wheelUp, row: 0, column: 0))])
    #expect(decoded("\u{1b}[<65;1;1M") == [.mouse(MouseEvent(.wheelDown, row: 0, column: 0))])
    #expect(decoded("\u{1b}[M *%") == [.mouse(MouseEvent(.press(.left), row: 4, column: 9))])
    #expect(
      decoded([0x1b, 0x5b, 0x4d, 0x61, 0xff, 0xfe]) == [
        .mouse(MouseEvent(.wheelDown, row: 221, column: 222))
      ])
    #expect(decoded("\u{1b}[M#*%x") == [.key(.text("x"))])
  }

  @Test("up to eight characters at once are typed, more are a paste")
  func burst() {
    #expect(decoded("abcdefgh") == [.key(.text("abcdefgh"))])
    #expect(decoded("abcdefghi") == [.paste("abcdefghi")])
    #expect(decoded("äöüäöüäö") == [.key(.text("äöüäöüäö"))])
  }

  @Test("the burst is counted over reads, but not over a pause")
  func burstOverReads() {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("abcdef".utf8), at: 100) == [.key(.text("abcdef"))])
    #expect(decoder.feed(Array("ghij".utf8), at: 115) == [.paste("ghij")])
    #expect(decoder.feed(Array("k".utf8), at: 130) == [.paste("k")])
    #expect(decoder.feed(Array("l".utf8), at: 200) == [.key(.text("l"))])
    for time in 0..<20 {
      #expect(decoder.feed(Array("j".utf8), at: 300 + 5 * time) == [.key(.text("j"))])
    }
  }

  @Test("an Enter within a burst belongs to the paste, one at its end is a key")
  func enterInBurst() {
    #expect(decoded("hello\rworld\r") == [.paste("hello\nworld"), .key(.enter)])
    #expect(decoded("hello\r\nworld") == [.paste("hello\nworld")])
    #expect(
      decoded("ab\rcd\r") == [.key(.text("ab")), .key(.enter), .key(.text("cd")), .key(.enter)])
    #expect(decoded("\rabcdefghij") == [.key(.enter), .paste("abcdefghij")])
    #expect(
      decoded("\u{14}spec.rules[0].name\r") == [
        .key(.control("t")), .paste("spec.rules[0].name"), .key(.enter),
      ])
    #expect(
      decoded("long enough\r\u{18}") == [.paste("long enough"), .key(.enter), .key(.control("x"))])
    #expect(decoded("long enough\tx") == [.paste("long enough"), .key(.tab), .key(.text("x"))])
  }

  @Test("an Enter that a read ended with waits for the rest of its burst")
  func enterHeld() {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("long enough\r".utf8), at: 0) == [.paste("long enough")])
    #expect(decoder.needsTimeout == 20)
    #expect(decoder.feed(Array("to paste".utf8), at: 10) == [.paste("\nto paste")])
    #expect(decoder.needsTimeout == nil)
    #expect(decoder.feed(Array("\r".utf8), at: 12).isEmpty)
    #expect(decoder.timeout(at: 40) == [.key(.enter)])
    #expect(decoder.needsTimeout == nil)
    #expect(decoder.feed(Array("some more keys\r".utf8), at: 100) == [.paste("some more keys")])
    #expect(
      decoder.feed(Array("\rx".utf8), at: 900) == [.key(.enter), .key(.enter), .key(.text("x"))])
    #expect(decoder.needsTimeout == nil)
  }

  @Test("a bracketed paste is one text wherever it is torn")
  func bracketed() {
    let bytes = Array("\u{1b}[200~a\u{1b}b\r\n\u{3}é\u{1b}[20x\u{1b}[201~z".utf8)
    for split in 0...bytes.count {
      var decoder = InputDecoder()
      var inputs = decoder.feed(bytes[..<split], at: 0)
      inputs += decoder.feed(bytes[split...], at: 500)
      #expect(inputs == [.paste("ab\né[20x"), .key(.text("z"))], "at \(split)")
      #expect(decoder.needsTimeout == nil)
    }
  }

  @Test("a paste that never ends is given after a second, and keys work again")
  func endlessPaste() {
    var decoder = InputDecoder()
    #expect(decoder.feed(Array("\u{1b}[200~abc\u{1b}[2".utf8), at: 0).isEmpty)
    #expect(decoder.needsTimeout == 1_000)
    #expect(decoder.timeout(at: 1_000) == [.paste("abc")])
    #expect(decoder.needsTimeout == nil)
    #expect(decoder.feed([0x18], at: 2_000) == [.key(.control("x"))])
    #expect(decoder.feed(Array("\u{1b}[201~".utf8), at: 2_100).isEmpty)
  }

  @Test("a paste of megabytes loses nothing")
  func largePaste() {
    let line = "0123456789 日本語\n"
    let text = String(repeating: line, count: 150_000)
    let bytes = Array(("\u{1b}[200~" + text + "\u{1b}[201~").utf8)
    var decoder = InputDecoder()
    var result = ""
    var start = 0
    while start < bytes.count {
      let end = min(start + 65_536, bytes.count)
      for case .paste(let part) in decoder.feed(bytes[start..<end], at: start) { result += part }
      start = end
    }
    #expect(result == text)
  }

  @Test("ten thousand keys one by one are ten thousand keys")
  func manyReads() {
    var decoder = InputDecoder()
    var typed = ""
    for number in 0..<10_000 {
      typed += text(decoder.feed([UInt8(ascii: "a") + UInt8(number % 26)], at: number / 100))
    }
    #expect(typed.utf8.count == 10_000)
  }

  @Test("text is UTF-8 in pieces; bytes that are none are ignored")
  func unicode() {
    let whole = Array("é日👩\u{301}".utf8)
    for split in 0...whole.count {
      var decoder = InputDecoder()
      var inputs = decoder.feed(whole[..<split], at: 0)
      inputs += decoder.feed(whole[split...], at: 5)
      #expect(text(inputs) == "é日👩\u{301}")
    }
    #expect(
      decoded([0xff, 0x61, 0xc3, 0x62, 0xed, 0xa0, 0x80, 0xc0, 0xaf, 0x63]) == [.key(.text("abc"))])
    #expect(decoded([0xc2, 0x9b, 0x41]) == [.key(.text("A"))])
  }

  @Test("letters that the locale lacks are left out, and told")
  func refused() {
    #expect(decoded("aé日b", isUTF8: false) == [.key(.text("ab")), .refused])
    #expect(decoded("\u{1b}[200~aéb\u{1b}[201~", isUTF8: false) == [.paste("ab"), .refused])
    #expect(decoded("ab", isUTF8: false) == [.key(.text("ab"))])
    let burst = decoded("a long burst with é in it\nand a second line", isUTF8: false)
    #expect(burst == [.paste("a long burst with  in it\nand a second line"), .refused])
  }

  @Test("any bytes in any pieces: no trap, and no control character in any text", arguments: 0..<40)
  func fuzz(seed: Int) {
    var random = Random(seed: seed + 1)
    let likely: [UInt8] = Array("\u{1b}\u{1b}\u{1b}[]OPXN^_M<;~0129$ABCu\r\n\t\u{7}\\aé日".utf8)
    var decoder = InputDecoder(isUTF8: seed % 4 != 0)
    for step in 0..<400 {
      let bytes = (0..<Int(random.next() % 24)).map { _ in
        random.next() % 3 == 0
          ? UInt8(truncatingIfNeeded: random.next()) : random.element(of: likely)
      }
      var inputs = decoder.feed(bytes, at: step * Int(random.next() % 30))
      if decoder.needsTimeout != nil, random.next() % 2 == 0 {
        inputs += decoder.timeout(at: step * 30)
      }
      for input in inputs {
        switch input {
        case .key(.text(let text)):
          #expect(!text.isEmpty)
          #expect(text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
        case .paste(let text):
          #expect(
            text.unicodeScalars.allSatisfy {
              $0 == "\n" || $0 == "\t" || $0.properties.generalCategory != .control
            })
        case .key, .mouse, .torn, .refused: break
        case .resized, .ended, .resumed: Issue.record("no byte says \(input)")
        }
      }
    }
  }
}
