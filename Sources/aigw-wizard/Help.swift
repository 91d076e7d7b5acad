import Wizard

/// The texts of `--help` and `--print-keys`.
enum Help {
  static func text(for subcommand: Subcommand) -> String {
    let lines = subcommand == .wizard ? Subcommand.allCases : [subcommand]
    var text = ""
    for (index, line) in lines.enumerated() {
      text += "\(index == 0 ? "usage:" : "      ") aigw-wizard \(line.usage)\n"
    }
    text += "\n\(subcommand.summary)\n\n"
    for option in Option.allCases where option.subcommands.contains(subcommand) {
      let name = "\(option.rawValue)\(option.placeholder(in: subcommand).map { " \($0)" } ?? "")"
      text += "  \(name)\n\(wrapped(option.summary))"
    }
    text += """

      exit status: 0 done, 1 unreadable or not written, 2 usage or no terminal,
      3 not valid, 4 --check or test found differences, 130 left with unsaved work
      """
    return text
  }

  /// Every command with its keys, one a line.
  static func keys(_ keymap: Keymap) -> String {
    Command.allCases.map { command in
      let keys = keymap.routes(to: command)
      return
        "\(pad(command.rawValue, 20))\(pad(keys.joined(separator: ", "), 30))\(command.summary)"
    }.joined(separator: "\n")
  }

  /// A text in lines of at most 80 columns, indented.
  private static func wrapped(_ text: String) -> String {
    let indent = "        "
    var lines = ""
    var line = indent
    for word in text.split(separator: " ") {
      if line.utf8.count + word.utf8.count > 80 {
        lines += "\(line.dropLast())\n"
        line = indent
      }
      line += "\(word) "
    }
    return lines + "\(line.dropLast())\n"
  }

  private static func pad(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.utf8.count))
  }
}
