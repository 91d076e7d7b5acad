package import RouteForm
internal import Lint
internal import YAML
internal import Simulation

/// Where the manifests go.
package struct Output: Hashable, Sendable {
  /// A file; or a folder, which ends in `/` and takes one file an object.
  package var path: String?
  package var writesKustomization = false

  package init(path: String?) { self.path = path }

  package var isFolder: Bool { path?.hasSuffix("/") ?? false }
}

/// What $EDITOR was given to edit.
package enum EditorTarget: Hashable, Sendable {
  /// The text of a field.
  case text(Address)
  /// A value as YAML.
  case yaml(Address)
}

/// What is worked on: the form, its history, the files it came from and goes to, and what follows
/// from all of it.
///
/// Pages and commands change the form only through it, so that undo, the analysis and the question
/// whether anything would be lost by leaving stay right.
package struct Workspace: Sendable {
  package var form: FormState
  package var history = History()
  /// What follows from the form; shared, as it is large and a call of the workspace may copy it.
  @CopyOnWrite package internal(set) var analysis = Analysis()
  /// The simulator cases; nil before they were wanted.
  var cases: Cases?
  /// A case on its way into its file.
  var newCase: Case?
  package var output: Output
  /// Where they went before a "save as" that is not through yet.
  var formerOutput: Output?
  /// The files that were opened, as they were then.
  package var files: [OpenedFile] = []
  /// The opened files as they were last worked out.
  var revised: EditedFiles?
  /// The documents of the opened files as they were read.
  var pristine: [OpenedDocument] = []
  /// What the target files held when this session first read or last wrote them.
  package var disk: [String: FileContent.Content] = [:]
  /// What the target files held when they were last looked at, which someone else may have changed.
  package var lastRead: [String: FileContent.Content] = [:]
  /// The form as last saved; nil before the first save.
  package var saved: FormState?
  /// The form as it was when the wizard began.
  package let initial: FormState
  package var written: [String] = []
  /// What is in $EDITOR.
  package var edited: EditorTarget?
  /// Text that came back from $EDITOR and could not be read, to be taken up again.
  package var refused: (edited: EditorTarget, text: String)?
  package var leavesAfterSaving = false
  package var draft = DraftStatus.none

  /// Begins with a form and the files that it came from.
  init(_ form: FormState, files: [OpenedFile], output: Output) {
    self.form = form
    self.files = files
    self.output = output
    initial = form
    analysis.files = files
    if files.isEmpty { analysis.chosen = form }
    for file in files where !file.isStandardInput { disk[file.path] = .bytes(file.bytes) }
    analysis.lint(form)
    analysis.markFromHere()
    let documents = files.documents
    // The form's own, where they are the same: two arrays of one storage are compared at once.
    pristine = form.opened == documents ? form.opened : documents
  }

  /// Whether there is anything that leaving would lose.
  package var isDirty: Bool { form.differs(from: saved ?? initial) }

  /// Whether the files hold what the form says.
  package var isSaved: Bool { !isDirty && (saved != nil || !files.isEmpty) }

  /// Whether there is so much in the opened files that some commands take a while.
  package var isLarge: Bool { files.reduce(0) { $0 + $1.bytes.count } > 4 << 20 }

  /// What a draft is called after: the route, while it has no name the file.
  package var title: String {
    form.routeName.flatMap { $0.isEmpty ? nil : $0 } ?? outputPath
  }

  /// Brings the documents and their text up to date with the form.
  mutating func follow() { analysis.follow(form) }

  /// Brings the problems up to date, too.
  mutating func lint() { analysis.lint(form) }

  /// Whether a field has a text that is no value, or an error at the last lint: also that of
  /// being empty.
  package func isWrong(_ address: Address) -> Bool {
    form.invalidTexts[address] != nil
      || analysis.isLinted
        && analysis.problems.contains { $0.severity == .error && $0.address == address }
  }

  /// Whether a field takes text; the others are chosen from a few values.
  func isText(_ address: Address) -> Bool { form.choices(at: address).isEmpty }

  /// Whether a field's text can be typed into: one line of it, and not a list or mapping in its
  /// place.
  package func isTypable(_ address: Address) -> Bool {
    guard isText(address) else { return false }
    if form.invalidTexts[address] != nil { return true }
    guard let value = form.value(at: address) else { return true }
    guard let text = value.scalar?.text else { return false }
    return !text.utf8.contains(UInt8(ascii: "\n"))
  }
}

/// Whether a draft holds all that was typed.
package enum DraftStatus: Hashable, Sendable {
  case none
  /// It does, as of a time of day.
  case kept(String)
  /// It cannot be written: what is not saved would be lost.
  case failing
}
