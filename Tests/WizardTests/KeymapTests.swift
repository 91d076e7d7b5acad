import Foundation
import RouteForm
import Screen
import Testing

@testable import Wizard

@Suite("the table of keys")
struct KeymapTests {
  private static let keymap = Keymap.standard

  @Test("no key and no letter has two commands, and no command two rows")
  func unique() {
    let bindings = Self.keymap.bindings
    let keys = bindings.flatMap(\.keys)
    let letters = bindings.compactMap(\.letter)
    #expect(Set(keys).count == keys.count)
    #expect(Set(letters).count == letters.count)
    #expect(Set(bindings.map(\.command)).count == bindings.count)
  }

  @Test("no letter begins an escape sequence, and none needs AltGr")
  func letters() {
    let forbidden = Keymap.reserved.union(["{", "}", "@", "\\", "~"])
    for binding in Self.keymap.bindings {
      if let letter = binding.letter { #expect(!forbidden.contains(letter), "\(letter)") }
    }
    #expect(Keymap.reserved == ["[", "O", "]", "P", "X", "N", "^", "_"])
  }

  @Test(
    "the keys of the contract run what it says",
    arguments: [
      (Key.control("t"), Command.goTo), (.control("g"), .help), (.control("o"), .save),
      (.control("s"), .save), (.control("x"), .leave), (.control("q"), .leave),
      (.control("_"), .undo), (.control("r"), .redo), (.control("v"), .nextStep),
      (.control("y"), .previousStep), (.control("c"), .interrupt), (.control("z"), .suspend),
      (.control("l"), .redraw), (.tab, .nextField), (.backtab, .previousField),
      (.control("n"), .nextField), (.control("p"), .previousField), (.insert, .addRow),
      (.function(1), .help),
    ])
  func contract(_ key: Key, _ command: Command) { #expect(Self.keymap[key] == command) }

  @Test("the letters of the contract run what it says")
  func letterContract() {
    let expected: [Character: Command] = [
      "j": .nextField, "k": .previousField, "l": .nextStep, "h": .previousStep,
      ",": .previousRule, ".": .nextRule, ":": .goTo, "y": .yaml, "e": .explain, "p": .problems,
      "d": .diff, "t": .simulate, "g": .generated,
      "!": .nextProblem, "f": .fix, "a": .addRow, "x": .removeRow,
      "D": .duplicateRow, "<": .moveRowUp, ">": .moveRowDown, "u": .undo,
      "U": .redo, "w": .save, "W": .saveAs, "q": .leave, "?": .help, "c": .copy, "v": .editor,
      "/": .search, "n": .searchNext, "r": .searchPrevious, "m": .mouse, "s": .show, "o": .choose,
    ]
    for (letter, command) in expected { #expect(Self.keymap[letter: letter] == command) }
    for step in 1...8 {
      #expect(Self.keymap[letter: Character("\(step)")]?.stepNumber == step)
    }
  }

  @Test("every command is in the menu with words, and is found by its name alone")
  func commands() {
    let wizard = Robot().wizard
    for command in Command.allCases {
      #expect(!command.summary.isEmpty)
      #expect(wizard.context.commands(command.rawValue) == [command])
      #expect(
        command.rawValue.utf8.allSatisfy {
          $0 == 0x2d || (0x61...0x7a).contains($0) || (0x30...0x39).contains($0)
        })
    }
  }

  @Test("every key goes by its name: chosen by it, all stay where they are")
  func names() throws {
    let chosen = Dictionary(
      uniqueKeysWithValues: Self.keymap.bindings.filter {
        $0.command != .interrupt && $0.command != .suspend
      }.map { ($0.command, Self.keymap.routes(to: $0.command)) })
    let keymap = try Self.keymap.choosing(chosen)
    for command in Command.allCases {
      #expect(keymap.routes(to: command) == Self.keymap.routes(to: command))
    }
  }

  @Test("a session with chosen keys replays with them")
  func replayed() throws {
    var start = Wizard.Start(
      form: Recipe.singleModel.form, asks: false, output: Output(path: nil),
      size: Size(rows: 24, columns: 80))
    start.keymap = try Self.keymap.choosing([
      .nextStep: ["F6", "Esc Space"], .toggle: [], .addRule: ["^V"],
    ])
    var wizard = Wizard(start)
    var record = SessionJournal(start, program: "9")
    for key in [Key.function(6), .text("chat"), .control("v"), .escape, .text(" ")] {
      let event = Event.input(.key(key))
      record.note(event)
      _ = wizard.handle(event)
    }
    #expect(wizard.workspace.form.rules.count == 2 && wizard.workspace.form.routeName == "chat")
    let recovery = try Recovery(record.head(in: "/home") + record.events)
    #expect(recovery.wizard.workspace.form == wizard.workspace.form)
    #expect(recovery.wizard.navigation.step == wizard.navigation.step)
    #expect(recovery.wizard.keymap.choices == start.keymap.choices)
  }
}
