import Screen

/// Why keys cannot be chosen: in words, and the command they were meant for.
package struct KeymapError: Error, Hashable {
  package let command: Command
  package let message: String
}

extension Keymap {
  /// The keys of text fields, lists and the terminal, which no command may have.
  private static let fixed: Set<Key> = [
    .enter, .escape, .up, .down, .left, .right, .home, .end, .wordLeft, .wordRight, .backspace,
    .delete, .control("a"), .control("b"), .control("c"), .control("d"), .control("e"),
    .control("f"), .control("h"), .control("k"), .control("u"), .control("w"), .control("z"),
  ]

  /// The keys that have a name and are not typed.
  private static let named: [Key] =
    [
      .tab, .backtab, .enter, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
      .pageUp, .pageDown, .wordLeft, .wordRight,
    ] + (1...12).map(Key.function)

  /// This keymap with chosen keys in the place of the standard ones, which each of those commands
  /// loses; throws where a key is none, belongs to text fields, or would run two commands.
  package func choosing(_ choices: [Command: [String]]) throws(KeymapError) -> Keymap {
    var rows = bindings
    for command in Command.allCases {
      guard let names = choices[command] else { continue }
      let place = rows.firstIndex { $0.command == command }
      let row = try Self.row(names, for: command, instead: place.map { rows[$0] })
      if let place { rows[place] = row } else { rows.append(row) }
    }
    var users: [String: Command] = [:]
    for row in rows {
      let names = row.keys.map(Self.name) + (row.letter.map { [Self.name(ofLetter: $0)] } ?? [])
      for name in names {
        guard let other = users.updateValue(row.command, forKey: name) else { continue }
        let (chosen, kept) =
          choices[row.command] == nil ? (other, row.command) : (row.command, other)
        throw KeymapError(
          command: chosen,
          message: "\(name) runs \(kept.rawValue); choose another key, or other keys for "
            + kept.rawValue)
      }
    }
    var keymap = Keymap(rows)
    keymap.choices = choices
    return keymap
  }

  private static func row(
    _ names: [String], for command: Command, instead standard: Binding?
  ) throws(KeymapError) -> Binding {
    func invalid(_ message: String) -> KeymapError {
      KeymapError(command: command, message: message)
    }
    if command == .interrupt || command == .suspend {
      throw invalid("\(name(of: command == .interrupt ? .control("c") : .control("z"))) stays")
    }
    if let name = names.indices.first(where: { names[..<$0].contains(names[$0]) }).map({ names[$0] }
    ) {
      throw invalid("\(name) is listed twice")
    }
    let own = standard?.keys.filter(fixed.contains) ?? []
    var keys: [Key] = []
    var letter: Character?
    for name in names {
      if let key = key(named: name) {
        if fixed.contains(key), !own.contains(key) {
          throw invalid("\(name) belongs to text fields and lists")
        }
        keys.append(key)
      } else if name.hasPrefix("Esc "), let found = Self.letter(named: name.dropFirst(4)) {
        if let letter, letter != found { throw invalid("one key after Esc; \(name) is another") }
        if reserved.contains(found) { throw invalid("\(name) begins an escape sequence") }
        letter = found
      } else {
        throw invalid("no key \"\(name)\"; use such as ^O, F5, Ins, PgDn, Tab or Esc w")
      }
    }
    // These work where a letter after Esc does not: on the first screen and in a tiny terminal.
    if keys.isEmpty, command == .help || command == .leave {
      throw invalid("needs a key other than a letter after Esc")
    }
    keys += own.filter { !keys.contains($0) }
    return Binding(command: command, keys: keys, letter: letter)
  }

  private static func letter(named name: Substring) -> Character? {
    if name == "Space" { return " " }
    guard let letter = name.first, name.count == 1, let byte = letter.asciiValue else { return nil }
    return (0x21..<0x7f).contains(byte) ? letter : nil
  }

  private static func key(named name: String) -> Key? {
    if let key = named.first(where: { Self.name(of: $0) == name }) { return key }
    guard name.hasPrefix("^"), name.utf8.count == 2, let letter = name.lowercased().last,
      letter == "_" || ("a"..."z").contains(letter)
    else { return nil }
    switch letter {
    case "i": return .tab
    case "j", "m": return .enter
    default: return .control(letter)
    }
  }
}
