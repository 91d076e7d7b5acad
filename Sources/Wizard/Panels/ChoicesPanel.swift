import RouteForm
import Screen

/// The values that a field may have.
package struct ChoicesPanel: PanelContent {
  private let address: Address
  private let choices: [String]
  private var list: ListBox

  init(_ address: Address, _ choices: [String], selection: Int) {
    self.address = address
    self.choices = choices
    list = ListBox(selection: selection)
  }

  var panel: Panel { .choices(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(list.selection)
    case .key(let key): list.move(key, count: choices.count)
    case .paste: return .refusePaste
    case .click(let index): return choose(index)
    case .wheel(let steps): list.turn(steps, count: choices.count)
    }
    return .stay
  }

  private func choose(_ index: Int) -> Response {
    choices.indices.contains(index)
      ? .command(.operation(.fill(address, choices[index]))) : .close
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(choices.map { StyledLine($0) }, .init(title: "\(address)"), &frame, &viewport)
  }
}
