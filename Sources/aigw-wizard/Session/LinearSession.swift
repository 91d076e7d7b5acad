import Cluster
import Glibc
import Linear
import RouteForm
import Schemas
import Screen
import Terminal
import Wizard

/// The wizard as questions and answers: reads lines, hands them over, does what comes out, prints.
struct LinearSession {
  private var wizard: Wizard
  private var journal: SessionJournal
  private var draft = Draft()
  private var claim = FileClaim()
  private var conversation: Conversation
  private var input: LineInput
  private let output: Int32
  /// What is for stdout is printed once the conversation is over.
  private var files = OutputFiles()
  /// Which cluster is asked where nothing else is said.
  private var cluster = Kubectl.Target()
  private var clusterAge = ClusterAge()
  /// Whether it came to saving: then all that was accepted is kept, too, as long as it is unwritten.
  private var hasTriedToSave = false
  /// Whether the cluster is read before the first question.
  private var startsWithCluster = false

  static func run(_ command: AIGWWizard) -> Int32 {
    do throws(Failure) {
      try checkInteraction(instead: "aigw-wizard render --help")
      let output = command.place == OutputFiles.standardOutput ? STDERR_FILENO : STDOUT_FILENO
      var input = LineInput(echo: output)
      var form = command.opened.isEmpty ? try command.start.form() : Recipe.blank.form
      if command.startsEmpty {
        switch begin(&input, output) {
        case .recipe(let recipe)?: form = recipe.form
        case .draft(let name)?: return try run(recovering: name, input, output)
        case nil: return Exit.unsaved
        }
      }
      form.release = command.release.resolved()
      var session = try session(command, form, input, output)
      session.cluster = command.cluster.target
      session.startsWithCluster = command.cluster.isAsked
      return session.run()
    } catch {
      Streams.printMessage("aigw-wizard: \(error.message)")
      return error.status
    }
  }

  /// The wizard again, where a draft left off.
  static func run(recovering name: String) throws(Failure) -> Int32 {
    try checkInteraction(instead: "aigw-wizard recover --print \(name)")
    return try run(recovering: name, LineInput(echo: STDOUT_FILENO), STDOUT_FILENO)
  }

  private static func run(
    recovering name: String, _ input: LineInput, _ output: Int32
  ) throws(Failure) -> Int32 {
    let taken = try Recover.take(name)
    var session = LinearSession(
      wizard: taken.recovery.wizard, journal: taken.recovery.journal, input: input, output: output)
    session.draft = taken.draft
    session.handle(.recovered(size, hasMouse: false))
    let folder = taken.recovery.head.folder
    if folder != Files.workingFolder {
      session.say([
        chdir(folder) == 0
          ? "Draft resumed in \(folder)." : "\(folder) is gone: files are written here."
      ])
    }
    return session.run()
  }

  private static func checkInteraction(instead: String) throws(Failure) {
    guard Environment["AIGW_WIZARD_NON_INTERACTIVE"] == "1" else { return }
    throw Failure(
      status: Exit.usage, message: "AIGW_WIZARD_NON_INTERACTIVE is set; use: \(instead)")
  }

  /// Asks what to start from; nil at the end of the input.
  private static func begin(_ input: inout LineInput, _ output: Int32) -> Beginning.Choice? {
    let drafts = Drafts.all().filter { $0.owner == nil }.prefix(3).map(Drafts.note)
    let beginning = Beginning(drafts: Array(drafts))
    say(beginning.lines, to: output)
    while true {
      guard let answer = input.line(asking: beginning.prompt) else { return nil }
      if answer == ":quit" { return nil }
      if let choice = beginning.choice(answer) { return choice }
      say(["Wrong: use a number or a name of the list."], to: output)
    }
  }

  private static func session(
    _ command: AIGWWizard, _ form: FormState, _ input: LineInput, _ output: Int32
  ) throws(Failure) -> LinearSession {
    let place = Output(path: command.place)
    var start = Wizard.Start(form: form, asks: false, output: place, size: size)
    var opened: OpenResult?
    if !command.opened.isEmpty {
      let contents = command.opened.flatMap(FileOpener.contents(ofPath:))
      let files = OpenResult(contents, for: form.release, output: place)
      guard files.errors.isEmpty else { throw FileOpener.failure(files.errors) }
      start.opened = files.files
      opened = files
    }
    if let path = command.place, !path.hasSuffix("/"), path != OutputFiles.standardOutput {
      start.files = [Files.read(path)]
    }
    return LinearSession(
      wizard: Wizard(start, opened: opened),
      journal: SessionJournal(start, program: Program.version), input: input, output: output)
  }

  private init(wizard: Wizard, journal: SessionJournal, input: LineInput, output: Int32) {
    self.wizard = wizard
    self.journal = journal
    self.input = input
    self.output = output
    conversation = Conversation(atReview: false)
  }

  /// Nothing is drawn; a draft that is taken up on a screen gets that one's size.
  private static let size = Size(rows: 24, columns: 80)

  // MARK: Conversation

