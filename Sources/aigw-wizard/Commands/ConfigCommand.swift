import ArgumentParser

/// `aigw-wizard config`: the configuration in force.
struct ConfigCommand: Subcommand {
  static let configuration = CommandConfiguration.command(
    "config", "",
    "Prints the effective configuration as a config.yaml.")

  func perform() throws(Failure) -> Int32 {
    Streams.print(try Config().text)
    return Exit.done
  }
}
