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

/// How a command that reports prints.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json

  static var names: [String] { allCases.map(\.rawValue) }
}

/// How `check` prints.
enum CheckFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json, sarif, github

  static var names: [String] { allCases.map(\.rawValue) }
}

/// How a command that makes objects prints them.
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
        : "\(name) needs files: \(AIGWWizard.name) \(name) <file> ...")
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

/// The release that manifests are written for or judged by.
struct ReleaseOption: ParsableArguments {
  @Option(
    name: .customLong("for"),
    help: ArgumentHelp(
      "The release of AI Gateway; \(Release.current.rawValue) unless the configuration names one.",
      valueName: "release"))
  var chosen: Release?

  /// The release, as the configuration names it where the command line does not.
  func resolved() -> Release { chosen ?? Config.chosenRelease() }
}

/// How the wizard uses its terminal.
struct ScreenOptions: ParsableArguments {
  @Flag(help: "Ask in lines, without a screen; also through a pipe.")
  var linear = false
  @Option(help: ArgumentHelp("Colours; auto honours NO_COLOR.", valueName: "when"))
  var color: TerminalOptions.Color?
  @Flag(help: "Draw no lines beyond ASCII.")
  var ascii = false
  @Flag(help: "Leave the mouse to the terminal.")
  var noMouse = false
  @Option(
    help: ArgumentHelp(
      "Write every key and event to a file that a test can replay.", valueName: "file"),
    completion: .file())
  var trace: String?

  /// Whether to do without a screen: as asked, or because the terminal or the user has no use for
  /// one.
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
      "Start from a worked example; an unambiguous part of its name is enough.",
      valueName: "name"))
  var recipe: Recipe?
  @Option(
    help: ArgumentHelp("Start from an answers file (YAML, version: 1).", valueName: "file"),
    completion: .manifests)
  var answers: String?
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Set a field by its path in the manifest; nothing after = unsets it. Repeatable.",
      valueName: "path=value"))
  var settings: [String] = []
  @Option(
    name: .customLong("provider"),
    help: ArgumentHelp(
      "Describe a backend of the route by a preset (explain providers). Repeatable.",
      valueName: "name=preset,key=value,..."))
  var providers: [String] = []
  @Option(
    help: ArgumentHelp(
      "Write the Gateway and its class; keys are class, http, https and from.",
      valueName: "name,key=value,..."))
  var withGateway: String?
  @Option(
    help: ArgumentHelp("Version of the AIGatewayRoute; v1alpha1 by default.", valueName: "version"))
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

  /// Whether nothing says what to start from but, perhaps, a version.
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
        form = try Answers.form(from: bytes, recipe: recipe)
      } catch {
        throw Failure(
          status: Exit.invalid, message: "\(answers):\(error.line ?? 1): \(error.message)")
      }
    }
    do {
      if let apiVersion {
        try Answers.apply(
          "route.apiVersion=aigateway.envoyproxy.io/\(apiVersion.rawValue)", to: &form)
      }
      for provider in providers { try Answers.describe(provider, in: &form) }
      if let withGateway { try Answers.writeGateway(withGateway, in: &form) }
      for setting in settings { try Answers.apply(setting, to: &form) }
    } catch {
      throw Failure(status: Exit.usage, message: error.message)
    }
    return form
  }
}
