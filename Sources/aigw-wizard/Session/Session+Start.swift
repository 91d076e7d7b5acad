import Cluster
import RouteForm
import Terminal
import Wizard

/// How a session begins.
extension Session {
  /// `given` is opened instead of files that the command names.
  static func run(_ command: AIGWWizard, given: [FileContent] = []) -> Int32 {
    do throws(Failure) {
      let config = try Config()
      let screen = command.screen
      let paths = given.isEmpty ? command.opened : given.map(\.path)
      var form = paths.isEmpty ? try command.start.form() : Recipe.blank.form
      form.release = command.release.chosen ?? config.release
      let output = Output(path: command.place)
      let reading =
        paths.isEmpty
        ? nil : try FileOpener.read(paths, given: given, for: form.release, output: output)
      // Hardly any files take longer; the others are read while the first frame is looked at.
      let opened = reading?.value(within: glance)
      if let opened, !opened.errors.isEmpty { throw FileOpener.failure(opened.errors) }
      let trace = try screen.trace.map { path throws(Failure) in try Trace(path) }
      let terminal = try terminal(screen, config, instead: "\(AIGWWizard.name) render --help")
      var start = Wizard.Start(
        form: form, asks: command.startsEmpty && given.isEmpty || reading != nil && opened == nil,
        output: output, size: terminal.size)
      start.hasMouse = !screen.noMouse && config.hasMouse
      start.keymap = config.keymap
      start.opened = opened?.files ?? []
      if opened == nil { start.reading = paths }
      if let output = command.place, !output.hasSuffix("/"), output != OutputFiles.standardOutput {
        start.files = [Files.read(output)]
      }
      if command.startsEmpty, given.isEmpty {
        start.drafts = Drafts.all().filter { $0.owner == nil }.prefix(3).map { draft in
          Drafts.note(of: draft)
        }
      }
      var session = Session(
        wizard: Wizard(start, opened: opened), terminal: terminal, trace: trace,
        journal: SessionJournal(start, program: Program.version))
      if opened == nil { session.reading = reading }
      session.isStarting = opened == nil && reading != nil
      session.cluster = command.cluster.target
      session.protected = config.protected
      if command.cluster.isAsked { _ = session.handle(.connecting) }
      session.show()
      session.meetOthers(atStart: true)
      return session.loop()
    } catch {
      Streams.printMessage("aigw-wizard: \(error.message)")
      return error.status
    }
  }

  /// The wizard again, where a draft left off.
  static func run(_ screen: ScreenOptions, recovering name: String) throws(Failure) -> Int32 {
    let config = try Config()
    let taken = try Recover.take(name)
    let trace = try screen.trace.map { path throws(Failure) in try Trace(path) }
    let terminal = try terminal(
      screen, config, instead: "\(AIGWWizard.name) recover --print \(name)")
    var session = Session(
      wizard: taken.recovery.wizard, terminal: terminal,
      trace: trace, journal: taken.recovery.journal)
    session.protected = config.protected
    session.take(taken, hasMouse: !screen.noMouse && config.hasMouse)
    session.meetOthers(atStart: false)
    session.show()
    return session.loop()
  }

  static func terminal(
    _ screen: ScreenOptions, _ config: Config, instead: String
  ) throws(Failure) -> Terminal {
    guard Environment["AIGW_WIZARD_NON_INTERACTIVE"] != "1" else {
      throw Failure(
        status: Exit.usage,
        message: "AIGW_WIZARD_NON_INTERACTIVE is set; use: \(instead)")
    }
    do throws(TerminalError) {
      return try Terminal(
        TerminalOptions(
          color: screen.color ?? config.color, ascii: screen.ascii || config.isASCII,
          mouse: !screen.noMouse && config.hasMouse, theme: config.theme))
    } catch {
      throw Failure(
        status: Exit.usage, message: "\(error.description); without a terminal use: \(instead)")
    }
  }
}
