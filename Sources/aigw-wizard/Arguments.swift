import Resources
import Curses
import Kinds
import Lint
import RouteForm
import Simulation

/// What the command line asks for.
///
/// The argument parser is our own: swift-argument-parser brings FoundationEssentials with it, and
/// with that the program starts at 2.6 times the floor and is larger than 14 MB (both measured).
struct Arguments {
  enum Request: Equatable {
    case run(Subcommand)
    case help(Subcommand)
    case version
    case printKeys
    case printConfig
    case completion(Completion.Shell)
  }

  /// What is wrong with the command line.
  struct Misuse: Error {
    let message: String
  }

  var request: Request
  var answers: String?
  var recipe: Recipe?
  var settings: [String] = []
  var output: String?
  var apiVersion: String?
  /// Nil where the configuration says it.
  var color: TerminalOptions.Color?
  var isASCII = false
  var hasMouse = true
  var trace: String?
  var isForced = false
  var isCheck = false
  var writesKustomization = false
  /// The words that are no options: files to open, compare or look at, `-` for standard input, a
  /// draft, or what to explain.
  var words: [String] = []
  /// Nil for the command's own way.
  var format: Format?
  var isStored = false
  var sent = Simulation.Request()
  var gateway: ObjectKey?
  var listsModels = false
  /// The backends that are taken to be down.
  var down: Set<String> = []
  var isPrinting = false
  var isDeleting = false
  var isAll = false
  /// The rules to tell, all where it is empty.
  var only: [String] = []
  var skip: [String] = []
  var severity = Finding.Severity.info
  /// The files and folders that inform what is said of the words.
  var others: [String] = []
  var isFixing = false
  /// Whether findings do not count for the exit status.
  var isForgiving = false
  /// Nil where the configuration says it.
  var chosenRelease: Release?
  var release: Release { chosenRelease ?? .current }

  enum Format: String, CaseIterable { case yaml, text, json }

  /// Whether nothing says what to start from, so that the first screen asks.
  var startsEmpty: Bool {
    words.isEmpty && answers == nil && recipe == nil && settings.isEmpty
  }

  /// The command that the words are for: the first of them, or the wizard.
  static func subcommand(of words: [String]) -> Subcommand {
    words.first.flatMap(Subcommand.init(rawValue:)) ?? .wizard
  }

  init(_ words: [String]) throws(Misuse) {
    let subcommand = Self.subcommand(of: words)
    request = .run(subcommand)
    var rest = words[...]
    if subcommand != .wizard { rest.removeFirst() }
    while let word = rest.popFirst() {
      if word == "--", subcommand.takesWords {
        self.words += rest
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        try take(word: word, subcommand)
        continue
      }
      try take(word, subcommand, &rest)
    }
    // `check --help` is about the options, whatever else is there.
    if request == .run(subcommand) { try checkWords(subcommand) }
    if writesKustomization, output?.hasSuffix("/") != true {
      throw Misuse(message: "--kustomization needs a folder: -o FOLDER/")
    }
  }

  private mutating func take(word: String, _ subcommand: Subcommand) throws(Misuse) {
    guard subcommand.takesWords else { throw Misuse(message: "unexpected word: \(word)") }
    // A misspelt command must not pass for a file that is not there; `./rendr` is always a file.
    if subcommand == .wizard, words.isEmpty, !word.utf8.contains(UInt8(ascii: ".")),
      !word.utf8.contains(UInt8(ascii: "/")), word != "-", !Files.exists(word)
    {
      guard Subcommand(rawValue: word) == nil else {
        throw Misuse(message: "the command goes first: aigw-wizard \(word) ...")
      }
      throw Misuse(
        message:
          "unknown command: \(word)\(Self.nearCommand(word)); a file of that name is ./\(word)"
      )
    }
    words.append(word)
  }

  private static func nearCommand(_ word: String) -> String {
    Closest.match(for: word, among: Subcommand.names).map { "; did you mean \($0)?" }
      ?? "; there are \(Subcommand.names.joined(separator: ", "))"
  }