  private mutating func run() -> Int32 {
    handle(.requested(.close))
    meetOthers()
    if startsWithCluster {
      handle(.connecting)
      if let text = wizard.messageText { say([text]) }
    }
    while true {
      settle()
      let (turn, prompt) = conversation.next(wizard)
      say(turn.lines)
      if let ending = turn.ending { return end(ending) }
      if !turn.requests.isEmpty {
        carryOut(turn.requests)
        continue
      }
      guard let line = input.line(asking: Credential.masked(prompt)) else { return end(.left) }
      if clusterAge.isOver(at: Clock.milliseconds) { handle(.clusterAged) }
      let answer = conversation.answer(line, wizard)
      say(answer.lines)
      carryOut(answer.requests)
      keep()
      if let ending = answer.ending { return end(ending) }
    }
  }

  /// Runs the linter after answers; says so if it takes longer than a second.
  private mutating func settle() {
    guard !wizard.isSettled else { return }
    journal.noteSettled()
    guard wizard.workspace.isLarge else {
      _ = wizard.settle()
      return
    }
    let work = BackgroundTask { [wizard] in
      var after = wizard
      _ = after.settle()
      return after
    }
    var after = work.value(within: 1000)
    if after == nil {
      say(["Checking: the files are large, this takes a while."])
      after = work.value(within: -1)
    }
    if let after { wizard = after }
  }

  private func say(_ lines: [String]) { Self.say(lines, to: output) }

  private static func say(_ lines: [String], to output: Int32) {
    guard !lines.isEmpty else { return }
    let text = Credential.masked(lines.joined(separator: "\n"))
    Streams.write(Array((Streams.shown(text) + "\n").utf8), to: output)
  }

  private mutating func meetOthers() {
    if let other = claim.follow(wizard.workspace.claims) {
      say(["Process \(other.process) also has \(other.path) open; each keeps its own draft."])
    } else if draft.name == nil,
      wizard.workspace.output.path != nil || !wizard.workspace.files.isEmpty,
      let found = Drafts.leftBehind(of: wizard.workspace.claims, but: nil)
    {
      say([
        "A draft of this file was left behind, \(Drafts.note(of: found).description). "
          + "To go on with it: aigw-wizard recover \(Shell.quoted(found.name)) --linear"
      ])
    }
  }

  // MARK: What is done

  private mutating func carryOut(_ requests: [LinearRequest]) {
    for request in requests {
      handle(.requested(request))
      // What needs the verdict on what was done just before.
      if wizard.isPostponing {
        settle()
        handle(.lintFinished)
      }
    }
  }

  private mutating func handle(_ event: Event) {
    clusterAge.note(event, at: Clock.milliseconds)
    journal.note(event)
    for effect in wizard.handle(event) {
      switch effect {
      case .read(let paths, .open):
        let contents = paths.flatMap(FileOpener.contents(ofPath:))
        handle(
          .opened(
            OpenResult(
              contents, for: wizard.workspace.form.release, output: wizard.openingOutput)))
      case .read(let paths, let purpose):
        if purpose == .save { hasTriedToSave = true }
        handle(.read(paths.map(files.read), purpose))
      case .write(let files):
        keep()
        handle(.wrote(self.files.write(files)))
      // A session without a screen requests nothing that leads to these.
      case .list, .quit, .suspend, .redraw, .mouse, .copy, .show, .editText, .recover: break
      case .askCluster(let question): ask(question)
      }
    }
  }

  /// Waits for a cluster's answer; ^C cancels.
  private mutating func ask(_ question: Effect.ClusterQuestion) {
    if !question.isAgain { say(["Asking the cluster; Control-C cancels."]) }
    let errand = ClusterRequest(question, of: cluster, beside: wizard)
    while true {
      if let answer = errand.answer(within: 50) {
        if let preparation = answer.preparation { wizard.use(preparation) }
        handle(answer.event)
        return
      }
      if input.isInterrupted { errand.giveUp() }
    }
  }

  // MARK: The draft

  /// Has the disk take all that was answered, before the next question.
  private mutating func keep(always: Bool = false) {
    guard wizard.workspace.isDirty || always else {
      draft.remove()
      return
    }
    do throws(Failure) {
      draft.look()
      draft.rename(after: wizard.workspace.title)
      journal.noteEdits(wizard.workspace.history.position.done)
      _ = journal.redact(knowing: wizard.workspace.credentials)
      try draft.keep(journal, for: wizard.workspace.title)
      try draft.sync()
    } catch {
      say(["The draft cannot be kept: \(error.message)"])
    }
  }

  private mutating func end(_ ending: Conversation.Ending) -> Int32 {
    let isUnwritten = wizard.workspace.saved == nil && wizard.workspace.files.isEmpty
    let leaving = wizard.ending(keepingDraft: ending != .done)
    let keeps = ending != .done && (leaving.keepsDraft || isUnwritten && hasTriedToSave)
    if keeps {
      journal.noteCheckpoint(wizard.workspace.draftFiles)
      keep(always: true)
    } else {
      draft.remove()
    }
    claim.release()
    if keeps, let name = draft.name {
      Streams.printMessage(
        "draft kept; resume it with: aigw-wizard recover \(Shell.quoted(name)) --linear")
    }
    say(leaving.lines)
    if let printed = files.printed, !Streams.write(printed, to: STDOUT_FILENO) {
      return Exit.unreadable
    }
    return switch ending {
    case .done: Exit.done
    case .invalid: Exit.invalid
    case .left: Exit.unsaved
    }
  }
}
