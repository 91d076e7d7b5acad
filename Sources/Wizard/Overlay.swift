package import RouteForm
package import Screen

/// What lies over the form and takes the keys.
package enum Overlay: Sendable {
  /// The first screen: what to start from.
  case start(selection: Int)
  /// Which of the opened routes to show.
  case routes(selection: Int)
  /// Go to a field, rule or line.
  case goTo(LineEditor, selection: Int)
  /// Help and palette.
  case palette(LineEditor, selection: Int)
  case menu(selection: Int)
  case prompt(Prompt)
  case dialog(Dialog)
  case pager(Pager)
  /// The Simulate panel; its request is the model's, which keeps it.
  case simulator
  /// The values a field may have.
  case choices(Address, [String], selection: Int)

  var isStart: Bool { if case .start = self { true } else { false } }

  /// The line being edited in it, if there is one.
  var editor: LineEditor? {
    switch self {
    case .goTo(let editor, _), .palette(let editor, _): editor
    case .prompt(let prompt): prompt.editor
    case .start, .routes, .menu, .dialog, .pager, .simulator, .choices: nil
    }
  }
}

/// A question with one line for an answer.
package struct Prompt: Sendable {
  package enum Purpose: Hashable, Sendable {
    case saveAs
    case open
    case search
  }

  let title: String
  let purpose: Purpose
  var editor: LineEditor
}

/// A question with a few answers.
package struct Dialog: Sendable {
  /// What an answer leads to.
  package enum Answer: Hashable, Sendable {
    case cancel
    case saveAndLeave
    case keepAndLeave
    case discardAndLeave
    case write
    case saveAs
    case open
    case reread
    case takeTheirs
    case problems
    case pool(rule: Int, keeping: Bool)
    case copyYAML
    case copyPath
    case copyCommand
  }

  package struct Choice: Hashable, Sendable {
    let title: String
    let answer: Answer
  }

  let title: String
  let lines: [StyledLine]
  let choices: [Choice]
  var selection = 0
  var top = 0
}

/// A line of text in one style.
package struct StyledLine: Hashable, Sendable {
  let text: String
  let role: Role
  /// The characters that stand out, from 0.
  let marked: Range<Int>

  init(_ text: String, _ role: Role = .plain, marked: Range<Int> = 0..<0) {
    self.text = text
    self.role = role
    self.marked = marked
  }
}

/// A list or text to scroll through.
package struct Pager: Sendable {
  package enum Kind: Hashable, Sendable {
    case problems
    case explain
    case diff

    /// What opens it, and closes it again.
    var command: Command {
      switch self {
      case .problems: .problems
      case .explain: .explain
      case .diff: .diff
      }
    }
  }

  let kind: Kind
  var selection = 0
  var top = 0
  /// What is to be read, where it is not worked out anew for each frame.
  var lines: [StyledLine] = []

  init(kind: Kind, lines: [StyledLine] = []) {
    self.kind = kind
    self.lines = lines
  }
}
