import Glibc
import Kinds
import Lint
import Manifest
import RouteForm
import Wizard

/// The program from its arguments to its exit status.
enum Program {
  static let version = "0.1.0"

  static func run(_ words: [String]) -> Int32 {
    // A limit on the size of files is to be an error of the write, as a full disk is.
    signal(SIGXFSZ, SIG_IGN)
    var arguments: Arguments
    do {
      arguments = try Arguments(words)
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      let command = Arguments.subcommand(of: words)
      Standard.complain(
        "Try: aigw-wizard \(command == .wizard ? "" : "\(command.rawValue) ")--help")
      return Exit.usage
    }
    switch arguments.request {
    case .help(let command): return printed(Help.text(for: command))
    case .version: return run(.version, arguments)
    case .printKeys: return printed { Help.keys($0.keymap) }
    case .printConfig: return printed(\.text)
    case .completion(let shell): return printed(Completion.script(for: shell))
    case .run(let command):
      if arguments.chosenRelease == nil, Option.release.subcommands.contains(command) {
        do throws(Failure) {
          arguments.chosenRelease = try Config().release
        } catch {
          Standard.complain("aigw-wizard: \(error.message)")
          return error.status
        }
      }
      return run(command, arguments)
    }
  }

  private static func run(_ command: Subcommand, _ arguments: Arguments) -> Int32 {
    switch command {
    case .wizard: Session.run(arguments)
    case .render: Render.run(arguments)
    case .diff: Diff.run(arguments)
    case .generated: GeneratedObjects.run(arguments)
    case .simulate: Simulate.run(arguments)
    case .test: Test.run(arguments)
    case .recover: Recover.run(arguments)
    case .check: Check.run(arguments)
    case .explain: Explain.run(arguments.words.first)
    case .help: printed(Help.text(for: Arguments.subcommand(of: arguments.words)))
    case .version: printed("aigw-wizard \(version)")
    }
  }

  private static func printed(_ text: String) -> Int32 {
    Standard.print(text)
    return Exit.done
  }

  /// Prints what follows from the configuration.
  private static func printed(_ text: (Config) -> String) -> Int32 {
    do throws(Failure) {
      return printed(text(try Config()))
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      return error.status
    }
  }
}

/// Exit statuses (a contract: ux.md section 13).
enum Exit {
  static let done: Int32 = 0
  static let unreadable: Int32 = 1
  static let usage: Int32 = 2
  static let invalid: Int32 = 3
  static let different: Int32 = 4
  static let unsaved: Int32 = 130
}

/// Why the program cannot begin: its status and its words.
struct Failure: Error {
  let status: Int32
  let message: String
}

extension Arguments {
  /// The form that the arguments describe: recipe, answers, settings, API version, in that order.
  func form() throws(Failure) -> FormState {
    var form = (recipe ?? .blank).form
    if let answers {
      let bytes: [UInt8]
      switch Files.read(answers).content {
      case .bytes(let content): bytes = content
      case .absent: throw Failure(status: Exit.unreadable, message: "\(answers): no such file")
      case .unreadable(let why):
        throw Failure(status: Exit.unreadable, message: "\(answers): \(why)")
      }
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
          "route.apiVersion=aigateway.envoyproxy.io/\(apiVersion)", to: &form)
      }
      for setting in settings { try Answers.apply(setting, to: &form) }
    } catch {
      throw Failure(status: Exit.usage, message: error.message)
    }
    return form
  }
}
