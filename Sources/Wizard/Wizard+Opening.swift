import Manifest
import RouteForm
import Screen

extension Wizard {
  /// Begins anew with a form and the files that it came from.
  mutating func begin(_ form: FormState, files: [OpenedFile] = []) {
    model = Model(
      form: form, size: model.size, output: model.output, initial: form, hasMouse: model.hasMouse)
    model.files = files
    derived.files = files
    for file in files where !file.isStandardInput { model.disk[file.path] = .bytes(file.bytes) }
    derived.judge(model.form)
    derived.markFromHere()
    drawn = nil
    revised = nil
    let documents = files.documents
    // The form's own, where they are the same: two arrays of one storage are compared at once.
    pristine = form.opened == documents ? form.opened : documents
    guard form.held.route != nil else {
      focusFirst()
      return
    }
    derived.read(form)
    revise()
    go(to: .review)
  }

  /// Begins anew with opened files; where they hold several routes, asks which.
  mutating func open(_ files: [OpenedFile]) {
    begin(FormState(opening: files.documents), files: files)
    if model.form.routePlaces.count > 1 { askForRoute() }
  }

  /// What files to be opened hold: all of them are taken, or none.
  mutating func takeOpened(_ contents: [FileContent]) -> [Effect] {
    var files: [OpenedFile] = []
    var faults: [OpenFault] = []
    for content in contents {
      do throws(OpenFault) {
        files.append(try OpenedFile(content))
      } catch {
        faults.append(error)
      }
    }
    guard faults.isEmpty else {
      model.overlays.append(
        .dialog(
          Dialog(
            title: "Not opened",
            lines: faults.map { StyledLine("\($0)", .error) } + [
              StyledLine("Nothing was changed.")
            ],
            choices: [
              .init(title: "Open another...", answer: .open),
              .init(title: "Back", answer: .cancel),
            ])))
      return []
    }
    model.output.path = nil
    open(files)
    return []
  }

  /// Asks what to open; unsaved work is asked about first.
  mutating func askWhatToOpen() {
    guard model.isDirty else {
      askForFile()
      return
    }
    model.overlays.append(
      .dialog(
        Dialog(
          title: "Open with unsaved work?",
          lines: [StyledLine("Opening begins anew: what is not saved here would be gone.")],
          choices: [
            .init(title: "Cancel", answer: .cancel),
            .init(title: "Discard and open...", answer: .open),
          ])))
  }

  mutating func askForFile() {
    model.overlays.append(
      .prompt(
        Prompt(
          title: "Open (a file, or a folder with all its .yaml files)", purpose: .open,
          editor: LineEditor())))
  }

  /// Asks which of the opened routes to show.
  mutating func askForRoute() {
    let places = model.form.routePlaces
    guard places.count > 1 else {
      model.message = StyledLine(
        places.isEmpty ? "no AIGatewayRoute was opened" : "there is only this route", .warning)
      return
    }
    let selection = model.form.held.route.flatMap { places.firstIndex(of: $0) } ?? 0
    model.overlays.append(.routes(selection: selection))
  }

  /// The opened routes, a line each: name, file, rules.
  var routeLines: [StyledLine] {
    model.form.routePlaces.map { place in
      let document = model.form.opened[place]
      let node = place == model.form.held.route ? model.form.route : document.node ?? .null
      let name = node["metadata"]?["name"]?.scalar?.text ?? "(no name)"
      let namespace =
        node["metadata"]?["namespace"]?.scalar?.text.isEmpty == false
        ? "\(node["metadata"]?["namespace"]?.scalar?.text ?? "")/" : ""
      let count = node["spec"]?["rules"]?.items.count ?? 0
      return StyledLine(
        "\(namespace)\(name)  \(count) rule\(count == 1 ? "" : "s")  \(location(of: place))")
    }
  }

  /// Where an opened document stood: `file:line`.
  func location(of place: Int, _ path: Path = .root) -> String {
    let document = model.form.opened[place]
    guard model.files.indices.contains(document.file) else { return "" }
    let file = model.files[document.file]
    guard let number = document.document, let position = file.position(of: path, in: number) else {
      return "\(file.path), new"
    }
    return "\(file.path):\(position.line)"
  }

  /// Shows another of the opened routes; before anything was done, that is where undo begins.
  mutating func choose(route place: Int) {
    guard place != model.form.held.route else { return }
    if model.history.position.total == 0, !model.isDirty {
      begin(FormState(opening: model.files.documents, route: place), files: model.files)
      return
    }
    let before = now
    _ = model.form.perform(.chooseRoute(place))
    guard before.form != model.form else { return }
    model.history.record(before, .single)
    model.history.close()
    model.left = []
    model.places = [:]
    model.lastRow = nil
    model.rule = 0
    derived.judge(model.form)
    go(to: .review)
    model.message = StyledLine(
      "route \(model.form.routeName ?? "") (\(keymap.way(to: .undo)) goes back)", .success)
  }
}
