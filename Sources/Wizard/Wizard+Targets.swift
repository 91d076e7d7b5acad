import Manifest
import RouteForm

extension Wizard {
  /// Where the manifests go: the chosen place, else the file that holds the route, else a file
  /// named after it.
  var place: String {
    if let path = model.output.path, !path.hasSuffix("/") || model.files.isEmpty { return path }
    if let home, !home.isStandardInput { return home.path }
    let name = model.form.routeName ?? ""
    let file = name.isEmpty ? "aigatewayroute.yaml" : "\(name).yaml"
    return model.files.isEmpty ? file : "\(model.output.path ?? "")\(file)"
  }

  /// The opened file that the route is in.
  private var home: OpenedFile? {
    let index = model.form.homeFile
    return model.files.indices.contains(index) ? model.files[index] : nil
  }

  private var layout: Layout {
    Layout(place: place, writesKustomization: model.output.writesKustomization)
  }

  /// The paths of the files that would be written now.
  var targetPaths: [String] {
    model.files.isEmpty
      ? layout.paths(objects: derived.objects, documents: derived.documents)
      : editions.map(\.path) + newFiles.map(\.path)
  }

  /// The files and their bytes as they would be written now.
  var targets: [FileToWrite] {
    func target(_ path: String, _ bytes: [UInt8]) -> FileToWrite {
      FileToWrite(path: path, bytes: bytes, over: model.lastRead[path])
    }
    if model.files.isEmpty {
      return layout.files(objects: derived.objects, documents: derived.documents)
        .map { target($0.path, $0.bytes) }
    }
    return editions.map { target($0.path, revision($0).bytes) }
      + newFiles.map { target($0.path, $0.bytes) }
  }

  /// The files whose bytes are to become others.
  var changedTargets: [FileToWrite] { targets.filter { mark(of: $0) != "=" } }

  private func revision(_ edition: Edition) -> Revision {
    if let known = revisions[edition.file], known.edition == edition { return known.revision }
    return model.files[edition.file].manuscript.revised(edition.documents, appending: edition.new)
  }

  /// Works out once what many will ask for: the opened files as they would be saved.
  mutating func revise() {
    guard !model.files.isEmpty else { return }
    var revised: [Int: Revised] = [:]
    for edition in editions {
      revised[edition.file] = Revised(edition: edition, revision: revision(edition))
    }
    revisions = revised
  }

  /// What saving has to print anew, in words: its comments go, and its style becomes ours.
  var reprints: [String] {
    editions.flatMap { edition in
      revision(edition).reprinted.map { place in
        let kind = edition.documents[place.document]?["kind"]?.text ?? "a document"
        let part = place.path.isRoot ? "the whole document" : "\(place.path)"
        return "\(edition.path): \(part) of \(kind) is written anew; its comments and style go"
      }
    }
  }

  /// An opened file as it was last worked out.
  struct Revised: Sendable {
    fileprivate let edition: Edition
    fileprivate let revision: Revision
  }

  /// What an opened file is to hold.
  fileprivate struct Edition: Equatable, Sendable {
    let file: Int
    let path: String
    /// The file's own documents, nil where one was removed.
    var documents: [Node?]
    var new: [Node] = []
  }

  /// The opened files that change, and the one that holds the route.
  private var editions: [Edition] {
    let settled = model.form.settled
    let home = model.form.homeFile
    let separate = model.output.isFolder ? derived.objects.count { model.form.held($0) == nil } : 0
    var editions = model.files.indices.map { index in
      Edition(
        file: index, path: index == home ? place : model.files[index].path,
        documents: model.files[index].documents)
    }
    for document in settled.dropLast(separate) where editions.indices.contains(document.file) {
      if let number = document.document {
        editions[document.file].documents[number] = document.node
      } else if let node = document.node {
        editions[document.file].new.append(node)
      }
    }
    return editions.filter { edition in
      edition.file == home || !edition.new.isEmpty
        || edition.documents != model.files[edition.file].documents.map(Optional.some)
    }
  }

  /// The objects that the form adds to the opened files, where each is to have a file of its own.
  private var newFiles: [Layout.File] {
    guard model.output.isFolder, !model.files.isEmpty, let folder = model.output.path else {
      return []
    }
    let new = derived.objects.indices.filter { model.form.held(derived.objects[$0]) == nil }
    return Layout(place: folder, writesKustomization: false).files(
      objects: new.map { derived.objects[$0] }, documents: new.map { derived.documents[$0] })
  }

  /// What to run once the files are there.
  var applyLine: String {
    if model.files.isEmpty {
      let path = Shell.quoted(place)
      if model.output.isFolder, model.output.writesKustomization {
        return "kubectl apply -k \(path)"
      }
      return "kubectl apply -f \(path)"
    }
    var paths = model.written
    for path in targetPaths where !paths.contains(path) { paths.append(path) }
    return "kubectl apply" + paths.map { " -f \(Shell.quoted($0))" }.joined()
  }

  /// The same manifests without a terminal; nil where they came from files, which `--set` cannot
  /// edit.
  var sameCommand: String? {
    model.files.isEmpty ? Answers.command(for: model.form, place: place) : nil
  }
}
