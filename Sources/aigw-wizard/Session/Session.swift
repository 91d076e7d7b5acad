import Terminal
import Cluster
import Glibc
import RouteForm
import Screen
import Wizard

/// The wizard in a terminal: reads keys, hands them over, does what comes out, draws.
///
/// It is the loop of the interactive program and owns what the wizard must not know: the terminal,
/// the draft on disk, threads that read files or ask the cluster. All keys that are waiting are
/// handed over before a frame is drawn; the linter runs when typing pauses. `run` gives the exit
/// status and throws a `Failure` where the session cannot begin.
struct Session {
  /// How long typing pauses, in milliseconds, before the linter runs.
  static let pause = 40
  /// How much longer, before the draft is synchronised: a power cut loses only what was typed since
  /// the last pause of half a second.
  static let rest = 460

  var wizard: Wizard
  let terminal: Terminal
  let trace: Trace?
  var journal: SessionJournal
  /// How long files are waited for, in milliseconds, before something else is shown.
  static let glance: Int32 = 100

  var draft = Draft()
  /// The files that are being read to be opened, and whether the program was started with them.
  var reading: BackgroundTask<OpenResult>?
  var isStarting = false
  /// Which cluster is asked where nothing else is said, and the question that is under way.
  var cluster = Kubectl.Target()
  var asking: ClusterRequest?
  /// The linter at work in the background, and how much had happened before it started: what happens
  /// meanwhile makes its result void.
  var linting: (work: BackgroundTask<Wizard>, events: Int)?
  var events = 0
  var clusterAge = ClusterAge()
  /// The contexts whose name is to be typed before something is applied to them.
  var protected: [String] = []
  var claim = FileClaim()
  /// When it is time for the next checkpoint.
  var nextCheckpoint = 0
  /// When the draft was last said to be saved, in minutes.
  var drafted: Int?
  /// Whether the draft could not be kept, and whether leaving was refused for that.
  var hasFailed = false
  var hasRefused = false
  /// The folder of a draft that was taken up, where we were started in another one.
  var folder: String?
  /// What is for stdout is printed once the terminal is the shell's again.
  var files = OutputFiles()

  /// One batch of keys, then one frame; nothing runs while nothing happens.
  mutating func loop() -> Int32 {
    // What the first frame does without, such as the cases of opened files, is read now.
    if let leaving = handle(.input(.resumed)) { return end(leaving, nil) }
    show()
    while true {
      let step = wizard.navigation.step
      terminal.wakeDescriptor = wakeDescriptor
      if let linting, let linted = linting.work.value(within: 0) {
        self.linting = nil
        if linting.events == events {
          wizard = linted
          journal.noteSettled()
          if let leaving = resumePostponed() { return end(leaving, nil) }
          keep()
        }
        show()
        continue
      }
      if let answer = asking?.answer(within: 0) {
        asking = nil
        _ = handle(answer.event, knowing: answer.preparation)
        show()
        continue
      }
      if let reading, let opened = reading.value(within: 0) {
        // What was pressed before the files were there is meant for the panel that waits for them.
        // A changed size is handled alone, before the keys that came with it.
        while case let inputs = terminal.next(within: 0), !inputs.isEmpty {
          if let status = handle(inputs) { return status }
        }
        guard self.reading === reading else { continue }
        if let failure = take(opened) { return failure }
        show()
        continue
      }
      if let status = handle(next()) { return status }
      if wizard.isSettled, let leaving = resumePostponed() { return end(leaving, nil) }
      keep()
      show()
      if wizard.navigation.step != step { sync() }
    }
  }

  /// Handles a batch of keys and signals; the exit status where one of them ends the session.
  mutating func handle(_ inputs: [Input]) -> Int32? {
    if clusterAge.isOver(at: Clock.milliseconds) { _ = handle(.clusterAged) }
    for input in inputs {
      trace?.note(input, knowing: wizard.workspace.credentials)
      var cause: EndCause?
      if case .ended(let end) = input { cause = end }
      guard let leaving = handle(.input(input)) else { continue }
      if cause == nil, leaving.keepsDraft, refuses() { continue }
      return end(leaving, cause)
    }
    return nil
  }

  mutating func show() {
    terminal.draw(wizard.frame())
    journal.noteFrame()
  }

  /// The descriptor that becomes readable when work in the background is done; -1 without any.
  var wakeDescriptor: Int32 {
    reading?.wakeDescriptor ?? linting?.work.wakeDescriptor ?? asking?.wakeDescriptor ?? -1
  }

  /// Waits for input. While there is none, the linter runs, then the draft is synchronised.
  mutating func next() -> [Input] {
    if !wizard.isSettled {
      let inputs = terminal.next(within: Self.pause)
      if !inputs.isEmpty { return inputs }
      if let inputs = settle() { return inputs }
    }
    if !draft.isSynced || hasFailed {
      let inputs = terminal.next(within: Self.rest)
      if !inputs.isEmpty { return inputs }
      sync()
      meetOthers(atStart: false)
    }
    return terminal.next()
  }

  /// Does what waited for the linter.
  mutating func resumePostponed() -> ExitRequest? {
    wizard.isPostponing ? handle(.lintFinished) : nil
  }

  /// Runs the linter; in the background if it is slow, where its result counts only if nothing else
  /// happened. Gives the input that came meanwhile, nil where there is none.
  mutating func settle() -> [Input]? {
    guard wizard.workspace.isSlowToLint else {
      let isOther = wizard.settle()
      journal.noteSettled()
      if isOther { terminal.draw(wizard.frame()) }
      return nil
    }
    if linting == nil {
      let work = BackgroundTask { [wizard] in
        var after = wizard
        _ = after.settle()
        return after
      }
      linting = (work, events)
    }
    terminal.wakeDescriptor = wakeDescriptor
    let inputs = terminal.next(within: 1000)
    guard inputs.isEmpty, linting?.work.isRunning == true else { return inputs }
    terminal.draw(wizard.frame(waitingFor: nil))
    return terminal.next()
  }

