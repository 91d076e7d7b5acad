import ArgumentParser
import Lint
import Schemas
import YAML
import Resources
import Simulation

/// `aigw-wizard generated`: what the controller makes of each AIGatewayRoute and MCPRoute.
struct GeneratedObjects: Subcommand {
  static let configuration = CommandConfiguration.command(
    "generated", "[<options>] <file> ...",
    "Prints the objects that the controller generates from each AIGatewayRoute and MCPRoute.",
    exit: "0 done, 1 unreadable, 2 wrong usage, 3 the controller would not accept a route")
  static let formats = ObjectFormat.names

  @Argument(
    help: ArgumentHelp(
      "Files or folders with manifests; - reads standard input.", valueName: "file"),
    completion: .manifests)
  var files: [String] = []
  @Flag(help: "Print the objects as the API server would store them, with defaults.")
  var stored = false
  @Option(help: ArgumentHelp("The output format.", valueName: "format"))
  var format = ObjectFormat.yaml
  @OptionGroup var place: NamespaceOption
  @OptionGroup var release: ReleaseOption

  func validate() throws { try Self.checkFiles(files) }

  func perform() throws(Failure) -> Int32 {
    let manifests = try Manifests(in: files, namespace: place.namespace)
    let index = ResourceIndex(of: manifests.documents, release: release.resolved())
    let form = stored ? Generated.Form.stored : .written
    let outcomes =
      Generated.all(in: index).map { Outcome($0, form, Self.refusal(of: $0.document, in: index)) }
      + GeneratedMCPRoute.all(in: index).map {
        Outcome($0, form, Self.refusal(of: $0.route.index, in: index))
      }
    if outcomes.isEmpty {
      Streams.printMessage("no AIGatewayRoute or MCPRoute in \(files.joined(separator: ", "))")
    }
    if let reservation = manifests.reservation { Streams.printMessage("warning: \(reservation)") }
    for outcome in outcomes {
      let place = "\(manifests.files[outcome.document]): \(outcome.title)"
      if let failure = outcome.failure { Streams.printMessage("error: \(place): \(failure)") }
      for warning in outcome.warnings {
        Streams.printMessage("warning: \(place): \(warning.path): \(warning.message)")
      }
    }
    let text = format == .json ? Self.json(outcomes) : Self.yaml(outcomes)
    guard Streams.write(Array(text.utf8), to: 1) else { return Exit.unreadable }
    return outcomes.contains { $0.failure != nil } ? Exit.invalid : Exit.done
  }

  /// What becomes of a route, and why nothing does.
  private struct Outcome {
    let document: Int
    let kind: GroupKind
    let route: ObjectKey
    let failure: String?
    let warnings: [Generated.Warning]
    let objects: [Node]

    var title: String { "\(kind.kind) \(route)" }

    init(_ generated: Generated, _ form: Generated.Form, _ refusal: String?) {
      document = generated.document
      kind = .aiGatewayRoute
      route = generated.route
      failure = generated.failure ?? refusal
      warnings = generated.warnings
      objects = generated.objects(form).map(\.node)
    }

    init(_ generated: GeneratedMCPRoute, _ form: Generated.Form, _ refusal: String?) {
      document = generated.route.index
      kind = .mcpRoute
      route = generated.route.key
      failure = generated.failure ?? refusal
      warnings = generated.warnings
      objects = generated.objects(form)
    }
  }

  /// Why the API server refuses a route itself; fields that it does not know may be left out.
  private static func refusal(of document: Int, in index: ResourceIndex) -> String? {
    Linter.refusal(of: index.documents[document], for: index.release).flatMap {
      $0.stage == .decoding ? nil : "the API server refuses it: \($0.path): \($0.message)"
    }
  }

  /// One document an object; what goes wrong stands in comments.
  private static func yaml(_ outcomes: [Outcome]) -> String {
    var documents: [String] = []
    for outcome in outcomes {
      var head = "# of \(outcome.title)\n"
      for warning in outcome.warnings {
        head += "# warning: \(warning.path): \(warning.message)\n"
      }
      if let failure = outcome.failure {
        documents.append(head + "# NotAccepted: \(failure)\n")
        continue
      }
      for object in outcome.objects {
        documents.append(head + object.kubectlText)
        head = ""
      }
    }
    return documents.map(Streams.shown).joined(separator: "---\n")
  }

  /// One array of objects; a Status stands for those of a route that the controller stops at.
  private static func json(_ outcomes: [Outcome]) -> String {
    let objects = outcomes.flatMap { outcome -> [Node] in
      guard let failure = outcome.failure else { return outcome.objects }
      return [
        .map([
          "apiVersion": .string("v1"), "kind": .string("Status"), "status": .string("Failure"),
          "reason": .string("ReconciliationFailed"), "message": .string(failure),
          "details": .map([
            "group": .string(outcome.kind.group), "kind": .string(outcome.kind.kind),
            "name": .string(outcome.route.name),
          ]),
        ])
      ]
    }
    return Node.sequence(objects).json + "\n"
  }
}
