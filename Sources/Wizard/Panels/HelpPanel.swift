import RouteForm
import Schemas
import Screen

/// Help: the focused field, and every command with its keys, to be filtered and run.
package struct HelpPanel: Panel {
  private var list = FilteredList()
  /// Whether it is not chosen yet what to start from.
  private let isStarting: Bool

  init(isStarting: Bool) { self.isStarting = isStarting }

  var panel: AnyPanel { .help(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let text = list.text
    let isStarting = isStarting
    return list.handle(input, found: { Self.commands($0, in: context, isStarting) }) {
      context.running($0, text)
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(
      "Help: type to filter, Enter runs",
      Self.commands(list.text, in: context, isStarting).map(context.line(of:)),
      header: (isStarting ? Self.startLines : context.helpLines) + [StyledLine("")], &frame,
      &viewport)
  }
}

extension HelpPanel {
  /// Those that do something here first; on the start screen they are all.
  private static func commands(_ text: String, in context: Context, _ isStarting: Bool)
    -> [Command]
  {
    let found = context.commands(text)
    return isStarting ? found.filter(\.worksAtStart) : context.workingFirst(found)
  }

  private static let startLines = [
    StyledLine("What the route starts from: a recipe, a file, a route of the cluster or a draft."),
    StyledLine(
      "Enter takes the selected line. Each value can be changed afterwards, and nothing is written "
        + "before you save.", .hint),
  ]
}

extension Context {
  /// What is focused and what it becomes, then what the present step is for, with an example.
  fileprivate var helpLines: [StyledLine] {
    var lines = explanation
    if let address = explainedAddress {
      lines.append(
        StyledLine("Becomes \(address.path) of the \(address.object.resource.kind).", .hint))
    }
    let step = navigation.step
    return lines + [
      StyledLine("Step \(step.rawValue), \(step.title): \(step.summary)", .hint),
      StyledLine("Example: \(step.example)", .hint),
    ]
  }

  /// The commands that fit what was typed in the panel; an exact name comes first.
  func commands(_ text: String) -> [Command] {
    let wanted = text.lowercased()
    if let exact = Command(rawValue: wanted) { return [exact] }
    return Command.allCases.filter { command in
      wanted.isEmpty || Fuzzy.fits(wanted, command.rawValue)
        || Array(command.summary.utf8)[...].contains(Array(wanted.utf8))
        || keymap.routes(to: command).contains { $0.lowercased() == wanted }
    }
  }

  /// The commands that fit what was typed, in the order of their groups.
  func menu(_ text: String) -> [Command] {
    let found = commands(text)
    return Command.Group.allCases.flatMap { group in
      workingFirst(found.filter { $0.group == group })
    }
  }

  /// Runs what was chosen in a list of commands.
  func running(_ command: Command?, _ text: String) -> Response {
    .command(
      command.map { .command($0) } ?? .say(StyledLine("no such command: \(text)", .warning)))
  }

  /// A command with its keys, in a line; one that does nothing here says so.
  func line(of command: Command) -> StyledLine {
    let keys = keymap.routes(to: command).joined(separator: ", ")
    let name =
      command.rawValue + String(repeating: " ", count: max(1, 18 - command.rawValue.utf8.count))
    let routes = keys + String(repeating: " ", count: max(1, 22 - keys.utf8.count))
    return works(command)
      ? StyledLine("\(name)\(routes)\(command.summary)")
      : StyledLine("\(name)\(routes)not here: \(command.summary)", .hint)
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
