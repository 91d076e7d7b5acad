import Resources
import Manifest
import Simulation

/// `aigw-wizard generated`: what the controller makes of each AIGatewayRoute.
enum GeneratedObjects {
  static func run(_ arguments: Arguments) -> Int32 {
    let input: Manifests
    do {
      input = try Manifests(in: arguments.words)
    } catch {
      Standard.complain("aigw-wizard: \(error.message)")
      return error.status
    }
    let routes = Generated.all(in: ResourceIndex(of: input.documents, release: arguments.release))
    if routes.isEmpty {
      Standard.complain("no AIGatewayRoute in \(arguments.words.joined(separator: ", "))")
    }
    if let reservation = input.reservation { Standard.complain("warning: \(reservation)") }
    for route in routes {
      let place = "\(input.files[route.document]): AIGatewayRoute \(route.route)"
      if let failure = route.failure { Standard.complain("error: \(place): \(failure)") }
      for warning in route.warnings {
        Standard.complain("warning: \(place): \(warning.path): \(warning.message)")
      }
    }
    let form = arguments.isStored ? Generated.Form.stored : .written
    let text = arguments.format == .json ? json(routes, form) : yaml(routes, form)
    guard Standard.write(Array(text.utf8), to: 1) else { return Exit.unreadable }
    return routes.contains { $0.failure != nil } ? Exit.invalid : Exit.done
  }

  /// One document an object; what goes wrong stands in comments.
  private static func yaml(_ routes: [Generated], _ form: Generated.Form) -> String {
    var documents: [String] = []
    for route in routes {
      var head = "# of AIGatewayRoute \(route.route)\n"
      for warning in route.warnings {
        head += "# warning: \(warning.path): \(warning.message)\n"
      }
      if let failure = route.failure {
        documents.append(head + "# NotAccepted: \(failure)\n")
        continue
      }
      for object in route.objects(form) {
        documents.append(head + object.node.kubectlText)
        head = ""
      }
    }
    return documents.map(Standard.shown).joined(separator: "---\n")
  }

  /// One array of objects; a Status stands for those of a route that the controller stops at.
  private static func json(_ routes: [Generated], _ form: Generated.Form) -> String {
    let objects = routes.flatMap { route -> [Node] in
      guard let failure = route.failure else { return route.objects(form).map(\.node) }
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
