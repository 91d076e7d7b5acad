/// The completion scripts of the argument parser, with files beside commands.
///
/// Its scripts offer either the files or the commands that may come first, so the wizard's files are
/// hidden from them, and are added here; so are the commands that `help` takes.
enum Completion {
  /// How lines begin, each in one of the scripts, and how they begin with files; the first such line
  /// is that of the wizard itself.
  private static let changes = [
    // bash
    (
      "    non_repeating_flags=(--version)",
      """
          COMPREPLY+=($(compgen -W '\(commands)' -- "${cur}"))
          non_repeating_flags=(--version)
      """
    ),
    ("    __aigw-wizard_offer_flags_options -1", "    __aigw-wizard_offer_flags_options 0"),
    ("complete -o filenames", "complete -o filenames -o default"),
    // zsh
    (
      "        _describe -V subcommand subcommands && ret=0",
      "        _describe -V subcommand subcommands && ret=0\n        _files && ret=0"
    ),
    ("        '*:subcommands:'", "        '*:subcommands:(\(commands))'"),
    // fish
    (
      "complete -c 'aigw-wizard' -n '__aigw-wizard_should_offer_completions_for_flags_or_options "
        + "\"aigw-wizard help\" version'",
      """
      complete -c 'aigw-wizard' -n '__aigw-wizard_should_offer_completions_for_positional \
      "aigw-wizard help" -ge 1' -fa '\(commands)'
      complete -c 'aigw-wizard' -n '__aigw-wizard_should_offer_completions_for_flags_or_options \
      "aigw-wizard help" version'
      """
    ),
    ("        __aigw-wizard_parse_subcommand -r 1", "        __aigw-wizard_parse_subcommand 0"),
    (
      "complete -c 'aigw-wizard' -f",
      """
      complete -c 'aigw-wizard' -f
      complete -c 'aigw-wizard' -n '__aigw-wizard_should_offer_completions_for_positional \
      "aigw-wizard" -ge 1' -F
      """
    ),
  ]

  /// What `help` takes, for which the library offers nothing.
  private static var commands: String {
    AIGWWizard.commands.map { $0.name }.joined(separator: " ")
  }

  /// A script with files; any other text as it is.
  static func addingFiles(to text: String) -> String {
    var rest = changes
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let place = rest.firstIndex(where: { line.hasPrefix($0.0) }) else {
        return String(line)
      }
      let (old, new) = rest.remove(at: place)
      return new + line.dropFirst(old.count)
    }.joined(separator: "\n")
  }
}
