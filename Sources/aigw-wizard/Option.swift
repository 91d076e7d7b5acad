import Kinds
import Lint
import RouteForm

/// The ways to run the program.
enum Subcommand: String, CaseIterable {
  case wizard = "aigw-wizard"
  case render
  case diff
  case generated
  case simulate
  case test
  case recover
  case check
  case explain
  case help
  case version

  /// What follows the program's name.
  var usage: String {
    switch self {
    case .wizard: "[OPTION]... [FILE|FOLDER/|-]..."
    case .render: "render [OPTION]..."
    case .diff: "diff OLD NEW"
    case .generated: "generated [OPTION]... FILE...|-"
    case .simulate: "simulate [OPTION]... FILE...|-"
    case .test: "test [OPTION]... FILE..."
    case .recover: "recover [OPTION]... [NAME|NUMBER]"
    case .check: "check [OPTION]... FILE|FOLDER/|-..."
    case .explain: "explain [RULE|PATH]"
    case .help: "help [COMMAND]"
    case .version: "version"
    }
  }

  /// Whether it takes words that are no options.
  var takesWords: Bool {
    switch self {
    case .render, .version: false
    case .wizard, .check, .explain, .diff, .generated, .simulate, .test, .recover, .help: true
    }
  }

  /// The ways in which it can print; none for one that has a single way.
  var formats: [Arguments.Format] {
    switch self {
    case .generated: [.yaml, .json]
    case .check, .simulate, .test: [.text, .json]
    case .wizard, .render, .diff, .recover, .explain, .help, .version: []
    }
  }

  /// The names of all commands.
  static var names: [String] { allCases.filter { $0 != .wizard }.map(\.rawValue) }

  var summary: String {
    switch self {
    case .wizard: "Writes the manifests of an Envoy AI Gateway route, step by step."
    case .render: "Writes the same manifests without a terminal."
    case .diff: "Tells what changed from one file to another, in words and line by line."
    case .generated: "Prints what the controller makes of each AIGatewayRoute."
    case .simulate: "Tells which rule and which backends take a request, and why."
    case .test: "Runs the requests saved beside a route; exit 4 if an answer differs."
    case .recover: "Lists the drafts that were left behind, or opens one."
    case .check: "Tells what the API server, the controllers and experience say to manifests."
    case .explain: "Explains a rule or a field; alone it lists the rules and objects."
    case .help: "Tells how to use the program, or one of its commands."
    case .version: "Prints the version."
    }
  }
}

/// Every option of the command line: one table for parsing, help and completion.
enum Option: String, CaseIterable {
  case recipe = "--recipe"
  case answers = "--answers"
  case set = "--set"
  case output = "-o"
  case apiVersion = "--api-version"
  case color = "--color"
  case ascii = "--ascii"
  case noMouse = "--no-mouse"
  case trace = "--trace"
  case force = "--force"
  case check = "--check"
  case kustomization = "--kustomization"
  case format = "--format"
  case stored = "--stored"
  case model = "--model"
  case header = "--header"
  case host = "--host"
  case listener = "--listener"
  case path = "--path"
  case method = "--method"
  case size = "--size"
  case gateway = "--gateway"
  case down = "--down"
  case models = "--models"
  case printing = "--print"
  case delete = "--delete"
  case all = "--all"
  case only = "--only"
  case skip = "--skip"
  case severity = "--severity"
  case with = "--with"
  case fix = "--fix"
  case exitZero = "--exit-zero"
  case release = "--for"
  case printKeys = "--print-keys"
  case printConfig = "--print-config"
  case completion = "--generate-completion-script"
  case help = "--help"
  case version = "--version"

  /// The option of a word, long or short.
  static func named(_ word: String) -> Option? {
    switch word {
    case "-h": .help
    case "--output": .output
    default: Option(rawValue: word)
    }
  }

  /// What stands for its value in a command; nil for an option without one.
  func placeholder(in subcommand: Subcommand) -> String? {
    self == .format ? subcommand.formats.map(\.rawValue).joined(separator: "|") : placeholder
  }

  /// What stands for its value in any command; nil for an option without one.
  var placeholder: String? {
    switch self {
    case .recipe: "NAME"
    case .answers, .trace: "FILE"
    case .set: "PATH=VALUE"
    case .output: "PATH"
    case .apiVersion: "v1alpha1|v1beta1"
    case .color: "auto|always|never"
    case .completion: "bash|zsh|fish"
    case .format: Arguments.Format.allCases.map(\.rawValue).joined(separator: "|")
    case .model: "MODEL"
    case .header: "'NAME: VALUE'"
    case .host: "HOST"
    case .listener: "NAME"
    case .path, .with: "PATH"
    case .method: "METHOD"
    case .size: "BYTES"
    case .gateway, .down: "[NAMESPACE/]NAME"
    case .only, .skip: "RULE,..."
    case .severity: Finding.Severity.allCases.map(\.rawValue).joined(separator: "|")
    case .release: Release.allCases.map(\.rawValue).joined(separator: "|")
    case .fix, .exitZero, .ascii, .noMouse, .force, .check, .kustomization, .stored, .models,
      .printing,
      .delete,
      .all, .printKeys, .printConfig, .help, .version:
      nil
    }
  }

