import ArgumentParser
import YAML
import RouteForm

/// `aigw-wizard schema answers`: what an answers file may hold, for editors.
struct SchemaCommand: Subcommand {
  enum Subject: String, CaseIterable, ExpressibleByArgument { case answers }

  static let configuration = CommandConfiguration.command(
    "schema", "answers",
    "Prints the JSON Schema of answers files, for editors and other programs.")

  @Argument(help: "What to print the schema of.")
  var subject: Subject

  func perform() throws(Failure) -> Int32 {
    Streams.print(AnswersFile.schema.json)
    return Exit.done
  }
}
