import YAML
import RouteForm
import Screen

extension Wizard {
  /// Goes to where work begins: to Review with what was opened, else to the first step.
  mutating func begin() {
    drawn = nil
    guard workspace.form.held.route != nil else {
      focusFirst()
      if let file = workspace.files.first {
        let gateway = workspace.form.parentRefs.first?["name"]?.text
        message = StyledLine(
          "\(file.path) holds no AIGatewayRoute; a new one"
            + (gateway.map { ", for Gateway \($0)," } ?? "") + " is added to it", .warning)
      }
      return
    }
    go(to: .review)
  }

  /// Begins anew with a form.
  mutating func begin(_ form: FormState, files: [OpenedFile] = []) {
    var form = form
    form.release = workspace.form.release
    begin(Workspace(form, files: files, output: workspace.output))
  }

  private mutating func begin(_ other: Workspace) {
    let cluster = workspace.analysis.cluster
    workspace = other
    workspace.analysis.cluster = cluster
    navigation = Navigation()
    panels = Panels()
    message = nil
    isInterrupted = false
    isStripOpen = false
    swallowed = nil
    postponed = nil
    begin()
  }

  /// Has files read, to begin anew with them.
  mutating func open(_ paths: [String]) -> [Effect] {
    panels.open(.reading(ReadingPanel(paths)))
    return [.read(paths, .open)]
  }

  /// Whether files are being read to be opened, and nobody gave up on them.
  package var isReading: Bool { panels.reading != nil }

  /// Where the manifests will go once the files that are being read are opened.
  package var openingOutput: Output {
    var output = workspace.output
    if panels.reading?.keepsOutput != true { output.path = nil }
    return output
  }

  /// Begins anew with opened files, all of them or none; where they hold several routes, asks which.
  mutating func handleOpened(_ opened: OpenResult) -> [Effect] {
    guard opened.errors.isEmpty else {
      if isReading { panels.close() }
      panels.open(
        .dialog(
          Dialog(
            title: "Not opened",
            lines: opened.errors.map { StyledLine("\($0)", .error) } + [
              StyledLine("Nothing was changed.")
            ],
            choices: [
              .init(title: "Open another...", answer: .open),
              .init(title: "Back", answer: .cancel),
            ])))
      return []
    }
    begin(opened.workspace)
    if workspace.form.routePlaces.count > 1 { askForRoute() }
    return []
  }

  /// Asks what to open; unsaved work is asked about first.
  mutating func askWhatToOpen() {
    guard workspace.isDirty else {
      askForFile()
      return
    }
    panels.open(.dialog(openingDialog(.open)))
  }

  /// The question before something else is opened in the place of unsaved work.
  func openingDialog(_ answer: Dialog.Answer) -> Dialog {
    Dialog(
      title: "Open with unsaved work?",
      lines: [StyledLine("Opening starts over: unsaved changes would be lost.")],
      choices: [
        .init(title: "Cancel", answer: .cancel),
        .init(title: "Discard and open...", answer: answer),
      ])
  }

  mutating func askForFile() { panels.open(.open(OpenPanel())) }

  /// Asks which of the opened routes to show.
  mutating func askForRoute() {
    let places = workspace.form.routePlaces
    guard places.count > 1 else {
      message = StyledLine(
        places.isEmpty ? "no AIGatewayRoute was opened" : "there is only this route", .warning)
      return
    }
    let selection = workspace.form.held.route.flatMap { places.firstIndex(of: $0) } ?? 0
    panels.open(.routes(RoutesPanel(selection: selection)))
  }

  /// Shows another of the opened routes; before anything was done, that is where undo begins.
  mutating func choose(route place: Int) {
    guard place != workspace.form.held.route else { return }
    if workspace.history.position.total == 0, !workspace.isDirty {
      begin(FormState(opening: workspace.files.documents, route: place), files: workspace.files)
      return
    }
    let before = now
    _ = workspace.form.perform(.chooseRoute(place))
    guard before.form != workspace.form else { return }
    workspace.history.record(before, .single)
    workspace.history.close()
    navigation.left = []
    navigation.places = [:]
    (navigation.lastField, navigation.lastRow) = (nil, nil)
    navigation.rule = 0
    go(to: .review)
    message = StyledLine(
      "route \(workspace.form.routeName ?? "") (\(way(to: .undo)) goes back)", .success)
  }
}
