import RouteForm
import Screen

/// The values that a field may have, which what is typed filters.
package struct ChoicesPanel: Panel {
  private let address: Address
  private let choices: [FormState.Choice]
  private var list: FilteredList

  init(_ address: Address, _ choices: [FormState.Choice], selection: Int) {
    self.address = address
    self.choices = choices
    list = FilteredList(selection: selection)
  }

  var panel: AnyPanel { .choices(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let choices = choices
    return list.handle(input, found: { Self.found($0, among: choices) }) { choice in
      choice.map { .command(.operation(.fill(address, $0.value))) } ?? .stay
    }
  }

  /// The choices whose value or words hold a text: those that begin with it first.
  private static func found(_ text: String, among choices: [FormState.Choice])
    -> [FormState.Choice]
  {
    let text = text.lowercased()
    guard !text.isEmpty else { return choices }
    let beginning = choices.filter { $0.value.lowercased().hasPrefix(text) }
    return beginning
      + choices.filter { !beginning.contains($0) && Fuzzy.fits(text, $0.line) }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(
      "\(address)", Self.found(list.text, among: choices).map { StyledLine($0.line) }, &frame,
      &viewport)
  }
}