  private mutating func checkWords(_ subcommand: Subcommand) throws(Misuse) {
    guard (words + others).count(where: { $0 == "-" }) < 2 else {
      throw Misuse(message: "stdin can be read only once; give - once")
    }
    switch subcommand {
    case .wizard: try checkOpening()
    case .recover: try checkDraft()
    case .diff:
      guard words.count == 2 else {
        throw Misuse(message: "diff compares two files: aigw-wizard \(subcommand.usage)")
      }
    case .explain:
      guard words.count < 2 else {
        throw Misuse(message: "explain takes one rule or path; \(words[1]) is one too many")
      }
    case .check, .generated, .simulate, .test:
      guard !words.isEmpty else { throw Misuse(message: Self.lacksFiles(subcommand)) }
      if subcommand == .test, words.contains("-") {
        throw Misuse(message: "test needs a file: the cases stand beside it")
      }
      if subcommand == .check { try checkFixing() }
    case .help: try checkTopic()
    case .render, .version: break
    }
  }

  private func checkFixing() throws(Misuse) {
    if let output, !isFixing {
      let hint = Option.hint(for: Option.output.rawValue, output, in: .check)
      throw Misuse(message: "-o goes with --fix\(hint)")
    }
    if let output, output != "-" {
      throw Misuse(message: "--fix writes the files it reads; -o - prints the changes instead")
    }
    if isFixing, output == nil, words.contains("-") {
      throw Misuse(message: "stdin cannot be written; --fix -o - prints the changes")
    }
  }

  private static func lacksFiles(_ subcommand: Subcommand) -> String {
    let name = subcommand.rawValue
    return subcommand != .test && Standard.hasPipedInput
      ? "\(name) needs files; for what is piped to it: aigw-wizard \(name) -"
      : "\(name) needs files: aigw-wizard \(subcommand.usage)"
  }

  private func checkTopic() throws(Misuse) {
    guard words.count < 2 else {
      throw Misuse(message: "help takes one command; \(words[1]) is one too many")
    }
    if let word = words.first, Subcommand(rawValue: word) == nil {
      throw Misuse(message: "no command \(word)\(Self.nearCommand(word))")
    }
  }

  /// What is opened is edited in the wizard: nothing else may say what to start from. A name of no
  /// file is that of a new one.
  private mutating func checkOpening() throws(Misuse) {
    guard let file = words.first else { return }
    if words.count == 1, output == nil, file != "-", !Files.exists(file) {
      output = file
      words = []
      return
    }
    let others: [(name: String, isGiven: Bool)] = [
      ("--recipe", recipe != nil), ("--answers", answers != nil), ("--set", !settings.isEmpty),
      ("--api-version", apiVersion != nil),
    ]
    if let other = others.first(where: \.isGiven) {
      throw Misuse(message: "\(other.name) starts a new route; \(file) is opened without it")
    }
  }

  private func checkDraft() throws(Misuse) {
    if words.count > 1 { throw Misuse(message: "one draft at a time: \(words[1])") }
    if isPrinting || isDeleting && !isAll, words.isEmpty {
      throw Misuse(message: "which draft? give its name or number; aigw-wizard recover lists them")
    }
    if isAll, !isDeleting || isPrinting || !words.isEmpty {
      throw Misuse(message: "--all is for recover --delete --all")
    }
  }
}

extension Arguments {
  /// Rules in a list with commas, each of which must be there.
  private static func rules(_ list: String, for option: Option) throws(Misuse) -> [String] {
    var rules: [String] = []
    for word in list.split(separator: ",") {
      let id = String(word.filter { $0 != " " })
      guard Rule.everything.contains(where: { Rule.id($0.id, isOf: id) }) else {
        let near = Closest.match(for: id, among: Rule.everything.map(\.id))
        throw Misuse(
          message: "\(option.rawValue): no rule \(id); "
            + (near.map { "did you mean \($0)?" } ?? "aigw-wizard explain lists them"))
      }
      rules.append(id)
    }
    guard !rules.isEmpty else {
      throw Misuse(message: "\(option.rawValue) needs rules, such as L33,L43")
    }
    return rules
  }

