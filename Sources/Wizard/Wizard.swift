// The whole behaviour of the wizard as a pure value: events in, effects and frames out.
//
// Invariants of this module
// - It knows the whole behaviour of the wizard and nothing of the outside: no file, no clock, no
//   process, no ncurses. What happened comes in as an Event, what is to be done goes out as an
//   Effect, what is seen goes out as a Frame; so everything is tested by calling it.
// - `handle` is the only way to change the state; `frame` changes nothing that anyone can see.
// - Navigation is never refused. Esc never discards. Nothing typed is lost.

import YAML
package import RouteForm
package import Screen

/// The wizard: events in, effects and frames out.
///
/// It knows neither files nor terminals. A session hands it each `Event` by `handle`, does the
/// `Effect`s that come back, and draws `frame()`; linear mode and tests drive the same value
/// without a screen. Being a value it replays exactly: the same start and events give the same
/// form, which is what drafts and traces are made of. A key costs what it changed: see `Analysis`
/// for the linting and `PaneCache` for the drawing.
package struct Wizard: Sendable {
  @CopyOnWrite package internal(set) var workspace: Workspace
  package internal(set) var navigation = Navigation()
  package internal(set) var panels = Panels()
  package internal(set) var size: Size
  package internal(set) var hasMouse: Bool
  package internal(set) var message: StyledLine?
  /// Whether the command strip is open: the next letter is a command.
  package internal(set) var isStripOpen = false
  /// What the letter runs that opened what Esc just closed; typed once more it does nothing.
  var swallowed: Command?
  /// Whether an Enter does nothing, since it was meant for the dialog of a save that had nothing to do.
  var ignoresEnter = false
  /// Whether ^C was pressed with nothing open: another one leaves.
  var isInterrupted = false
  /// Whether the next frame is to show the problems of what was typed.
  var isLintDue = false
  /// What waits for the linter; nil where nothing does.
  var postponed: PendingAction?
  /// What a cluster is asked while keys go to the form; nil where nothing is.
  var wait: String?
  /// Whether the cluster is to be read again before it is asked anything: time has passed since, or
  /// something was applied.
  var isClusterOld = false
  var viewport = Viewport()
  var drawn: PaneCache?
  let keymap: Keymap

  /// How a wizard begins.
  package struct Start: Sendable {
    package var form: FormState
    /// Whether the first screen asks what to start from.
    package var asks: Bool
    package var output: Output
    package var size: Size
    package var hasMouse = true
    /// What the output files hold already.
    package var files: [FileContent] = []
    /// The drafts that the first screen offers.
    package var drafts: [DraftNote] = []
    /// The files to edit; with any, the form is what they hold.
    package var opened: [OpenedFile] = []
    package var keymap = Keymap.standard
    /// The files that are being read to be edited.
    package var reading: [String] = []

    package init(form: FormState, asks: Bool, output: Output, size: Size) {
      self.form = form
      self.asks = asks
      self.output = output
      self.size = size
    }
  }

  /// Begins; `opened` is the same as the start's files, where what follows from them is known.
  package init(_ start: Start, opened: OpenResult? = nil) {
    keymap = start.keymap
    size = start.size
    hasMouse = start.hasMouse
    var form = start.opened.isEmpty ? start.form : FormState(opening: start.opened.documents)
    form.release = start.form.release
    workspace =
      opened?.workspace ?? Workspace(form, files: start.opened, output: start.output)
    begin()
    if workspace.form.routePlaces.count > 1 { askForRoute() }
    for file in start.files { workspace.disk[file.path] = file.content }
    if start.asks { panels.open(.start(StartPanel(drafts: start.drafts))) }
    if !start.reading.isEmpty {
      panels.open(.reading(ReadingPanel(start.reading, keepsOutput: true)))
    }
  }

  /// What panels and pages may know, and cannot change.
  var context: Context {
    Context(workspace: _workspace, navigation: navigation, keymap: keymap, size: size)
  }

  /// The form as it is now: the open card, else the step.
  var page: FormPage { context.page }

  /// Takes one event and says what is to be done outside.
  package mutating func handle(_ event: Event) -> [Effect] {
    if !isTyping(event) { drawn?.form = nil }
    scheduleLint(after: event)
    let effects: [Effect]
    switch event {
    case .input(let input): effects = handleInput(input)
    case .read(let files, let purpose): effects = handleRead(files, for: purpose)
    case .listed(let folder):
      panels.take(folder)
      effects = []
    case .opened(let opened): effects = handleOpened(opened)
    case .wrote(let results): effects = handleWrittenCases(results) ?? handleWritten(results)
    case .edited(let text): effects = handleEdited(text)
    case .notified(let text):
      message = StyledLine(text)
      effects = []
    case .drafted(let time):
      workspace.draft = time.map(DraftStatus.kept) ?? .failing
      effects = []
    case .leftBehind(let draft):
      askToResume(draft)
      effects = []
    case .requested(let request): effects = carryOut(request)
    case .contexts(let contexts):
      offerContexts(contexts)
      effects = []
    case .connected(let cluster): effects = handleConnected(cluster)
    case .validated(let answer):
      handleAnswer(answer)
      effects = []
    case .applied(let report): effects = handleApplied(report)
    case .routeStatus(let report): effects = handleStatus(report)
    case .compared(let lines):
      showDifference(lines)
      effects = []
    case .unconnected(let text):
      handleUnconnected(text)
      effects = []
    case .connecting: effects = connect(to: nil)
    case .clusterAged:
      isClusterOld = true
      effects = []
    case .lintFinished: effects = resumePostponed()
    case .recovered(let size, let hasMouse):
      resume(size, hasMouse)
      effects = []
    }
    workspace.follow()
    if navigation.step == .review { prepareReview() }
    return followCases() + effects + panels.look()
  }

  /// Whether there is something that Esc closes.
  var isAnythingOpen: Bool {
    if isLineFocused, !navigation.isYAMLVisit { return true }
    return !panels.isEmpty || !navigation.cards.isEmpty
  }

  /// How to reach a command from here, in a sentence.
  func way(to command: Command) -> String {
    let chord = isAnythingOpen ? keymap.chord(for: command) : ""
    return chord.isEmpty ? keymap.way(to: command) : chord
  }

  /// Whether keys type into the focused field.
  var isTyping: Bool {
    if let address = navigation.focusedField { workspace.isTypable(address) } else { false }
  }

  /// Goes on where a session ended; what it asked for then is asked again when it is wanted. What
  /// scrolling left is forgotten, so that a replay need not draw all that was seen before.
  private mutating func resume(_ size: Size, _ hasMouse: Bool) {
    viewport = Viewport()
    drawn = nil
    self.size = size
    self.hasMouse = hasMouse
    panels.closeAll()
    isInterrupted = false
    isStripOpen = false
    swallowed = nil
    workspace.leavesAfterSaving = false
    wait = nil
    postponed = nil
    isClusterOld = false
    // Nobody asked this session for a cluster, and what is in that one may be another by now.
    if workspace.analysis.cluster != nil { workspace.analysis.cluster = nil }
    message = StyledLine("draft resumed; it is not saved yet", .success)
  }

  private mutating func handleInput(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key):
      message = nil
      return press(key)
    case .paste(let text):
      message = nil
      paste(text)
      return []
    case .mouse(let event): return point(event)
    case .resized(let size):
      self.size = size
      return []
    case .torn:
      isStripOpen = false
      return []
    case .refused:
      message = StyledLine(
        "ignored: this locale supports only ASCII characters; use a UTF-8 locale", .warning)
      return []
    case .resumed: return []
    case .ended: return [.quit(leaving(keepingDraft: true))]
    }
  }
}
