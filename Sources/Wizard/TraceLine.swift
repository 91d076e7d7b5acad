package import Screen

/// One event of a session as a line of text and back: `key tab`, `text abc`, `paste a\nb`,
/// `size 40 120`.
package enum TraceLine {
  package static func text(of input: Input) -> String {
    switch input {
    case .key(.text(let text)): "text \(escaped(text))"
    case .key(.control(let letter)): "control \(letter)"
    case .key(.function(let number)): "function \(number)"
    case .key(let key): "key \(key)"
    case .paste(let text): "paste \(escaped(text))"
    case .mouse(let event): mouse(event)
    case .resized(let size): "size \(size.rows) \(size.columns)"
    case .resumed: "resumed"
    case .ended: "ended"
    }
  }

  /// The event of a line; nil for a line that is none.
  package static func input(from line: String) -> Input? {
    let parts = line.split(separator: " ", maxSplits: 1, omittingEmptySubsequences: false)
    let rest = parts.count > 1 ? String(parts[1]) : ""
    switch parts.first {
    case "text": return .key(.text(unescaped(rest)))
    case "paste": return .paste(unescaped(rest))
    case "control": return rest.first.map { .key(.control($0)) }
    case "function": return Int(rest).map { .key(.function($0)) }
    case "key": return plainKeys.first { "\($0)" == rest }.map { .key($0) }
    case "size":
      let numbers = rest.split(separator: " ").compactMap { Int($0) }
      return numbers.count == 2 ? .resized(Size(rows: numbers[0], columns: numbers[1])) : nil
    case "click", "wheel-up", "wheel-down": return mouse(String(parts[0]), rest)
    case "resumed": return .resumed
    case "ended": return .ended(.endOfFile)
    default: return nil
    }
  }

  private static let plainKeys: [Key] = [
    .escape, .tab, .backtab, .enter, .backspace, .delete, .insert, .up, .down, .left, .right, .home,
    .end, .pageUp, .pageDown, .wordLeft, .wordRight,
  ]

  private static func mouse(_ event: MouseEvent) -> String {
    let name =
      switch event.action {
      case .press: "click"
      case .wheelUp: "wheel-up"
      case .wheelDown: "wheel-down"
      }
    return "\(name) \(event.row) \(event.column)"
  }

  private static func mouse(_ name: String, _ rest: String) -> Input? {
    let numbers = rest.split(separator: " ").compactMap { Int($0) }
    guard numbers.count == 2 else { return nil }
    let action: MouseEvent.Action =
      name == "click" ? .press(.left) : name == "wheel-up" ? .wheelUp : .wheelDown
    return .mouse(MouseEvent(action, row: numbers[0], column: numbers[1]))
  }

  private static func escaped(_ text: String) -> String {
    var line = ""
    for character in text {
      switch character {
      case "\\": line += "\\\\"
      case "\n": line += "\\n"
      default: line.append(character)
      }
    }
    return line
  }

  private static func unescaped(_ line: String) -> String {
    var text = ""
    var rest = line[...]
    while let character = rest.popFirst() {
      guard character == "\\", let next = rest.popFirst() else {
        text.append(character)
        continue
      }
      text.append(next == "n" ? "\n" : next)
    }
    return text
  }
}
