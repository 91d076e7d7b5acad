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
    let arguments: Arguments
    do {
      arguments = try Arguments(words)
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      Standard.complain("Try: aigw-wizard --help")
      return Exit.usage
    }
    switch arguments.request {
    case .help(let command):
      Standard.print(Help.text(for: command))
      return Exit.done
    case .version:
      Standard.print("aigw-wizard \(version)")
      return Exit.done
    case .printKeys: return printed { Help.keys($0.keymap) }
    case .printConfig: return printed(\.text)
    case .completion(let shell):
      Standard.print(Completion.script(for: shell))
      return Exit.done
    case .render: return Render.run(arguments)
    case .diff: return Diff.run(arguments)
    case .generated: return GeneratedObjects.run(arguments)
    case .simulate: return Simulate.run(arguments)
    case .test: return Test.run(arguments)
    case .recover: return Recover.run(arguments)
    case .check: return Check.run(arguments)
    case .explain: return Explain.run(arguments.words.first)
    case .wizard: return Session.run(arguments)
    }
  }

  /// Prints what follows from the configuration.
  private static func printed(_ text: (Config) -> String) -> Int32 {
    do throws(Failure) {
      Standard.print(text(try Config()))
      return Exit.done
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
