import RouteForm
import Screen

/// Help: the focused field, and every command with its keys, to be filtered and run.
package struct PalettePanel: PanelContent {
  private var editor = LineEditor()
  private var list = ListBox()

  init() {}

  var panel: Panel { .palette(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(list.selection, in: context)
    case .key(let key):
      if editor.handle(key) {
        list.selection = 0
      } else {
        list.move(key, count: context.commands(editor.text).count)
      }
    case .paste(let text):
      editor.insert(text)
      list.selection = 0
    case .click(let index): return choose(index, in: context)
    case .wheel(let steps): list.turn(steps, count: context.commands(editor.text).count)
    }
    return .stay
  }

  private func choose(_ index: Int, in context: Context) -> Response {
    let found = context.commands(editor.text)
    return .command(
      found.indices.contains(index)
        ? .command(found[index])
        : .say(StyledLine("no such command: \(editor.text)", .warning)))
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let look = ListBox.Look(
      title: "Help: type to filter, Enter runs", editor: editor,
      header: context.explanation + [StyledLine("")], empty: "nothing fits")
    list.draw(context.commands(editor.text).map(context.line(of:)), look, &frame, &viewport)
  }
}

extension Context {
  /// The commands that fit what was typed in the palette; an exact name comes first.
  func commands(_ text: String) -> [Command] {
    let wanted = text.lowercased()
    if let exact = Command(rawValue: wanted) { return [exact] }
    return Command.allCases.filter { command in
      wanted.isEmpty || Fuzzy.fits(wanted, command.rawValue)
        || Array(command.summary.utf8)[...].contains(Array(wanted.utf8))
        || keymap.routes(to: command).contains { $0.lowercased() == wanted }
    }
  }

  /// A command with its keys, in a line.
  func line(of command: Command) -> StyledLine {
    let keys = keymap.routes(to: command).joined(separator: ", ")
    let name =
      command.rawValue + String(repeating: " ", count: max(1, 18 - command.rawValue.utf8.count))
    let routes = keys + String(repeating: " ", count: max(1, 22 - keys.utf8.count))
    return StyledLine("\(name)\(routes)\(command.summary)")
  }
}

/// Loose matching of what is typed against a name.
enum Fuzzy {
  /// Whether the letters of `wanted` stand in `name` in their order.
  static func fits(_ wanted: String, _ name: String) -> Bool {
    var rest = name.lowercased().utf8[...]
    for byte in wanted.lowercased().utf8 where byte != UInt8(ascii: " ") {
      guard let place = rest.firstIndex(of: byte) else { return false }
      rest = rest[rest.index(after: place)...]
    }
    return true
  }
}
