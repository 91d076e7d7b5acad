internal import Manifest
package import RouteForm
package import Screen
internal import Simulation

/// Where the manifests go.
package struct Output: Hashable, Sendable {
  /// A file; or a folder, which ends in `/` and takes one file an object.
  package var path: String?
  package var writesKustomization = false

  package init(path: String?) { self.path = path }

  package var isFolder: Bool { path?.hasSuffix("/") ?? false }
}

/// A draft that can be taken up again.
package struct DraftNote: Hashable, Sendable {
  package let name: String
  /// What tells it from others.
  package let words: String

  package init(name: String, words: String) {
    self.name = name
    self.words = words
  }
}

/// What $EDITOR was given to edit.
package enum Edited: Hashable, Sendable {
  /// The text of a field.
  case text(Address)
  /// A value as YAML.
  case yaml(Address)
}

/// All that the wizard knows at one moment.
package struct Model: Sendable {
  package var form: FormState
  package var history = History()
  package var step = Step.buffer
  /// The selected rule, which steps 3 to 7 share.
  package var rule = 0
  package var focus = Focus.button("")
  /// EDIT: keys type into the focused field. Otherwise CMD: letters are commands.
  package var isEditing = false
  /// The text of the focused field.
  package var editor = LineEditor()
  /// The value of the focused field when it got the focus; nil where it had none.
  var entered: Node?
  /// Fields that were left once, whose faults are shown at the field.
  package var left: Set<Address> = []
  package var visited: Set<Step> = [.buffer]
  /// The field that last had the focus, whose row the buttons below a table act on.
  package var lastRow: Address?
  /// Where the focus was in each step.
  package var places: [Step: Focus] = [:]
  /// The open cards, the last on top.
  package var cards: [Address] = []
  package var overlays: [Overlay] = []
  package var size: Size
  package var message: StyledLine?
  /// Whether the YAML has the whole body, where there is no room for both.
  package var isYAMLOpen = false
  /// What the focus was before it went to the YAML.
  package var beforeYAML: Focus?
  package var search = ""
  /// Which text stands beside the form.
  package var preview = Preview.manifests
  /// What the Simulate panel asks.
  package var trial = Trial()
  /// The simulator cases; nil before they were wanted.
  var cases: Cases?
  /// A case on its way into its file.
  var newCase: Case?
  package var output: Output
  /// Where they went before a "save as" that is not through yet.
  var formerOutput: Output?
  /// The files that were opened, as they were then.
  package var files: [OpenedFile] = []
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
  package var edited: Edited?
  /// Text that came back from $EDITOR and could not be read, to be taken up again.
  package var refused: (edited: Edited, text: String)?
  package var hasMouse: Bool
  package var leavesAfterSaving = false
  /// Whether ^C was pressed with nothing open: another one leaves.
  package var isInterrupted = false

  /// The drafts that the first screen offers.
  package var drafts: [DraftNote] = []
  /// The time of day when the draft was last brought up to date; nil while there is none.
  package var drafted: String?

  /// Whether there is anything that leaving would lose.
  package var isDirty: Bool { form.differs(from: saved ?? initial) }
}
