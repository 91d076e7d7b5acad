import ArgumentParser
import Glibc
import Schemas

/// The program from its arguments to its exit status.
enum Program {
  static let version = "0.1.0"

  /// The name of the file that was run.
  static var callName: String {
    let path = CommandLine.arguments.first ?? ""
    return path.split(separator: "/").last.map(String.init) ?? path
  }

  static func run(_ words: [String]) -> Int32 {
    // A limit on the size of files is to be an error of the write, as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
    let command = AIGWWizard.command(named: words.first)
    do {
      if words.first == "help" {
        let topics = words.dropFirst().filter { !["-h", "--help"].contains($0) }
        try checkTopics(topics[...])
        return run(topics.filter { $0 != "help" } + ["--help"])
      }
      if command == nil, let word = words.first, !word.hasPrefix("-"),
        let message = AIGWWizard.unknownCommandMessage(word)
      {
        throw ValidationError(message)
      }
      var parsed =
        try command?.parseAsRoot(Array(words.dropFirst())) ?? AIGWWizard.parseAsRoot(words)
      if let parsed = parsed as? any Subcommand { return try parsed.perform() }
      try parsed.run()
      return Exit.done
    } catch let failure as Failure {
      Streams.printMessage("aigw-wizard: \(failure.message)")
      return failure.status
    } catch let error where AIGWWizard.exitCode(for: error) == .success {
      let text = AIGWWizard.fullMessage(for: error).withoutLastLineEnds
      Streams.print(Completion.addingFiles(to: text))
      return Exit.done
    } catch {
      let message = message(AIGWWizard.message(for: error), about: words, command)
      Streams.printMessage("aigw-wizard: \(message)")
      Streams.printMessage("Try: \(AIGWWizard.name) \(command.map { "\($0.name) " } ?? "")--help")
      return Exit.usage
    }
  }

  /// Checks what `help` is asked about; the library would take a misspelt command for none.
  private static func checkTopics(_ topics: ArraySlice<String>) throws {
    if let option = topics.first(where: { $0.hasPrefix("-") })?.prefix(while: { $0 != "=" }) {
      let isNear =
        NearestWord.match(for: option.drop { $0 == "-" }.lowercased(), among: ["help"]) != nil
      throw ValidationError(
        "unknown option '\(option)'" + (isNear ? "; did you mean --help?" : ""))
    }
    guard topics.count < 2 else {
      throw ValidationError("help takes one command; \(topics.last ?? "") is one too many")
    }
    let names = AIGWWizard.commands.map { $0.name }
    guard let word = topics.first, word != "help", !names.contains(word) else { return }
    let near = NearestWord.match(for: word, among: names).map { "did you mean \($0)?" }
    throw ValidationError(
      "no command \(word); \(near ?? "there are \(names.joined(separator: ", "))")")
  }

  /// What the library says of a misuse, as our messages are written, with the format that was
  /// probably wanted: other programs say `--json`, `--output json` or `-o json`.
  private static func message(
    _ text: String, about words: [String], _ command: (any Subcommand.Type)?
  ) -> String {
    let formats = command?.formats ?? []
    let format = formats.first { format in
      words.contains { ["--\(format)", "--output=\(format)", "-o\(format)"].contains($0) }
        || zip(words, words.dropFirst()).contains {
          ["-o", "--output"].contains($0) && $1 == format
        }
    }
    let message = text.prefix(1).lowercased() + text.dropFirst()
    if words.first == "help" { return message }
    if formats.isEmpty, let command,
      words.contains(where: { $0 == "--format" || $0.hasPrefix("--format=") })
    {
      let others = AIGWWizard.commands.filter { !$0.formats.isEmpty }.map { $0.name }
      return "\(command.name) has one format; --format is for \(others.joined(separator: ", "))"
    }
    if let format { return "\(message.prefix { $0 != "." }); did you mean --format \(format)?" }
    return Misuse(words, of: command).message(insteadOf: message)
  }
}

extension String {
  /// The library ends some texts with line ends, others not.
  fileprivate var withoutLastLineEnds: String {
    String(reversed().drop { $0 == "\n" }.reversed())
  }
}

/// Exit statuses, a contract with scripts.
enum Exit {
  static let done: Int32 = 0
  static let unreadable: Int32 = 1
  static let usage: Int32 = 2
  static let invalid: Int32 = 3
  static let different: Int32 = 4
  static let unsaved: Int32 = 130
}

/// An error that ends the program: its exit status and its message.
struct Failure: Error {
  let status: Int32
  let message: String
}
