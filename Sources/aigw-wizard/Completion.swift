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
    case .answers, .set, .output, .trace, .with, .fix, .exitZero, .ascii, .noMouse, .force, .check,
      .kustomization,
      .stored, .model, .header, .host, .listener, .path, .method, .size, .gateway, .down, .models,
      .printing,
      .delete, .all, .printKeys, .printConfig, .help, .version:
      nil
    }
  }

  /// Whether words after a command are files.
  private static func takesFiles(_ command: Subcommand) -> Bool {
    command.takesWords && ![.explain, .recover, .help].contains(command)
  }

  private static func options(of command: Subcommand) -> String {
    Option.allCases.filter { $0.subcommands.contains(command) }.map(\.rawValue)
      .joined(separator: " ")
  }

  private static var bash: String {
    var cases = ""
    for option in Option.allCases {
      if let values = values(of: option) {
        cases += """
              \(option.rawValue)) COMPREPLY=($(compgen -W "\(values.joined(separator: " "))" -- "$word")); return;;

          """
      } else if [.answers, .output, .trace, .with].contains(option) {
        cases += """
              \(option.rawValue)) COMPREPLY=($(compgen -f -- "$word")); return;;

          """
      }
    }
    var words = ""
    for command in Subcommand.allCases where command != .wizard {
      words += """
            \(command.rawValue)) words="\(options(of: command))"; files=\(takesFiles(command) ? "1" : "");;

        """
    }
    return """
      _aigw_wizard() {
        local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}"
        local words="\(options(of: .wizard))" files=1 IFS=$' \\t\\n'
        case "$before" in
      \(cases)  esac
        if [[ "$COMP_CWORD" == 1 ]]; then words="$words \(Subcommand.names.joined(separator: " "))"; fi
        case "${COMP_WORDS[1]}" in
      \(words)  esac
        COMPREPLY=($(compgen -W "$words" -- "$word"))
        if [[ -n "$files" ]]; then
          IFS=$'\\n'
          COMPREPLY+=($(compgen -f -- "$word"))
        fi
      }
      complete -o filenames -F _aigw_wizard aigw-wizard
      """
  }

  private static var fish: String {
    let fileless = Subcommand.allCases.filter { !takesFiles($0) }.map(\.rawValue)
      .joined(separator: " ")
    var lines = [
      "complete -c aigw-wizard -f",
      "complete -c aigw-wizard -n __fish_use_subcommand -a '\(Subcommand.names.joined(separator: " "))'",
      "complete -c aigw-wizard -n 'not __fish_seen_subcommand_from \(fileless)' -F",
    ]
    for option in Option.allCases {
      let name =
        option.rawValue.hasPrefix("--")
        ? "-l \(option.rawValue.dropFirst(2))" : "-s \(option.rawValue.dropFirst(1))"
      var line = "complete -c aigw-wizard \(name) -d '\(option.summary)'"
      if option.placeholder != nil { line += " -r" }
      if let values = values(of: option) {
        line += " -a '\(values.joined(separator: " "))'"
      } else if [.answers, .output, .trace, .with].contains(option) {
        line += " -F"
      }
      lines.append(line)
    }
    return lines.joined(separator: "\n")
  }
}
