import ArgumentParser
import Lint
import Schemas
import YAML
import Resources
import Simulation

/// `aigw-wizard generated`: what the controller makes of each AIGatewayRoute.
struct GeneratedObjects: Subcommand {
  static let configuration = CommandConfiguration.command(
    "generated", "[<options>] <file> ...",
    "Prints the objects that the controller generates from each AIGatewayRoute.",
    exit: "0 done, 1 unreadable, 2 wrong usage, 3 the controller would not accept a route")
  static let formats = ObjectFormat.names

  @Argument(
    help: ArgumentHelp("Files with manifests; - reads standard input.", valueName: "file"),
    completion: .manifests)
  var files: [String] = []
  @Flag(help: "Print the objects as the API server would store them, with defaults.")
  var stored = false
  @Option(help: ArgumentHelp("The output format.", valueName: "format"))
  var format = ObjectFormat.yaml
  @OptionGroup var release: ReleaseOption

  func validate() throws { try Self.checkFiles(files) }

  func perform() throws(Failure) -> Int32 {
    let manifests = try Manifests(in: files)
    let index = ResourceIndex(of: manifests.documents, release: release.resolved())
    let routes = Generated.all(in: index)
    if routes.isEmpty {
      Streams.printMessage("no AIGatewayRoute in \(files.joined(separator: ", "))")
    }
    if let reservation = manifests.reservation { Streams.printMessage("warning: \(reservation)") }
    let outcomes = routes.map {
      Outcome(route: $0, failure: $0.failure ?? Self.refusal(of: $0, in: index))
    }
    for outcome in outcomes {
      let route = outcome.route
      let place = "\(manifests.files[route.document]): AIGatewayRoute \(route.route)"
      if let failure = outcome.failure { Streams.printMessage("error: \(place): \(failure)") }
      for warning in route.warnings {
        Streams.printMessage("warning: \(place): \(warning.path): \(warning.message)")
      }
    }
    let form = stored ? Generated.Form.stored : .written
    let text = format == .json ? Self.json(outcomes, form) : Self.yaml(outcomes, form)
    guard Streams.write(Array(text.utf8), to: 1) else { return Exit.unreadable }
    return outcomes.contains { $0.failure != nil } ? Exit.invalid : Exit.done
  }

  /// What becomes of a route, and why nothing does.
  private struct Outcome {
    let route: Generated
    let failure: String?
  }

  /// Why the API server refuses the AIGatewayRoute itself; fields that it does not know may be left
  /// out.
  private static func refusal(of route: Generated, in index: ResourceIndex) -> String? {
    Linter.refusal(of: index.documents[route.document], for: index.release).flatMap {
      $0.stage == .decoding ? nil : "the API server refuses it: \($0.path): \($0.message)"
    }
  }

  /// One document an object; what goes wrong stands in comments.
  private static func yaml(_ outcomes: [Outcome], _ form: Generated.Form) -> String {
    var documents: [String] = []
    for outcome in outcomes {
      let route = outcome.route
      var head = "# of AIGatewayRoute \(route.route)\n"
      for warning in route.warnings {
        head += "# warning: \(warning.path): \(warning.message)\n"
      }
      if let failure = outcome.failure {
        documents.append(head + "# NotAccepted: \(failure)\n")
        continue
      }
      for object in route.objects(form) {
        documents.append(head + object.node.kubectlText)
        head = ""
      }
    }
    return documents.map(Streams.shown).joined(separator: "---\n")
  }

  /// One array of objects; a Status stands for those of a route that the controller stops at.
  private static func json(_ outcomes: [Outcome], _ form: Generated.Form) -> String {
    let objects = outcomes.flatMap { outcome -> [Node] in
      let route = outcome.route
      guard let failure = outcome.failure else { return route.objects(form).map(\.node) }
      return [
        .map([
          "apiVersion": .string("v1"), "kind": .string("Status"), "status": .string("Failure"),
          "reason": .string("ReconciliationFailed"), "message": .string(failure),
          "details": .map([
            "group": .string("aigateway.envoyproxy.io"), "kind": .string("AIGatewayRoute"),
            "name": .string(route.route.name),
          ]),
        ])
      ]
    }
    return Node.sequence(objects).json + "\n"
  }
}
