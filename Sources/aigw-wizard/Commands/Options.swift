import ArgumentParser
import Terminal
import Schemas
import Lint
import RouteForm

extension CompletionKind {
  /// YAML files.
  static let manifests = CompletionKind.file(extensions: ["yaml", "yml"])
}

extension Recipe: ExpressibleByArgument {
  package init?(argument: String) { self.init(named: argument) }
}

extension Release: ExpressibleByArgument {}
extension TerminalOptions.Color: ExpressibleByArgument {}
extension Finding.Severity: ExpressibleByArgument {}

/// The values of `--format` of a command that prints a report.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json

  static var names: [String] { allCases.map(\.rawValue) }
}

/// The values of `check --format`.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, sarif, github

  static var names: [String] { allCases.map(\.rawValue) }
}

/// The values of `--format` of a command that prints objects.
enum ObjectFormat: String, CaseIterable, ExpressibleByArgument {
  case yaml, json

  static var names: [String] { allCases.map(\.rawValue) }
}

/// A version of the AIGatewayRoute.
enum RouteVersion: String, CaseIterable, ExpressibleByArgument {
  case v1alpha1, v1beta1
}

extension Subcommand {
  /// Checks that there are files, as most commands need them.
  static func checkFiles(_ files: [String], readsInput: Bool = true) throws {
    guard files.isEmpty else { return try checkInput(files) }
    throw ValidationError(
      readsInput && Streams.hasPipedInput
        ? "\(name) needs files; for what is piped to it: \(AIGWWizard.name) \(name) -"
        : "\(name) needs files: \(AIGWWizard.name) \(name) <file>")
  }

  /// Checks that a word can be the name of a route in a cluster.
  static func checkRoute(_ word: String) throws {
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    if [".yaml", ".yml", ".json"].contains(where: word.hasSuffix), Files.exists(word) {
      throw ValidationError(
        "\(word) is a file, and \(name) asks the cluster; for the file: \(AIGWWizard.name) \(word)")
    }
    guard parts.count <= 2, !parts.contains(where: \.isEmpty) else {
      throw ValidationError("\(word.quoted) is no name of a route; write [namespace/]name")
    }
  }

  static func checkInput(_ files: [String]) throws {
    guard files.count(where: { $0 == "-" }) < 2 else {
      throw ValidationError("stdin can be read only once; give - once")
    }
  }
}

/// Where manifests go.
struct TargetOption: ParsableArguments {
  @Option(
    name: [.customShort("o", allowingJoined: true), .customLong("output")],
    help: ArgumentHelp(
      "The file to write, - for stdout, or a folder ending in / for one file per object.",
      valueName: "path"), completion: .file())
  var output: String?
}

/// The release that manifests are written for and checked by.
struct ReleaseOption: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "The AI Gateway release to target; \(Release.current.rawValue) unless config.yaml names one.",
      valueName: "release"))
  var chosen: Release?

  /// The release, as the configuration names it where the command line does not.
  func resolved() -> Release { chosen ?? Config.chosenRelease() }
}

/// How the wizard uses its terminal.
struct ScreenOptions: ParsableArguments {
  @Flag(help: "Ask line by line instead of drawing a screen; works through a pipe, too.")
  var linear = false
  @Option(help: ArgumentHelp("When to use colours; auto honours NO_COLOR.", valueName: "when"))
  var color: TerminalOptions.Color?
  @Flag(help: "Draw lines with ASCII characters only.")
  var ascii = false
  @Flag(help: "Leave mouse handling to the terminal.")
  var noMouse = false
  @Option(
    help: ArgumentHelp(
      "Record every key and event in a file that a test can replay.", valueName: "file"),
    completion: .file())
  var trace: String?

  /// Whether to run in linear mode: by `--linear`, because the terminal cannot move its cursor, or
  /// because `ACCESSIBLE` is set.
  var asksInLines: Bool { linear || Terminal.prefersLines }

  func validate() throws {
    if linear, trace != nil {
      throw ValidationError("--trace records the keys of the screen; --linear has none")
    }
  }
}

/// What a new route starts from.
struct StartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Start from a recipe; an unambiguous part of its name is enough.",
      valueName: "name"))
  var recipe: Recipe?
  @Option(
    help: ArgumentHelp("Start from an answers file (YAML, version: 1).", valueName: "file"),
    completion: .manifests)
  var answers: String?
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a field by its path in the manifest; an empty value unsets it. Repeatable.",
      valueName: "path=value"))
  var settings: [String] = []
  @Option(
    name: .customLong("provider"),
    help: ArgumentHelp(
      "Describe a backend by a provider preset (see: explain providers). Repeatable.",
      valueName: "name=preset,key=value,..."))
  var providers: [String] = []
  @Option(
    help: ArgumentHelp(
      "Also write the Gateway and its GatewayClass; keys: class=NAME, http=PORT, https=SECRET, "
        + "from=All or Same.",
      valueName: "name,key=value,..."))
  var withGateway: String?
  @Option(
    help: ArgumentHelp(
      "API version of the AIGatewayRoute; default: v1alpha1.", valueName: "version"))
  var apiVersion: RouteVersion?

  /// The first of these options that is given.
  var given: String? {
    if recipe != nil { return "--recipe" }
    if answers != nil { return "--answers" }
    if !settings.isEmpty { return "--set" }
    if !providers.isEmpty { return "--provider" }
    if withGateway != nil { return "--with-gateway" }
    return apiVersion == nil ? nil : "--api-version"
  }

  /// Whether no option says what to start from; `--api-version` alone does not.
  var isEmpty: Bool {
    recipe == nil && answers == nil && settings.isEmpty && providers.isEmpty && withGateway == nil
  }

  /// The form that they describe: recipe, answers, API version, providers, Gateway, settings,
  /// in that order.
  func form() throws(Failure) -> FormState {
    var form = (recipe ?? .blank).form
    if let answers {
      let bytes = try InputFile.bytes(of: answers)
      do {
        form = try AnswersFile.form(from: bytes, recipe: recipe)
      } catch {
        throw Failure(
          status: Exit.invalid, message: "\(answers):\(error.line ?? 1): \(error.message)")
      }
    }
    do {
      if let apiVersion {
        try AnswersFile.apply(
          "route.apiVersion=aigateway.envoyproxy.io/\(apiVersion.rawValue)", to: &form)
      }
      for provider in providers { try AnswersFile.describe(provider, in: &form) }
      if let withGateway { try AnswersFile.writeGateway(withGateway, in: &form) }
      for setting in settings { try AnswersFile.apply(setting, to: &form) }
    } catch {
      throw Failure(status: Exit.usage, message: error.message)
    }
    return form
  }
}
