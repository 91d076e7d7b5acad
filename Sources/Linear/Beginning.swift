package import RouteForm
package import Wizard

/// The first question of a session without files or start options: what to start from.
package struct Beginning: Sendable {
  /// What was chosen.
  package enum Choice: Hashable, Sendable {
    case recipe(Recipe)
    /// The draft of this name.
    case draft(String)
  }

  private let drafts: [DraftNote]

  package init(drafts: [DraftNote]) { self.drafts = drafts }

  private var choices: [(title: String, choice: Choice)] {
    Recipe.allCases.map { ("\($0.rawValue), \($0.summary)", .recipe($0)) }
      + drafts.map { ("draft \($0.name), \($0.description)", .draft($0.name)) }
  }

  /// What is said before it is asked.
  package var lines: [String] {
    [
      "aigw-wizard, one question per line. Enter keeps the value; :help lists commands.",
      "Start from:",
    ] + choices.enumerated().map { "\($0 + 1) \($1.title)".spoken }
  }

  package let prompt = "Which one (number or name, now 1 blank): "

  /// What an answer means; nil for a wrong one.
  package func choice(_ answer: String) -> Choice? {
    if answer.isEmpty { return .recipe(.blank) }
    if let number = Int(answer) {
      return choices.indices.contains(number - 1) ? choices[number - 1].choice : nil
    }
    if let recipe = Recipe(named: answer) { return .recipe(recipe) }
    return drafts.first { $0.name == answer }.map { .draft($0.name) }
  }
}
