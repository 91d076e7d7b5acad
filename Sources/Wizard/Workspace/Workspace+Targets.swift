import YAML
import RouteForm

extension Workspace {
  /// Where the manifests go: the chosen place, else the file that holds the route, else a file
  /// named after it.
  package var outputPath: String {
    if let path = output.path, !path.hasSuffix("/") || files.isEmpty { return path }
    if let routeFile, !routeFile.isStandardInput { return routeFile.path }
    let name = form.routeName ?? ""
    let file = name.isEmpty ? "aigatewayroute.yaml" : "\(name).yaml"
    return files.isEmpty ? file : "\(output.path ?? "")\(file)"
  }

  /// The opened file that the route is in.
  private var routeFile: OpenedFile? {
    let index = form.routeFile
    return files.indices.contains(index) ? files[index] : nil
  }

  private var layout: OutputLayout {
    OutputLayout(outputPath: outputPath, writesKustomization: output.writesKustomization)
  }

  /// The paths of the files that would be written now.
  var targetPaths: [String] {
    files.isEmpty
      ? layout.paths(objects: analysis.objects, documents: analysis.documents)
      : changedFiles.map(path)
        + (additions.map { $0.layout.paths(objects: $0.objects, documents: $0.documents) } ?? [])
  }

  /// The files and their bytes as they would be written now.
  var targets: [FileToWrite] {
    if files.isEmpty {
      return layout.files(objects: analysis.objects, documents: analysis.documents)
        .map { FileToWrite($0, over: lastRead[$0.path]) }
    }
    return pendingFiles.map {
      FileToWrite(path: $0.path, bytes: revision($0).bytes, over: lastRead[$0.path])
    } + newFiles.map { FileToWrite($0, over: lastRead[$0.path]) }
  }

  /// The files of all that was typed, texts that are no values (yet) included.
  package var draftFiles: [FileToWrite] {
    guard !form.invalidTexts.isEmpty else { return targets }
    var typed = self
    typed.form.acceptInvalidTexts()
    typed.follow()
    return typed.targets
  }

  /// The files that this session wrote and would not write any more: what is in them is still there to be
  /// applied.
  var leftovers: [String] {
    guard files.isEmpty, !written.isEmpty else { return [] }
    let targets = Set(targetPaths)
    return written.filter { !targets.contains($0) }
  }

  /// The file that was written before the route got another name, where files are named after it.
  var formerFile: String? {
    output.path == nil && leftovers.count == 1 ? leftovers.first : nil
  }

  /// What is said of them; nil where there are none.
  var leftoverWarning: String? {
    let paths = leftovers
    return paths.isEmpty
      ? nil
      : "\(paths.joined(separator: ", ")): written before and not part of this any more; remove "
        + (paths.count == 1 ? "it" : "them")
  }

  /// The paths that this session means to write, as far as that is settled: what was opened, and
  /// where the manifests go.
  package var claims: [String] {
    var paths = files.filter { !$0.isStandardInput }.map(\.path)
    let isSettled = output.path != nil || form.routeName?.isEmpty == false
    if isSettled, files.isEmpty || output.path != nil, !paths.contains(outputPath) {
      paths.append(outputPath)
    }
    return paths
  }

  /// The files whose bytes are to become others.
  var changedTargets: [FileToWrite] { targets.filter { mark(of: $0) != "=" } }

  private func revision(_ pendingFile: PendingFile) -> EditedFile {
    if let known = revised?.revisions[pendingFile.file], revised?.isOf(self) == true {
      return known
    }
    return files[pendingFile.file].revised(pendingFile.documents, appending: pendingFile.new)
  }

  /// Works out once what every frame of the last step asks for.
  mutating func prepareReview() {
    analysis.read(form)
    revise()
  }

  /// Works out the command that is shown on Review.
  mutating func workOutCommand() {
    if let commandPlace { analysis.workOutCommand(for: form, to: commandPlace) }
  }

  /// The command that is shown on Review; nil where it is to be worked out yet.
  var shownCommand: String? {
    guard let commandPlace, let command = analysis.command, command.isOf(form, to: commandPlace)
    else { return nil }
    return command.text
  }

  /// Works out once what many will ask for: the opened files as they would be saved.
  mutating func revise() {
    guard !files.isEmpty, revised?.isOf(self) != true else { return }
    let pendingFiles = pendingFiles
    var revisions: [Int: EditedFile] = [:]
    for pendingFile in pendingFiles {
      let known = revised?.pendingFiles.first { $0 == pendingFile }
      revisions[pendingFile.file] =
        known.flatMap { revised?.revisions[$0.file] } ?? revision(pendingFile)
    }
    revised = EditedFiles(
      form: form, output: output, pendingFiles: pendingFiles, revisions: revisions)
  }

