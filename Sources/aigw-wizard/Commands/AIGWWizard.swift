import ArgumentParser
import Schemas
import Wizard

/// A command that ends with an exit status of its own.
protocol Subcommand: ParsableCommand {
  /// The values of its `--format`; empty if it has no such option.
  static var formats: [String] { get }
  func perform() throws(Failure) -> Int32
}

extension Subcommand {
  static var formats: [String] { [] }
  static var name: String { configuration.commandName ?? "" }
}

extension CommandConfiguration {
  /// A command below `aigw-wizard`.
  static func command(
    _ name: String, _ usage: String, _ abstract: String, exit status: String = ""
  ) -> CommandConfiguration {
    CommandConfiguration(
      commandName: name, _superCommandName: AIGWWizard.name, abstract: abstract,
      usage: [AIGWWizard.name, name, usage].filter { !$0.isEmpty }.joined(separator: " "),
      discussion: status.isEmpty ? "" : "Exit status: \(status).", version: AIGWWizard.version)
  }
}

/// `aigw-wizard`: the wizard itself, and the commands below it.
struct AIGWWizard: Subcommand {
  /// The name it was called by: kubectl finds its plugins by their file names.
  static let name =
    Program.callName == "kubectl-aigw_wizard" ? "kubectl aigw-wizard" : "aigw-wizard"
  static let version = "aigw-wizard \(Program.version)"

  static let commands: [any Subcommand.Type] = [
    Render.self, Check.self, GeneratedObjects.self, Simulate.self, Test.self, Diff.self,
    Open.self, Status.self, Explain.self, Recover.self, SchemaCommand.self, ConfigCommand.self,
    VersionCommand.self,
  ]

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Writes the manifests of an Envoy AI Gateway route, step by step.",
    usage: """
      \(name) [<options>] [<file> ...]
      \(name) <subcommand> [<options>]
      """,
    discussion: """
      Without a subcommand it starts the interactive wizard. Existing files and folders are \
      opened for editing; - reads standard input. A path that does not exist yet, such as \
      ./route or route.yaml, is where the new route will be saved.

      Exit status: 0 done, 1 something could not be read or written, 2 wrong usage or no \
      terminal, 3 errors in the manifests, 4 --check, test or diff found differences or status \
      a problem, 130 left with unsaved work.

      Completion: aigw-wizard --generate-completion-script bash (or zsh, fish).
      """,
    version: version,
    subcommands: commands.map { $0 as any ParsableCommand.Type })

  // Hidden, because the library's completion scripts offer no commands beside files.
  @Argument(
    help: ArgumentHelp(
      "Files or folders to edit; - reads standard input.", valueName: "file", visibility: .hidden))
  var files: [String] = []
  @OptionGroup var start: StartOptions
  @OptionGroup var target: TargetOption
  @OptionGroup var screen: ScreenOptions
  @OptionGroup var release: ReleaseOption
  @OptionGroup(title: "The cluster") var cluster: ClusterOptions
  @Flag(help: "Print all actions with their keys.")
  var printKeys = false
  @Flag(help: "Print the effective configuration as a config.yaml.")
  var printConfig = false

  /// A name of no file is that of a new one.
  private var isNew: Bool {
    files.count == 1 && target.output == nil && files[0] != "-" && !Files.exists(files[0])
  }

  /// The files to edit.
  var opened: [String] { isNew ? [] : files }

  /// Where the manifests will be saved; nil where that follows from the route's name.
  var place: String? { isNew ? files[0] : target.output }

  /// Whether nothing says what to start from, so that the first screen asks.
  var startsEmpty: Bool { opened.isEmpty && start.isEmpty }

  func validate() throws {
    try Self.checkInput(files)
    if screen.linear, files.contains("-") {
      throw ValidationError("--linear reads answers from stdin; it cannot be a file as well")
    }
    if let file = opened.first, let option = start.given {
      throw ValidationError("\(option) starts a new route; \(file) is opened without it")
    }
  }

  /// The error for a first word that names neither a command nor a file; nil if it may be a file.
  /// A misspelt command must not be taken for a new file: write `./rendr` for that.
  static func unknownCommandMessage(_ word: String) -> String? {
    let isPath = word == "-" || word.contains { $0 == "." || $0 == "/" }
    guard !isPath, !Files.exists(word) else { return nil }
    let names = commands.map { $0.name } + ["help"]
    guard !names.contains(word) else { return "the command goes first: \(name) \(word) ..." }
    let near =
      commandsElsewhere[word]
      ?? NearestWord.match(for: word, among: names).map { "did you mean \($0)?" }
    return "unknown command: \(word); \(near ?? "there are \(names.joined(separator: ", "))") "
      + "(a file of that name is ./\(word))"
  }

  /// What other programs call a command, and where it is here.
  private static let commandsElsewhere = [
    "validate": "did you mean check?", "lint": "did you mean check?",
    "verify": "did you mean check?", "fix": "did you mean check --fix?",
    "completion": "did you mean --generate-completion-script bash?",
    "apply": "applying is kubectl's: kubectl apply -f FILE",
  ]

  func perform() throws(Failure) -> Int32 {
    if printKeys {
      Streams.print(try Config().keymap.listing)
      return Exit.done
    }
    if printConfig { return try ConfigCommand().perform() }
    if let message = files.first.flatMap(Self.unknownCommandMessage) {
      throw Failure(status: Exit.usage, message: message)
    }
    return screen.asksInLines ? LinearSession.run(self) : Session.run(self)
  }

  /// The command that some words name first; nil for the wizard itself.
  static func command(named word: String?) -> (any Subcommand.Type)? {
    commands.first { $0.name == word }
  }
}

extension Keymap {
  /// Every action with its keys, one a line.
  fileprivate var listing: String {
    Command.allCases.map { command in
      let keys = routes(to: command).joined(separator: ", ")
      return "\(command.rawValue.padded(to: 20))\(keys.padded(to: 30))\(command.summary)"
    }.joined(separator: "\n")
  }
}

extension String {
  /// The text with blanks behind it, at least one.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(1, width - utf8.count))
  }
}