  var subcommands: [Subcommand] {
    switch self {
    case .help: Subcommand.allCases
    case .recipe, .answers, .set, .apiVersion: [.wizard, .render]
    case .output: [.wizard, .render, .check]
    case .color: [.wizard, .check, .recover]
    case .format: Subcommand.allCases.filter { !$0.formats.isEmpty }
    case .only, .skip, .severity, .with, .fix, .exitZero: [.check]
    case .release: [.wizard, .render, .check, .generated, .simulate, .test]
    case .stored: [.generated]
    case .model, .header, .host, .listener, .path, .method, .size, .gateway, .down, .models:
      [.simulate]
    case .ascii, .noMouse, .trace: [.wizard, .recover]
    case .printing, .delete, .all: [.recover]
    case .printKeys, .printConfig, .completion, .version: [.wizard]
    case .force, .check, .kustomization: [.render]
    }
  }

  var summary: String {
    switch self {
    case .recipe: "start from a worked example: \(Option.list(Recipe.allCases))"
    case .answers: "start from an answers file (YAML, version: 1)"
    case .set: "set a field by its path in the manifest; nothing after = unsets; repeatable"
    case .output:
      "the file to write, - for stdout, or a folder ending in / for one file per object; for check "
        + "only - with --fix: print the changes, write nothing"
    case .apiVersion: "version of the AIGatewayRoute; v1alpha1 by default"
    case .color: "colours; auto honours NO_COLOR"
    case .ascii: "no line drawing characters"
    case .noMouse: "leave the mouse to the terminal"
    case .trace: "write every key and event to a file, to be replayed in a test"
    case .force: "write although there are errors"
    case .check: "write nothing; exit 4 if the files differ from what would be written"
    case .kustomization: "also write a kustomization.yaml (with -o FOLDER/)"
    case .format: "how to print"
    case .stored: "as the objects read back, with the API server's defaults"
    case .model: "the model that the request's body names"
    case .header: "a header of the request; repeatable"
    case .host: "the host of the request"
    case .listener: "the listener that takes the request; by default the port and the host choose"
    case .path: "the path of the request; /v1/chat/completions by default"
    case .method: "the method of the request; POST by default"
    case .size: "how large the body is, such as 40000 or 1Mi"
    case .down: "a backend that is taken to be down; repeatable"
    case .gateway: "the Gateway, where the routes hang on several"
    case .models: "list what /v1/models answers"
    case .printing: "print the manifests of the draft, texts that are not valid included"
    case .delete: "delete the draft"
    case .all: "with --delete: every draft that no wizard has open"
    case .only: "tell only these rules; repeatable"
    case .skip: "do not tell these rules; repeatable"
    case .severity: "tell only what is at least as grave; info by default"
    case .with: "a file or folder that informs, and of which nothing is told; repeatable"
    case .fix: "make the fixes of what is told in the files, as far as none brings an error"
    case .exitZero: "exit 0 whatever is found; 1 still means that something could not be read"
    case .release: "for this release of AI Gateway; 1.1 by default"
    case .printKeys: "print the keys and the names of all commands"
    case .printConfig: "print the configuration in force, as a config.toml"
    case .completion: "print a completion script"
    case .help: "print this help"
    case .version: "print the version"
    }
  }

  static func list(_ recipes: [Recipe]) -> String {
    recipes.map(\.rawValue).joined(separator: ", ")
  }

  /// A correction for an option that a command does not have, with the value that stands behind it.
  static func hint(for word: String, _ value: String?, in subcommand: Subcommand) -> String {
    // Other programs say `--json`, or `-o json`.
    let wanted =
      named(word) == .output ? value : word.hasPrefix("--") ? "\(word.dropFirst(2))" : nil
    if let format = subcommand.formats.first(where: { $0.rawValue == wanted }) {
      return "; did you mean --format \(format.rawValue)?"
    }
    if let option = named(word) {
      if option.subcommands.contains(subcommand) { return "" }
      let others = option.subcommands.map { $0 == .wizard ? "the wizard" : $0.rawValue }
      return "; it is for \(others.joined(separator: ", "))"
    }
    let names = allCases.filter { $0.subcommands.contains(subcommand) }.map(\.rawValue)
    return Closest.match(for: word, among: names).map { "; did you mean \($0)?" } ?? ""
  }
}
