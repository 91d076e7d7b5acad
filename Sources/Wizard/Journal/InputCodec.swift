package import Screen

/// One input of a session as a line of text and back: `key tab`, `text abc`, `paste a\nb`,
/// `size 40 120`.
package enum InputCodec {
  /// Appends the line of an input, without a line end.
  package static func append(_ input: Input, to line: inout [UInt8]) {
    switch input {
    case .key(.text(let text)): append("text ", rest: text, to: &line)
    case .key(.control(let letter)): append("control ", rest: String(letter), to: &line)
    case .key(.alt(let letter)): append("alt ", rest: String(letter), to: &line)
    case .key(.function(let number)): append("function \(number)", to: &line)
    case .key(let key):
      append("key ", to: &line)
      append(name(of: key), to: &line)
    case .paste(let text): append("paste ", rest: text, to: &line)
    case .mouse(let event): append("\(name(of: event)) \(event.row) \(event.column)", to: &line)
    case .resized(let size): append("size \(size.rows) \(size.columns)", to: &line)
    case .resumed: append("resumed", to: &line)
    case .torn: append("torn", to: &line)
    case .refused: append("refused", to: &line)
    case .ended: append("ended", to: &line)
    }
  }

  package static func text(of input: Input) -> String {
    var line: [UInt8] = []
    append(input, to: &line)
    return String(decoding: line, as: UTF8.self)
  }

  /// The input of a line; nil for a line that is none.
  package static func input(from line: ArraySlice<UInt8>) -> Input? {
    var words = EscapedWords(line)
    let kind = words.next()
    switch kind {
    case "text": return .key(.text(words.rest))
    case "paste": return .paste(words.rest)
    case "control": return words.rest.first.map { .key(.control($0)) }
    case "alt": return words.rest.first.map { .key(.alt($0)) }
    case "function": return words.number().map { .key(.function($0)) }
    case "key":
      let name = words.rest
      return plainKeys.first { InputCodec.name(of: $0).description == name }.map { .key($0) }
    case "size":
      guard let rows = words.number(), let columns = words.number() else { return nil }
      return .resized(Size(rows: rows, columns: columns))
    case "resumed": return .resumed
    case "torn": return .torn
    case "refused": return .refused
    case "ended": return .ended(.endOfFile)
    default:
      guard let action = actions.first(where: { $0.name == kind })?.action,
        let row = words.number(), let column = words.number()
      else { return nil }
      return .mouse(MouseEvent(action, row: row, column: column))
    }
  }

  private static let plainKeys: [Key] = [
    .escape, .tab, .backtab, .enter, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
    .end, .pageUp, .pageDown, .wordLeft, .wordRight,
  ]

  private static func name(of key: Key) -> StaticString {
    switch key {
    case .text: "text"
    case .control: "control"
    case .alt: "alt"
    case .function: "function"
    case .escape: "escape"
    case .tab: "tab"
    case .backtab: "backtab"
    case .enter: "enter"
    case .backspace: "backspace"
    case .delete: "delete"
    case .insert: "insert"
    case .up: "up"
    case .down: "down"
    case .left: "left"
    case .right: "right"
    case .home: "home"
    case .end: "end"
    case .pageUp: "pageUp"
    case .pageDown: "pageDown"
    case .wordLeft: "wordLeft"
    case .wordRight: "wordRight"
    }
  }

  private static let actions: [(name: String, action: MouseEvent.Action)] = [
    ("click", .press(.left)), ("middle", .press(.middle)), ("right", .press(.right)),
    ("wheel-up", .wheelUp), ("wheel-down", .wheelDown),
  ]

  private static func name(of event: MouseEvent) -> String {
    actions.first { $0.action == event.action }?.name ?? ""
  }

  private static func append(_ text: StaticString, to line: inout [UInt8]) {
    text.withUTF8Buffer { line.append(contentsOf: $0) }
  }

  private static func append(_ text: String, to line: inout [UInt8]) {
    line.append(contentsOf: text.utf8)
  }

  private static func append(_ kind: StaticString, rest: String, to line: inout [UInt8]) {
    append(kind, to: &line)
    EscapedWords.append(rest: rest, to: &line)
  }
}
