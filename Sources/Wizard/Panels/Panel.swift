import Screen

/// What lies over the form and takes the keys: state, keys and drawing in one file each.
///
/// The panel on top gets every input but Esc, which closes it, and says in its `Response` what is
/// to be done. A new panel is one file with a type of this protocol and one case of `AnyPanel`.
protocol Panel: Sendable {
  /// The panel as one of all.
  var panel: AnyPanel { get }

  /// Takes what comes to the panel while it is on top; Esc never does.
  mutating func handle(_ input: PanelInput, in context: Context) -> Response

  /// Draws it over what is there, and notes what can be clicked.
  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context)
}

/// A panel with a list of lines that can be searched.
protocol SearchablePanel: Panel {
  var list: ListBox { get set }

  /// The texts of the lines, in their order.
  func texts(in context: Context) -> [String]
}

extension SearchablePanel {
  /// Moves the selection to the next line that holds a text; false where there is none.
  mutating func find(_ search: LineSearch, in context: Context) -> Bool {
    guard let found = search.next(from: list.selection, in: texts(in: context)) else {
      return false
    }
    list.selection = found
    return true
  }

  /// What the letters that search ask for.
  func search(by key: Key) -> Response? {
    guard case .text(let letter) = key else { return nil }
    return Command.searching(by: letter).map { .effects(.command($0)) }
  }
}

/// An input to a panel.
enum PanelInput: Sendable {
  case key(Key)
  case paste(String)
  /// A click on what it noted under this number.
  case click(Int)
  /// Steps of the wheel, down where they are more than 0.
  case wheel(Int)
}

/// A panel's response to an input.
enum Response: Sendable {
  case stay
  case close
  /// Closes, and has something done.
  case command(Action)
  /// Has something done, and stays open.
  case effects(Action)
  /// Pasted text has no place here.
  case refusePaste
}

/// One case for each panel.
package enum AnyPanel: Sendable {
  case start(StartPanel)
  case routes(RoutesPanel)
  case goTo(GoToPanel)
  case help(HelpPanel)
  case menu(MenuPanel)
  case open(OpenPanel)
  case prompt(Prompt)
  case dialog(Dialog)
  case problems(ProblemsPanel)
  case explain(ExplainPanel)
  case diff(DiffPanel)
  case simulator(SimulatorPanel)
  case choices(ChoicesPanel)
  case reading(ReadingPanel)
  case cluster(ClusterPanel)
  case names(NamesPanel)
  case status(StatusPanel)
  case clusterRoutes(ClusterRoutesPanel)

  var isStart: Bool { if case .start = self { true } else { false } }

  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    forward { $0.handle(input, in: context) }
  }

  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    forward { $0.draw(&frame, &viewport, in: context) }
  }

  var isSearchable: Bool {
    var copy = self
    return copy.forward { $0 is any SearchablePanel }
  }

  /// Searches its list; nil where it has none.
  mutating func find(_ search: LineSearch, in context: Context) -> Bool? {
    forward { content in
      guard var panel = content as? any SearchablePanel else { return nil }
      defer { content = panel }
      return panel.find(search, in: context)
    }
  }

  private mutating func forward<Result>(_ body: (inout any Panel) -> Result) -> Result {
    var content: any Panel
    switch self {
    case .start(let panel): content = panel
    case .routes(let panel): content = panel
    case .goTo(let panel): content = panel
    case .help(let panel): content = panel
    case .menu(let panel): content = panel
    case .open(let panel): content = panel
    case .prompt(let panel): content = panel
    case .dialog(let panel): content = panel
    case .problems(let panel): content = panel
    case .explain(let panel): content = panel
    case .diff(let panel): content = panel
    case .simulator(let panel): content = panel
    case .choices(let panel): content = panel
    case .reading(let panel): content = panel
    case .cluster(let panel): content = panel
    case .names(let panel): content = panel
    case .status(let panel): content = panel
    case .clusterRoutes(let panel): content = panel
    }
    let result = body(&content)
    self = content.panel
    return result
  }
}

