import ArgumentParser

/// `aigw-wizard version`: the same as `--version`.
struct VersionCommand: Subcommand {
  static let configuration = CommandConfiguration.command(
    "version", "",
    "Prints the version.")

  func perform() throws(Failure) -> Int32 {
    Streams.print(AIGWWizard.version)
    return Exit.done
  }
}