  /// What saving has to print anew, in words: its comments go, and its style becomes ours.
  var reprints: [String] {
    pendingFiles.flatMap { pendingFile in
      revision(pendingFile).reprinted.map { place in
        let kind = files[pendingFile.file].kind(ofDocument: place.document) ?? "a document"
        let part = place.path.isRoot ? "the whole document" : "\(place.path)"
        return
          "\(pendingFile.path): \(part) of \(kind) is rewritten; its comments and style are lost"
      }
    }
  }

  /// The opened files as they were last worked out, and from what.
  struct EditedFiles: Sendable {
    fileprivate let form: FormState
    fileprivate let output: Output
    fileprivate let pendingFiles: [PendingFile]
    fileprivate let revisions: [Int: EditedFile]

    fileprivate func isOf(_ workspace: borrowing Workspace) -> Bool {
      form == workspace.form && output == workspace.output
    }
  }

  /// What an opened file is to hold.
  fileprivate struct PendingFile: Equatable, Sendable {
    let file: Int
    let path: String
    /// The file's own documents, nil where one was removed.
    var documents: [Node?]
    var new: [Node] = []
  }

  private func path(ofFile index: Int) -> String {
    index == form.routeFile ? outputPath : files[index].path
  }

  /// The opened files whose documents changed, found without copying the unchanged ones.
  private var changedFiles: [Int] {
    let form = form
    var changed: Set<Int> = [form.routeFile]
    func note(_ node: Node?, at place: Int) {
      let document = form.opened[place]
      guard files.indices.contains(document.file) else { return }
      let old = document.document.map { files[document.file].documents[$0] }
      if old != node { changed.insert(document.file) }
    }
    var shown: [Int: Node] = [:]
    for object in form.objects {
      if let place = form.held(object) { shown[place] = form.document(object) }
    }
    let places = Set(shown.keys).union([form.held.policy, form.held.retry].compactMap { $0 })
    for place in places { note(shown[place], at: place) }
    if form.opened != pristine {
      for place in form.opened.indices where !places.contains(place) {
        note(form.opened[place].node, at: place)
      }
    }
    return changed.filter(files.indices.contains).sorted()
  }

  /// The opened files that change, and the one that holds the route.
  private var pendingFiles: [PendingFile] {
    if let revised, revised.isOf(self) { return revised.pendingFiles }
    let settled = form.settled
    let routeFile = form.routeFile
    let separate = output.isFolder ? analysis.objects.count { form.held($0) == nil } : 0
    var pendingFiles = files.indices.map { index in
      PendingFile(
        file: index, path: path(ofFile: index),
        documents: files[index].documents)
    }
    for document in settled.dropLast(separate) where pendingFiles.indices.contains(document.file) {
      if let number = document.document {
        pendingFiles[document.file].documents[number] = document.node
      } else if let node = document.node {
        pendingFiles[document.file].new.append(node)
      }
    }
    return pendingFiles.filter { pendingFile in
      pendingFile.file == routeFile || !pendingFile.new.isEmpty
        || pendingFile.documents != files[pendingFile.file].documents.map(Optional.some)
    }
  }

  /// The objects that the form adds to the opened files, where each is to have a file of its own.
  private var additions: (layout: OutputLayout, objects: [ObjectName], documents: [Node])? {
    guard output.isFolder, !files.isEmpty, let folder = output.path else {
      return nil
    }
    let new = analysis.objects.indices.filter { form.held(analysis.objects[$0]) == nil }
    return (
      OutputLayout(outputPath: folder, writesKustomization: false),
      new.map { analysis.objects[$0] },
      new.map { analysis.documents[$0] }
    )
  }

  private var newFiles: [OutputLayout.File] {
    additions.map { $0.layout.files(objects: $0.objects, documents: $0.documents) } ?? []
  }

  /// What to run once the files are there.
  var applyLine: String {
    if files.isEmpty {
      let path = Shell.quoted(outputPath)
      if output.isFolder, output.writesKustomization {
        return "kubectl apply -k \(path)"
      }
      return "kubectl apply -f \(path)"
    }
    var paths = written
    for path in targetPaths where !paths.contains(path) { paths.append(path) }
    return "kubectl apply" + paths.map { " -f \(Shell.quoted($0))" }.joined()
  }

  /// The route in words, with the command that writes the same manifests without a terminal.
  var routeSummary: Analysis.RouteSummary { analysis.routeSummary(of: form) }

  /// The command that writes the same manifests without a terminal; nil where there is none.
  var sameCommand: String? { commandPlace.map { AnswersFile.command(for: form, place: $0) } }

  /// Where such a command writes to; nil where the form came from files, which `--set` cannot edit.
  private var commandPlace: String? { files.isEmpty ? outputPath : nil }
}