  private mutating func take(
    _ word: String, _ subcommand: Subcommand, _ rest: inout ArraySlice<String>
  ) throws(Misuse) {
    var name = word
    var attached: String?
    if word.hasPrefix("--"), let equals = word.firstIndex(of: "=") {
      name = String(word[..<equals])
      attached = String(word[word.index(after: equals)...])
    }
    guard let option = Option.named(name), option.subcommands.contains(subcommand) else {
      let hint = Option.hint(for: name, attached ?? rest.first, in: subcommand)
      throw Misuse(message: "unknown option \(name)\(hint)")
    }
    var value = ""
    if let placeholder = option.placeholder(in: subcommand) {
      guard let given = attached ?? rest.popFirst() else {
        throw Misuse(message: "\(name) needs a value: \(name) \(placeholder)")
      }
      value = given
    } else if attached != nil {
      throw Misuse(message: "\(name) takes no value")
    }
    try apply(option, value, subcommand)
  }

  /// One of the values that an option's placeholder names.
  private static func choice<Value: RawRepresentable<String>>(
    _ word: String, of option: Option
  ) throws(Misuse) -> Value {
    guard let value = Value(rawValue: word) else {
      let choices = (option.placeholder ?? "").split(separator: "|").map(String.init)
      throw Misuse(message: "\(option.rawValue) \"\(word)\": use \(choices.alternatives)")
    }
    return value
  }

  private mutating func apply(
    _ option: Option, _ value: String, _ subcommand: Subcommand
  ) throws(Misuse) {
    switch option {
    case .answers: answers = value
    case .recipe:
      guard let found = Recipe(named: value) else {
        throw Misuse(message: "no recipe \"\(value)\"; use \(Option.list(Recipe.allCases))")
      }
      recipe = found
    case .set: settings.append(value)
    case .output: output = value
    case .apiVersion:
      guard ["v1alpha1", "v1beta1"].contains(value) else {
        throw Misuse(message: "--api-version \"\(value)\": use v1alpha1 or v1beta1")
      }
      apiVersion = value
    case .color: color = try Self.choice(value, of: option)
    case .ascii: isASCII = true
    case .noMouse: hasMouse = false
    case .trace: trace = value
    case .force: isForced = true
    case .check: isCheck = true
    case .kustomization: writesKustomization = true
    case .format:
      guard let found = subcommand.formats.first(where: { $0.rawValue == value }) else {
        throw Misuse(
          message: "--format \"\(value)\": \(subcommand.rawValue) prints "
            + subcommand.formats.map(\.rawValue).alternatives)
      }
      format = found
    case .stored: isStored = true
    case .models: listsModels = true
    case .model: sent.model = value
    case .header:
      guard let mark = value.firstIndex(where: { $0 == ":" || $0 == "=" }),
        mark > value.startIndex
      else { throw Misuse(message: "--header \"\(value)\": use NAME: VALUE") }
      let rest = value[value.index(after: mark)...]
      sent.headers.append(
        Simulation.Request.Header(
          String(value[..<mark]), String(value[mark] == ":" ? rest.drop { $0 == " " } : rest)))
    case .host: sent.host = value
    case .listener: sent.listener = value
    case .path:
      guard value.hasPrefix("/") else {
        throw Misuse(message: "--path \"\(value)\": use a path such as \(Simulation.Request.chat)")
      }
      sent.path = value
    case .method: sent.method = value
    case .size:
      guard let size = Simulation.Request.size(value) else {
        throw Misuse(message: "--size \"\(value)\": use bytes such as 40000 or 1Mi")
      }
      sent.size = size
    case .down: down.insert(value)
    case .gateway: gateway = ObjectKey(value)
    case .printing: isPrinting = true
    case .delete: isDeleting = true
    case .all: isAll = true
    case .only: only += try Self.rules(value, for: option)
    case .skip: skip += try Self.rules(value, for: option)
    case .severity: severity = try Self.choice(value, of: option)
    case .with: others.append(value)
    case .fix: isFixing = true
    case .exitZero: isForgiving = true
    case .release: chosenRelease = try Self.choice(value, of: option)
    case .printKeys: request = .printKeys
    case .printConfig: request = .printConfig
    case .completion:
      guard let shell = Completion.Shell(rawValue: value) else {
        throw Misuse(message: "no completion for \"\(value)\"; use bash, zsh or fish")
      }
      request = .completion(shell)
    case .help: request = .help(subcommand)
    case .version: request = .version
    }
  }
}
