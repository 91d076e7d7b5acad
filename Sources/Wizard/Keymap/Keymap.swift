package import Screen

/// Which keys run which command: one table for the loop, the help, the key bar and the manual.
///
/// `Keymap.standard` is the built-in one; `choosing` gives one with the keys of a configuration
/// file and throws where a key would run two commands.
package struct Keymap: Sendable {
  /// One row of the table.
  package struct Binding: Sendable {
    package let command: Command
    /// Its keys, the one to show first.
    package let keys: [Key]
    /// The letter after Esc, or with Alt.
    package let letter: Character?
  }

  package let bindings: [Binding]
  /// The keys that were chosen instead of the standard ones, by what `name(of:)` calls them.
  package internal(set) var choices: [Command: [String]] = [:]
  private let byKey: [Key: Command]
  private let byLetter: [Character: Command]

  /// Letters that begin an escape sequence when they follow Esc, so that no command may have them.
  package static let reserved: Set<Character> = ["[", "O", "]", "P", "X", "N", "^", "_"]

  /// The keys that everybody has who chose none.
  package static let standard = Keymap([
    Binding(command: .help, keys: [.control("g"), .function(1)], letter: "?"),
    Binding(command: .leave, keys: [.control("x"), .control("q")], letter: "q"),
    Binding(command: .save, keys: [.control("o"), .control("s")], letter: "w"),
    Binding(command: .saveAs, keys: [], letter: "W"),
    Binding(command: .nextField, keys: [.tab, .down, .control("n")], letter: "j"),
    Binding(command: .previousField, keys: [.backtab, .up, .control("p")], letter: "k"),
    Binding(command: .nextStep, keys: [.control("v"), .pageDown], letter: "l"),
    Binding(command: .previousStep, keys: [.control("y"), .pageUp], letter: "h"),
    Binding(command: .undo, keys: [.control("_")], letter: "u"),
    Binding(command: .redo, keys: [.control("r")], letter: "U"),
    Binding(command: .goTo, keys: [.control("t")], letter: ":"),
    Binding(command: .problems, keys: [], letter: "p"),
    Binding(command: .nextProblem, keys: [], letter: "!"),
    Binding(command: .fix, keys: [], letter: "f"),
    Binding(command: .yaml, keys: [], letter: "y"),
    Binding(command: .explain, keys: [], letter: "e"),
    Binding(command: .simulate, keys: [], letter: "t"),
    Binding(command: .generated, keys: [], letter: "g"),
    Binding(command: .diff, keys: [], letter: "d"),
    Binding(command: .step1, keys: [], letter: "1"),
    Binding(command: .step2, keys: [], letter: "2"),
    Binding(command: .step3, keys: [], letter: "3"),
    Binding(command: .step4, keys: [], letter: "4"),
    Binding(command: .step5, keys: [], letter: "5"),
    Binding(command: .step6, keys: [], letter: "6"),
    Binding(command: .step7, keys: [], letter: "7"),
    Binding(command: .step8, keys: [], letter: "8"),
    Binding(command: .previousRule, keys: [], letter: ","),
    Binding(command: .nextRule, keys: [], letter: "."),
    Binding(command: .addRow, keys: [.insert], letter: "a"),
    Binding(command: .removeRow, keys: [], letter: "x"),
    Binding(command: .duplicateRow, keys: [], letter: "D"),
    Binding(command: .describe, keys: [], letter: "b"),
    Binding(command: .moveRowUp, keys: [], letter: "<"),
    Binding(command: .moveRowDown, keys: [], letter: ">"),
    Binding(command: .choose, keys: [], letter: "o"),
    Binding(command: .copy, keys: [], letter: "c"),
    Binding(command: .editor, keys: [], letter: "v"),
    Binding(command: .search, keys: [], letter: "/"),
    Binding(command: .searchNext, keys: [], letter: "n"),
    Binding(command: .searchPrevious, keys: [], letter: "r"),
    Binding(command: .mouse, keys: [], letter: "m"),
    Binding(command: .reread, keys: [], letter: "R"),
    Binding(command: .show, keys: [], letter: "s"),
    Binding(command: .redraw, keys: [.control("l")], letter: nil),
    Binding(command: .interrupt, keys: [.control("c")], letter: nil),
    Binding(command: .suspend, keys: [.control("z")], letter: nil),
  ])

  package init(_ bindings: [Binding]) {
    self.bindings = bindings
    byKey = Dictionary(
      bindings.flatMap { row in row.keys.map { ($0, row.command) } }, uniquingKeysWith: { $1 })
    byLetter = Dictionary(
      bindings.compactMap { row in row.letter.map { ($0, row.command) } },
      uniquingKeysWith: { $1 })
  }

  package subscript(key: Key) -> Command? { byKey[key] }
  package subscript(letter letter: Character) -> Command? { byLetter[letter] }

  private func row(of command: Command) -> Binding? {
    bindings.indices.first { bindings[$0].command == command }.map { bindings[$0] }
  }

  /// How to reach a command, to be shown: `^O`, else `Esc w`; empty for one without a key.
  package func hint(for command: Command) -> String {
    guard let row = row(of: command) else { return "" }
    if let key = row.keys.first { return Keymap.name(of: key) }
    return row.letter.map(Keymap.name(ofLetter:)) ?? ""
  }

  /// The letter of a command after Esc, or with Alt.
  func letter(of command: Command) -> Character? {
    row(of: command)?.letter
  }

  /// Whether each step has its number after Esc.
  var hasStepNumbers: Bool {
    (1...8).allSatisfy { Command.step($0).flatMap(letter) == Character(String($0)) }
  }

  /// How to reach a command where something is open, which Esc would close: `^O`, else `Alt-w`.
  func chord(for command: Command) -> String {
    guard let row = row(of: command) else { return "" }
    if let key = row.keys.first { return Keymap.name(of: key) }
    return row.letter.map { Keymap.name(of: .alt($0)) } ?? ""
  }

  /// How to reach a command, in a sentence: by its key, else by its name in the menu.
  func way(to command: Command) -> String {
    let hint = hint(for: command)
    return hint.isEmpty ? "\(command.rawValue) in the menu" : hint
  }

  /// Every way to reach a command.
  package func routes(to command: Command) -> [String] {
    guard let row = row(of: command) else { return [] }
    return row.keys.map(Keymap.name) + (row.letter.map { [Keymap.name(ofLetter: $0)] } ?? [])
  }

  static func name(ofLetter letter: Character) -> String {
    "Esc \(letter == " " ? "Space" : String(letter))"
  }

  /// The name of a key as help shows it.
  package static func name(of key: Key) -> String {
    switch key {
    case .text(let text): text
    case .control(let letter): "^\(letter.uppercased())"
    case .escape: "Esc"
    case .alt(let letter): "Alt-\(letter)"
    case .tab: "Tab"
    case .backtab: "Shift-Tab"
    case .enter: "Enter"
    case .backspace: "Backspace"
    case .delete: "Del"
    case .insert: "Ins"
    case .up: "Up"
    case .down: "Down"
    case .left: "Left"
    case .right: "Right"
    case .home: "Home"
    case .end: "End"
    case .pageUp: "PgUp"
    case .pageDown: "PgDn"
    case .wordLeft: "Ctrl-Left"
    case .wordRight: "Ctrl-Right"
    case .function(let number): "F\(number)"
    }
  }
}
