import Screen

/// Every command as a list.
package struct MenuPanel: PanelContent {
  private var list = ListBox()

  init() {}

  var panel: Panel { .menu(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(list.selection)
    case .key(let key): list.move(key, count: Command.allCases.count)
    case .paste: return .refusePaste
    case .click(let index): return choose(index)
    case .wheel(let steps): list.turn(steps, count: Command.allCases.count)
    }
    return .stay
  }

  private func choose(_ index: Int) -> Response {
    let all = Command.allCases
    return all.indices.contains(index) ? .command(.command(all[index])) : .close
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(Command.allCases.map(context.line(of:)), .init(title: "Menu"), &frame, &viewport)
  }
}
