import RouteForm
import Screen

/// A draft that can be taken up again.
package struct DraftNote: Hashable, Sendable {
  package let name: String
  /// What tells it from others.
  package let words: String

  package init(name: String, words: String) {
    self.name = name
    self.words = words
  }
}

/// The first screen: what to start from.
package struct StartPanel: PanelContent {
  let drafts: [DraftNote]
  private var list = ListBox()

  init(drafts: [DraftNote]) { self.drafts = drafts }

  var panel: Panel { .start(self) }

  /// What a line starts.
  private enum Choice {
    case recipe(Recipe)
    case open
    case draft(DraftNote)
  }

  private var choices: [Choice] {
    Recipe.allCases.map { .recipe($0) } + [.open] + drafts.map { .draft($0) }
  }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(list.selection)
    case .key(let key):
      list.move(key, count: choices.count)
      if case .text(let text) = key, let number = Int(text),
        choices.indices.contains(number - 1)
      {
        return choose(number - 1)
      }
      return .stay
    case .paste: return .refusePaste
    case .click(let index): return choose(index)
    case .wheel(let steps):
      list.turn(steps, count: choices.count)
      return .stay
    }
  }

  private mutating func choose(_ index: Int) -> Response {
    guard choices.indices.contains(index) else { return .stay }
    list.selection = index
    return switch choices[index] {
    case .recipe(let recipe): .command(.begin(recipe))
    case .open: .effects(.answer(.open))
    case .draft(let draft): .command(.recover(draft.name))
    }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let lines = choices.enumerated().map { index, choice in
      let (name, words) =
        switch choice {
        case .recipe(let recipe): (recipe.rawValue, recipe.summary)
        case .open: ("open files", "manifests that are there, to edit")
        case .draft(let draft): ("recover draft", "\(draft.name), \(draft.words)")
        }
      let gap = String(repeating: " ", count: max(1, 18 - name.utf8.count))
      let indent = choices.count > 9 && index < 9 ? " " : ""
      return StyledLine("\(indent)\(index + 1)  \(name)\(gap)\(words)")
    }
    list.draw(
      lines, .init(title: "aigw-wizard: what do you start from?"), &frame, &viewport)
    let hint =
      "Up/Down and Enter, or a number. \(context.keymap.way(to: .leave)) leaves. "
      + "\(context.keymap.way(to: .help)) helps."
    frame.put(hint, row: frame.size.rows - 1, column: 1, Style(.hint))
  }
}
