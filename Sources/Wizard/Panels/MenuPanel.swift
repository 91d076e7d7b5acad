import Screen

/// Every command, in groups, to be filtered and run.
package struct MenuPanel: Panel {
  private var list = FilteredList()

  init() {}

  var panel: AnyPanel { .menu(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let text = list.text
    return list.handle(input, found: context.besideMenu.menu) { context.running($0, text) }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let context = context.besideMenu
    var last: Command.Group?
    let lines = context.menu(list.text).map { command in
      let title = command.group == last ? "" : command.group.rawValue
      last = command.group
      let line = context.line(of: command)
      return StyledLine(title.fitted(6) + line.text, line.role)
    }
    list.draw("Menu: type to filter, Enter runs", lines, &frame, &viewport)
  }
}
