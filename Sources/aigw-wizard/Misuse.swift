import ArgumentParser
import RouteForm
import Schemas

/// A command line that a command does not take, and what was probably meant.
struct Misuse {
  private let words: [String]
  private let command: (any Subcommand.Type)?

  init(_ words: [String], of command: (any Subcommand.Type)?) {
    self.words = words
    self.command = command
  }

  /// What is wrong, in the place of what the library says of it.
  func message(insteadOf text: String) -> String {
    if !text.hasPrefix("unknown command"), let option = unknownOption {
      return "unknown option '\(option)'" + (hint(for: option).map { "; \($0)" } ?? "")
    }
    if let command, text.hasPrefix("missing expected argument") {
      return "\(command.name) needs an argument: \(command.configuration.usage ?? "")"
    }
    if text.contains("is invalid for '--recipe"), let name = value(of: "--recipe") {
      return Self.message(aboutRecipe: name)
    }
    return text
  }

  /// The first long option that the command does not have, which is reported before a missing argument.
  private var unknownOption: String? {
    let known = options
    return words.prefix { $0 != "--" }.lazy.filter { $0.hasPrefix("--") }
      .map { String($0.prefix { $0 != "=" }) }.first { !known.contains($0) }
  }

  /// The long options of the command, as its help lists them.
  private var options: [String] {
    let type: any ParsableCommand.Type = command ?? AIGWWizard.self
    let lines = AIGWWizard.helpMessage(for: type).split(separator: "\n")
    return lines.filter { $0.hasPrefix("  -") }.flatMap { line in
      // Behind a name stands its value, behind two blanks the help.
      line.split(separator: " ").prefix { $0.hasPrefix("-") || $0.hasPrefix("<") }
        .filter { $0.hasPrefix("--") }.map { String($0.prefix { $0 != "," }) }
    } + ["--help", "--version", "--generate-completion-script", "--experimental-dump-help"]
  }

  /// Options that are no answer to a typo: they write, change or remove something.
  private static let writing: Set = [
    "--fix", "--delete", "--force", "--all", "--output", "--kustomization",
  ]

  private func hint(for option: String) -> String? {
    if option == "--dry-run", command == Check.self {
      return "check --fix -o - prints the changes and writes nothing"
    }
    let names = options.filter { !Self.writing.contains($0) && !$0.hasPrefix("--experimental") }.map
    { String($0.dropFirst(2)) }
    return NearestWord.match(for: String(option.dropFirst(2)), among: names)
      .map { "did you mean --\($0)?" }
  }

  private func value(of option: String) -> String? {
    zip(words, words.dropFirst()).first { $0.0 == option }?.1
      ?? words.first { $0.hasPrefix("\(option)=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  private static func message(aboutRecipe name: String) -> String {
    let found = Recipe.all(named: name).map(\.rawValue)
    if found.count > 1 {
      return "--recipe \(name) may be \(found.joined(separator: ", ")); write more of the name"
    }
    let names = Recipe.allCases.map(\.rawValue)
    let near = NearestWord.match(for: name, among: names).map { "did you mean \($0)?" }
    return "no recipe \(name); \(near ?? "there are \(names.joined(separator: ", "))")"
  }
}
