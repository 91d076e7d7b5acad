import RouteForm
package import Screen

// When the linter runs: before the next frame if that is fast enough, else in the background;
// actions that need its result wait for it.

/// An action that waits until the linter has checked everything that was typed.
struct PendingAction: Sendable {
  let action: Action
  /// What had the focus when it was asked for.
  let focus: Focus
}

extension Wizard {
  /// Whether the problems that are known are those of what was typed.
  package var isSettled: Bool { workspace.analysis.isLinted }

  /// Runs the linter if the form changed; returns whether it did.
  package mutating func settle() -> Bool {
    guard !isSettled else { return false }
    workspace.lint()
    return true
  }

  /// Runs the linter, if it is fast enough to do so before the next frame.
  mutating func lintIfFast() { if !workspace.isSlowToLint { workspace.lint() } }

  /// Brings up to date what Review shows.
  mutating func prepareReview() {
    lintIfFast()
    workspace.prepareReview()
  }

  /// Has the problems of what was typed shown, once an event does more than type.
  mutating func scheduleLint(after event: Event) {
    guard !isSettled, !workspace.isSlowToLint, !isTyping(event) else { return }
    isLintDue = true
    // What keys reach on Review, and in the list of problems, are the problems.
    if navigation.step == .review || panels.isShowingProblems { workspace.lint() }
  }

  /// Whether an event only types into a field, so that no problem needs to be known for it.
  func isTyping(_ event: Event) -> Bool {
    if case .drafted = event { return true }
    guard isTyping, panels.isEmpty, !isStripOpen, case .input(let input) = event else {
      return false
    }
    switch input {
    case .key(.text), .key(.backspace), .paste: return true
    case .key, .mouse, .resized, .ended, .resumed, .torn, .refused: return false
    }
  }

  // MARK: What needs the verdict

  /// Whether something that needs the verdict has to wait for it; then it is done by
  /// `resumePostponed`.
  mutating func postpones(_ action: Action) -> Bool {
    lintIfFast()
    guard !isSettled else { return false }
    postponed = PendingAction(action: action, focus: navigation.focus)
    message = StyledLine(postponedMessage, .hint)
    return true
  }

  /// Whether something waits for `Event.lintFinished`.
  package var isPostponing: Bool { postponed != nil }

  /// Does what waited for the verdict.
  mutating func resumePostponed() -> [Effect] {
    guard let postponed else { return [] }
    self.postponed = nil
    message = nil
    if postponed.action == .command(.fix), navigation.focus != postponed.focus {
      guard page.position(of: postponed.focus) != nil else {
        message = StyledLine("nothing was fixed: the field is not on this page", .warning)
        return []
      }
      move(to: postponed.focus)
    }
    return perform(postponed.action)
  }

  /// Gives up what waits for the verdict.
  mutating func giveUpPostponed() {
    postponed = nil
    stopSaving()
    message = StyledLine("cancelled; nothing was changed", .warning)
  }

  private var postponedMessage: String {
    var what = Command.save
    if case .command(let command)? = postponed?.action { what = command }
    if case .fix? = postponed?.action { what = .fix }
    return "checking first, then: \(what.summary); you can keep typing, Esc cancels"
  }

  // MARK: Words for waiting

  /// The screen while an event is handled, or, with nil, while the linter runs.
  package func frame(waitingFor event: Event?) -> Frame {
    var other = self
    other.message = StyledLine(waitingMessage(waitingFor: event))
    if event != nil { other.isStripOpen = false }
    return other.frame()
  }

  private func waitingMessage(waitingFor event: Event?) -> String {
    guard let event else {
      return isPostponing
        ? postponedMessage : "checking: a large file, this takes a while; you can keep typing"
    }
    let what =
      switch event {
      case .read(_, .save), .read(_, .compare): "comparing with the files on disk"
      case .read, .opened, .recovered: "reading the files again"
      case .input, .listed, .wrote, .edited, .notified, .drafted, .leftBehind, .contexts,
        .connected,
        .validated, .applied, .routeStatus, .compared, .unconnected, .connecting, .clusterAged,
        .requested,
        .lintFinished:
        "computing the resulting files"
      }
    return "\(what): they are large, this takes a while; keys are queued"
  }
}
