import Screen

/// All there is to say about the focused field.
package struct ExplainPanel: PanelContent {
  private var list = ListBox()

  init() {}

  var panel: Panel { .explain(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter), .click: return .close
    case .key(let key):
      list.move(key, count: context.explanation.count)
    case .paste: return .refusePaste
    case .wheel(let steps): list.turn(steps, count: context.explanation.count)
    }
    return .stay
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(context.explanation, .init(title: "This field"), &frame, &viewport)
  }
}
