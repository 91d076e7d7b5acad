package import RouteForm
import Screen

/// A question with one line for an answer.
package struct Prompt: Panel {
  package enum Purpose: Hashable, Sendable {
    case saveAs
    case search
    /// The key of a new entry.
    case key(Address)
    /// Another key for an entry.
    case newKey(Address)
    /// The name of a protected cluster, to apply to it.
    case apply
  }

  private let title: String
  private let purpose: Purpose
  private var editor: LineEditor
  private var list = ListBox()

  init(_ title: String, _ purpose: Purpose, _ text: String = "") {
    self.title = title
    self.purpose = purpose
    editor = LineEditor(text)
  }

  var panel: AnyPanel { .prompt(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter):
      return editor.isEmpty ? .close : .command(.answerPrompt(purpose, editor.text))
    case .key(let key): _ = editor.handle(key)
    case .paste(let text): editor.insert(text)
    case .click, .wheel: break
    }
    return .stay
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    list.draw([], .init(title: title, editor: editor), &frame, &viewport)
  }
}
