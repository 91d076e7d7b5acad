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
    /// The files to edit; with any, the form is what they hold.
    package var opened: [OpenedFile] = []

    package init(form: FormState, asks: Bool, output: Output, size: Size) {
      self.form = form
      self.asks = asks
      self.output = output
      self.size = size
    }
  }

  package init(_ start: Start, keymap: Keymap = .standard) {
    self.keymap = keymap
    model = Model(
      form: start.form, size: start.size, output: start.output, initial: start.form,
      hasMouse: start.hasMouse)
    if start.opened.isEmpty { begin(start.form) } else { open(start.opened) }
    for file in start.files { model.disk[file.path] = file.content }
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
    }
    derived.follow(model.form)
    prepareReview()
    return followCases() + effects
  }

  /// Whether an event only types into a field, so that no problem needs to be known for it.
  private func isTyping(_ event: Event) -> Bool {
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
