import Screen

/// The full explanation of the focused field.
package struct ExplainPanel: Panel {
  private var list = ListBox()

  init() {}

  var panel: AnyPanel { .explain(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter), .click: return .close
    case .key(let key): list.move(key, count: Self.lines(in: context).count)
    case .paste: return .refusePaste
    case .wheel(let steps): list.turn(steps, count: Self.lines(in: context).count)
    }
    return .stay
  }

  /// What there is to say, in lines that fit the box.
  private static func lines(in context: Context) -> [StyledLine] {
    let columns = ListBox.columns(of: context.size)
    return context.explanation.flatMap { line in
      line.text.wrapped(columns).map { StyledLine(String($0), line.role) }
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw(Self.lines(in: context), .init(title: "This field"), &frame, &viewport)
  }
}
