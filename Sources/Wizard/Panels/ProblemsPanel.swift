import Lint
import RouteForm
import Screen

/// The problems, the whole of the selected one above them.
package struct ProblemsPanel: SearchablePanel {
  var list = ListBox()

  init() {}

  var panel: AnyPanel { .problems(self) }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    let problems = context.problems
    let count = problems.count + context.workspace.analysis.elsewhere.count
    switch input {
    case .key(.enter): return choose(list.selection, problems)
    case .key(let key):
      if let response = search(by: key) { return response }
      list.move(key, count: count)
      if case .alt(let letter) = key, context.keymap[letter: letter] == .fix,
        problems.indices.contains(list.selection)
      {
        return .effects(.fix(problems[list.selection]))
      }
    case .paste: return .refusePaste
    case .click(let index): return choose(index, problems)
    case .wheel(let steps): list.turn(steps, count: count)
    }
    return .stay
  }

  private func choose(_ index: Int, _ problems: [FormProblem]) -> Response {
    problems.indices.contains(index) ? .command(.go(problems[index].address)) : .close
  }

  private func lines(in context: Context) -> [StyledLine] {
    let workspace = context.workspace
    return context.problems.map { StyledLine($0.text) }
      + workspace.analysis.elsewhere.bySeverity.map { StyledLine(workspace.text(of: $0), .hint) }
  }

  func texts(in context: Context) -> [String] { lines(in: context).map(\.text) }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    let problems = context.problems
    let fix = context.keymap.letter(of: .fix).map { ["; Alt-\($0) fixes"] } ?? []
    list.draw(
      lines(in: context),
      .init(
        title: "Problems: \(context.workspace.counts)",
        hints: fix + ["; Enter goes there", "; Esc closes", "; / searches"],
        header: problems.indices.contains(list.selection)
          ? header(of: problems[list.selection]) : []), &frame, &viewport)
  }

  /// The whole text of a problem, which the list may cut.
  private func header(of problem: FormProblem) -> [StyledLine] {
    let fix = problem.fixTitle.map { "fix: \($0)" } ?? "no fix at hand"
    return [
      StyledLine("\(problem.address)", .heading), StyledLine("\(problem.label) \(problem.message)"),
      StyledLine(fix, .hint), StyledLine(origin(of: problem), .hint), StyledLine(""),
    ]
  }

  /// Who says it, and by which rule.
  private func origin(of problem: FormProblem) -> String {
    guard let finding = problem.finding else { return "not a value yet" }
    return "from \(finding.source.phrase) (\(Rule.label(of: finding.rule)))"
  }
}
