import Manifest
package import RouteForm
package import Screen

/// The wizard: events in, effects and frames out.
package struct Wizard: Sendable {
  package internal(set) var model: Model
  package internal(set) var derived = Derived()
  var viewport = Viewport()
  var drawn: Drawn?
  /// The opened files as they were last worked out.
  var revised: Revised?
  /// The documents of the opened files as they were read.
  var pristine: [OpenedDocument] = []
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

    package init(form: FormState, asks: Bool, output: Output, size: Size) {
      self.form = form
      self.asks = asks
      self.output = output
      self.size = size
    }
  }

  package init(_ start: Start) {
    keymap = start.keymap
    model = Model(
      form: start.form, size: start.size, output: start.output, initial: start.form,
      hasMouse: start.hasMouse)
    if start.opened.isEmpty { begin(start.form) } else { open(start.opened) }
    for file in start.files { model.disk[file.path] = file.content }
    model.drafts = start.drafts
    if start.asks { model.overlays = [.start(selection: 0)] }
  }

  /// Takes one event and says what is to be done outside.
  package mutating func handle(_ event: Event) -> [Effect] {
    if !isTyping(event) { derived.judge(model.form) }
    let effects: [Effect]
    switch event {
    case .input(let input): effects = take(input)
    case .read(let files, let purpose): effects = take(files, for: purpose)
    case .wrote(let results): effects = takeCases(results) ?? take(results)
    case .edited(let text): effects = takeEdited(text)
    case .told(let words):
      model.message = StyledLine(words)
      effects = []
    case .drafted(let time):
      model.drafted = time
      effects = []
    case .recovered(let size, let hasMouse):
      resume(size, hasMouse)
      effects = []
    }
    derived.follow(model.form)
    prepareReview()
    return followCases() + effects
  }

  /// Whether an event only types into a field, so that no problem needs to be known for it.
  private func isTyping(_ event: Event) -> Bool {
    if case .drafted = event { return true }
    guard model.isEditing, model.overlays.isEmpty, case .input(let input) = event else {
      return false
    }
    switch input {
    case .key(.text), .key(.backspace), .paste: return true
    case .key, .mouse, .resized, .ended, .resumed: return false
    }
  }

  /// Whether the problems shown are those of what was typed.
  package var isSettled: Bool { derived.isJudged }

  /// Judges what was typed, which can wait until it is seen; whether a frame would now look
  /// different.
  package mutating func settle() -> Bool {
    guard !derived.isJudged else { return false }
    let isOther = derived.judge(model.form)
    return isOther || derived.foresight.picture?.isStale ?? false
  }

  /// Goes on where a session ended; what it asked for then is asked again when it is wanted. What
  /// scrolling left is forgotten, so that a replay need not draw all that was seen before.
  private mutating func resume(_ size: Size, _ hasMouse: Bool) {
    viewport = Viewport()
    drawn = nil
    model.size = size
    model.hasMouse = hasMouse
    model.overlays.removeAll { if case .dialog = $0 { true } else { $0.isStart } }
    model.isInterrupted = false
    model.leavesAfterSaving = false
    model.message = StyledLine("draft recovered; it is not saved yet", .success)
  }

  private mutating func take(_ input: Input) -> [Effect] {
    switch input {
    case .key(let key):
      model.message = nil
      return press(key)
    case .paste(let text):
      model.message = nil
      paste(text)
      return []
    case .mouse(let event): return point(event)
    case .resized(let size):
      model.size = size
      return []
    case .resumed: return []
    case .ended: return [.quit(leaving(keepingDraft: true))]
    }
  }
}
