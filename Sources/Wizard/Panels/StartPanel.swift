import RouteForm
import Screen

/// A draft that can be resumed.
package struct DraftNote: Hashable, Sendable {
  package let name: String
  /// What identifies it.
  package let description: String

  package init(name: String, description: String) {
    self.name = name
    self.description = description
  }
}

/// The first screen: what to start from.
package struct StartPanel: Panel {
  let drafts: [DraftNote]
  private var list = ListBox()
  /// The first digit of a number of two.
  private var digit: Int?

  init(drafts: [DraftNote]) { self.drafts = drafts }

  var panel: AnyPanel { .start(self) }

  /// What a line starts.
  private enum Choice {
    case recipe(Recipe)
    case open
    case draft(DraftNote)
  }

  private var choices: [Choice] {
    Recipe.allCases.filter { !$0.isWhole }.map { .recipe($0) } + [.open]
      + drafts.map { .draft($0) } + Recipe.allCases.filter(\.isWhole).map { .recipe($0) }
  }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    switch input {
    case .key(.enter): return choose(list.selection)
    case .key(.text(let text)): return type(text)
    case .key(let key):
      digit = nil
      list.move(key, count: choices.count)
      return .stay
    case .paste: return .refusePaste
    case .click(let index): return choose(index)
    case .wheel(let steps):
      list.turn(steps, count: choices.count)
      return .stay
    }
  }

  /// A line's number chooses it; where there are ten or more, of two digits, the first of which
  /// will do when no other number begins with it.
  private mutating func type(_ text: String) -> Response {
    guard let number = Int(text), (0...9).contains(number) else { return .stay }
    guard let first = digit else {
      guard number == 0 || 10 * number <= choices.count else { return choose(number - 1) }
      digit = number
      return .stay
    }
    digit = nil
    return choose(10 * first + number - 1)
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

  /// What the program does, in so many columns.
  private static func purpose(_ columns: Int) -> String {
    columns < 76
      ? "It writes manifests to files, and touches no cluster."
      : "It writes manifests for Envoy AI Gateway to files, and touches no cluster."
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let entries = choices.map { choice in
      switch choice {
      case .recipe(let recipe): (name: recipe.rawValue, description: recipe.summary)
      case .open: (name: "open files", description: "existing manifests to edit")
      case .draft(let draft):
        (name: "resume draft", description: "\(draft.name), \(draft.description)")
      }
    }
    let lines = entries.enumerated().map { index, entry in
      let (name, description) = entry
      let gap = String(repeating: " ", count: max(1, 23 - name.utf8.count))
      let indent = choices.count > 9 && index < 9 ? "0" : ""
      return StyledLine("\(indent)\(index + 1)  \(name)\(gap)\(description)")
    }
    list.draw(
      lines, .init(title: "aigw-wizard: what do you start from?"), &frame, &viewport)
    let hint =
      "Up/Down and Enter, or a number. \(context.keymap.way(to: .leave)) leaves, "
      + "\(context.keymap.way(to: .help)) helps."
    // A selected line that the list cuts stands below it whole.
    let isCut =
      lines.indices.contains(list.selection)
      && Width.columns(of: lines[list.selection].text[...]) > ListBox.columns(of: frame.size)
    let note = isCut ? entries[list.selection].description : Self.purpose(frame.size.columns)
    frame.put(
      note.shortened(frame.size.columns - 2), row: frame.size.rows - 2, column: 1, Style(.hint))
    frame.put(hint, row: frame.size.rows - 1, column: 1, Style(.hint))
  }
}