/// The open panels, the last on top, and what closed ones leave behind.
package struct Panels: Sendable {
  private struct Open: Sendable {
    var panel: AnyPanel
    /// The command that opened it.
    var command: Command?
  }

  private var stack: [Open] = []
  /// The Simulate panel as it was closed; it opens again with the same request.
  private var simulator = SimulatorPanel()

  package var isEmpty: Bool { stack.isEmpty }
  package var count: Int { stack.count }
  package var top: AnyPanel? { stack.last?.panel }
  /// Whether it is not chosen yet what to start from.
  var hasStart: Bool { stack.contains { $0.panel.isStart } }
  /// What is being read, if something is.
  var reading: ReadingPanel? {
    for open in stack { if case .reading(let panel) = open.panel { return panel } }
    return nil
  }
  /// The command that opened the panel on top.
  var command: Command? { stack.last?.command }

  /// The request of the Simulate panel, open or closed.
  package var simulatorForm: SimulatorForm {
    for open in stack { if case .simulator(let panel) = open.panel { return panel.simulatorForm } }
    return simulator.simulatorForm
  }

  mutating func open(_ panel: AnyPanel, by command: Command? = nil) {
    stack.append(Open(panel: panel, command: command))
  }

  /// Notes what opened the panels above the first few.
  mutating func note(_ command: Command, from count: Int) {
    for index in stack.indices.dropFirst(count) { stack[index].command = command }
  }

  /// Opens the Simulate panel where it was left; the first time it asks `simulatorForm`.
  mutating func openSimulator(asking simulatorForm: SimulatorForm?) {
    if simulator.simulatorForm.isUntouched, let simulatorForm {
      simulator.simulatorForm = simulatorForm
    }
    simulator.simulatorForm.top = 0
    simulator.simulatorForm.selectText()
    open(.simulator(simulator))
  }

  mutating func close() {
    if case .simulator(let panel)? = stack.popLast()?.panel { simulator = panel }
  }

  /// Closes everything, as it was left to another session; the request stays.
  mutating func closeAll() {
    simulator = SimulatorPanel(simulatorForm)
    stack = []
  }

  /// Puts a panel in the place of the one on top.
  mutating func replaceTop(with panel: AnyPanel) {
    guard !stack.isEmpty else { return }
    stack[stack.count - 1].panel = panel
  }

  /// Puts other lines into an open list of differences.
  mutating func showDifferences(_ lines: [StyledLine]) {
    guard case .diff(var panel)? = top, panel.cluster == nil else { return }
    panel.lines = lines
    stack[stack.count - 1].panel = .diff(panel)
  }

  /// What the open panel on top has to know of the outside.
  mutating func look() -> [Effect] {
    guard case .open(var panel)? = top else { return [] }
    let effects = panel.look()
    stack[stack.count - 1].panel = .open(panel)
    return effects
  }

  /// Gives the open panel on top what a folder or a file holds.
  mutating func take(_ folder: FolderContent) { change { $0.take(folder) } }
  mutating func take(_ file: FileContent) { change { $0.take(file) } }

  private mutating func change(_ body: (inout OpenPanel) -> Void) {
    guard case .open(var panel)? = top else { return }
    body(&panel)
    stack[stack.count - 1].panel = .open(panel)
  }

  var isShowingProblems: Bool { if case .problems? = top { true } else { false } }

  var isShowingDifferences: Bool {
    if case .diff(let panel)? = top { panel.cluster == nil } else { false }
  }

  var isSearchable: Bool { top?.isSearchable ?? false }

  /// Searches the list on top; nil where there is none.
  mutating func find(_ search: LineSearch, in context: Context) -> Bool? {
    guard !stack.isEmpty else { return nil }
    return stack[stack.count - 1].panel.find(search, in: context)
  }

  /// Gives an input to the panel on top.
  mutating func handle(_ input: PanelInput, in context: Context) -> Response {
    guard !stack.isEmpty else { return .stay }
    return stack[stack.count - 1].panel.handle(input, in: context)
  }

  /// Draws the panel on top.
  mutating func draw(_ frame: inout Frame, _ viewport: inout Viewport, in context: Context) {
    guard !stack.isEmpty else { return }
    stack[stack.count - 1].panel.draw(&frame, &viewport, in: context)
  }
}
