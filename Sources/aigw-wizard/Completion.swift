import Lint
import RouteForm

/// Scripts that let a shell complete our command line, made from the table of options.
enum Completion {
  enum Shell: String, CaseIterable { case bash, zsh, fish }

  static func script(for shell: Shell) -> String {
    switch shell {
    case .bash: bash
    case .zsh: "#compdef aigw-wizard\nautoload -U bashcompinit && bashcompinit\n\(bash)"
    case .fish: fish
    }
  }

  /// The words that may follow an option; nil where it takes a file or free text.
  private static func values(of option: Option) -> [String]? {
    switch option {
    case .recipe: Recipe.allCases.map(\.rawValue)
    case .apiVersion, .color, .completion, .format, .severity, .release:
      option.placeholder?.split(separator: "|").map(String.init)
    case .only, .skip: Rule.everything.map(\.id)
    case .answers, .set, .output, .trace, .ascii, .noMouse, .force, .check, .kustomization,
      .stored, .model, .header, .host, .path, .method, .size, .gateway, .down, .models, .printKeys,
      .help, .version:
      nil
    }
  }

  private static var commands: [String] {
    Subcommand.allCases.filter { $0 != .wizard }.map(\.rawValue)
  }

  /// The commands that take files.
  private static var readers: [String] {
    Subcommand.allCases.filter(\.takesWords).map(\.rawValue)
  }

  private static var bash: String {
    var cases = ""
    for option in Option.allCases {
      if let values = values(of: option) {
        cases += """
              \(option.rawValue)) COMPREPLY=($(compgen -W "\(values.joined(separator: " "))" -- "$word")); return;;

          """
      } else if option == .answers || option == .output || option == .trace {
        cases += """
              \(option.rawValue)) COMPREPLY=($(compgen -f -- "$word")); return;;

          """
      }
    }
    let words = (commands + Option.allCases.map(\.rawValue)).joined(separator: " ")
    return """
      _aigw_wizard() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
        case "$before" in
      \(cases)  esac
        COMPREPLY=($(compgen -W "\(words)" -- "$word"))
        case "${COMP_WORDS[1]}" in
          \(readers.joined(separator: "|"))) COMPREPLY+=($(compgen -f -- "$word"));;
        esac
      }
      complete -F _aigw_wizard aigw-wizard
      """
  }

  private static var fish: String {
    var lines = [
      "complete -c aigw-wizard -f",
      "complete -c aigw-wizard -n __fish_use_subcommand -a '\(commands.joined(separator: " "))'",
      "complete -c aigw-wizard -n '__fish_seen_subcommand_from "
        + "\(readers.joined(separator: " "))' -F",
    ]
    for option in Option.allCases {
      let name =
        option.rawValue.hasPrefix("--")
        ? "-l \(option.rawValue.dropFirst(2))" : "-s \(option.rawValue.dropFirst(1))"
      var line = "complete -c aigw-wizard \(name) -d '\(option.summary)'"
      if option.placeholder != nil { line += " -r" }
      if let values = values(of: option) {
        line += " -a '\(values.joined(separator: " "))'"
      } else if option == .answers || option == .output || option == .trace {
        line += " -F"
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }
}