  /// `preparation` is what was worked out for the event beforehand.
  mutating func handle(
    _ event: Event, knowing preparation: Preparation? = nil
  ) -> ExitRequest? {
    events += 1
    if let preparation {
      journal.note(preparation)
      wizard.use(preparation)
    } else {
      journal.note(event)
    }
    clusterAge.note(event, at: Clock.milliseconds)
    defer {
      // Nobody waits for it any more.
      if let errand = asking, errand.isWatched, !wizard.isAskingCluster {
        errand.giveUp()
        asking = nil
      }
    }
    for effect in effects(of: event) {
      switch effect {
      case .quit(let leaving): return leaving
      case .read(let paths, .open): read(paths)
      case .read(let paths, let purpose):
        let files = paths.flatMap { path in
          purpose == .glance ? FileOpener.contents(ofPath: path) : [self.files.read(path)]
        }
        if let leaving = handle(.read(files, purpose)) { return leaving }
      case .askCluster(let question):
        asking?.giveUp()
        asking = ClusterRequest(
          question, of: cluster, protecting: protected, beside: wizard,
          isWatched: question.isWaitedFor)
      case .list(let path):
        if let leaving = handle(.listed(FileOpener.folder(path))) { return leaving }
      case .write(let files):
        keep()
        if let leaving = handle(.wrote(self.files.write(files))) { return leaving }
      case .suspend:
        keep()
        if !terminal.suspend() {
          notify("cannot suspend: no shell is waiting for this terminal")
        }
      case .redraw:
        show()
        terminal.redraw()
      case .mouse(let isOn): terminal.setMouse(isOn)
      case .copy(let text): notify(Clipboard.copy(text))
      case .show(let text):
        keep()
        show(text)
      case .editText(let text):
        keep()
        do throws(Failure) {
          _ = handle(.edited(try edit(text)))
        } catch {
          _ = handle(.edited(nil))
          notify(error.message)
        }
      case .recover(let name): recover(name)
      }
    }
    return nil
  }

  /// What the wizard wants done. With large files that may take a while: then what it is about is
  /// said, and keys wait.
  mutating func effects(of event: Event) -> [Effect] {
    guard wizard.workspace.isLarge else { return wizard.handle(event) }
    let work = BackgroundTask { [wizard] in
      var after = wizard
      let effects = after.handle(event)
      return (after, effects)
    }
    var result = work.value(within: 1000)
    if result == nil {
      terminal.draw(wizard.frame(waitingFor: event))
      result = work.value(within: -1)
    }
    guard let result else { return [] }
    wizard = result.0
    return result.1
  }

  /// Opens what was read, if it is still wanted; gives the status to end with where it was what the
  /// program was started for, and cannot be opened.
  mutating func take(_ opened: OpenResult) -> Int32? {
    reading = nil
    guard wizard.isReading else { return nil }
    if isStarting, !opened.errors.isEmpty {
      terminal.close()
      let failure = FileOpener.failure(opened.errors)
      Streams.printMessage("aigw-wizard: \(failure.message)")
      return failure.status
    }
    _ = handle(.opened(opened))
    if isStarting { meetOthers(atStart: true) }
    isStarting = false
    return nil
  }

  mutating func read(_ paths: [String]) {
    let (release, output) = (wizard.workspace.form.release, wizard.openingOutput)
    let reading = BackgroundTask {
      OpenResult(paths.flatMap(FileOpener.contents(ofPath:)), for: release, output: output)
    }
    self.reading = reading
    isStarting = false
    if let opened = reading.value(within: Self.glance) { _ = take(opened) }
  }

  mutating func notify(_ text: String) { _ = handle(.notified(text)) }

  mutating func end(_ leaving: ExitRequest, _ cause: EndCause?) -> Int32 {
    trace?.write(knowing: wizard.workspace.credentials)
    // First of all: giving the terminal back may take its time where it is gone.
    if leaving.keepsDraft { sync() } else { draft.remove() }
    asking?.end()
    claim.release()
    terminal.close()
    var status = leaving.status
    if let name = draft.name, leaving.keepsDraft, !hasFailed {
      Streams.printMessage(
        "draft kept; resume it with: \(AIGWWizard.name) recover \(Shell.quoted(name))")
    } else if leaving.keepsDraft {
      Streams.printMessage("aigw-wizard: the draft could not be kept")
      status = Exit.unreadable
    }
    if let folder, !leaving.lines.isEmpty { Streams.printMessage("in \(folder):") }
    // Last, because its reader may be gone.
    if let printed = files.printed {
      // ^C leaves a reader that stands still.
      signal(SIGINT, SIG_DFL)
      for line in leaving.lines { Streams.printMessage(line) }
      if !Streams.write(printed, to: STDOUT_FILENO) { status = Exit.unreadable }
    } else {
      for line in leaving.lines { Streams.print(line) }
    }
    if case .signal(let number)? = cause {
      signal(number, SIG_DFL)
      raise(number)
    }
    return status
  }

  /// Shows a text in the shell's own screen until Enter or ^C.
  func show(_ text: String) {
    terminal.leave()
    terminal.awaitEnter {
      Streams.print(text)
      Streams.printMessage("Enter goes back to the wizard")
    }
    terminal.reenter()
  }

  /// A text as the user's editor leaves it.
  func edit(_ text: String) throws(Failure) -> String {
    let editor = try Editor()
    terminal.leave()
    defer { terminal.reenter() }
    return try editor.edit(text)
  }
}
