import Schemas
import Resources
import YAML

extension Rule {
  static let takenHTTPRoute = Rule(
    "L08", "taken-httproute", .warning,
    "an HTTPRoute with the same name as one that AI Gateway makes",
    why:
      "The controller takes over an HTTPRoute with the name of the AIGatewayRoute, or of the one "
      + "by which clients of an MCPRoute are served, and overwrites its rules. One with the name of "
      + "a server's HTTPRoute keeps the MCPRoute from being accepted.",
    bad: "HTTPRoute web beside AIGatewayRoute web",
    good: "HTTPRoute web beside AIGatewayRoute chat",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
    .bundle { bundle, report in
      for (_, plain) in bundle.httpRoutes where !plain.isGenerated {
        guard let (index, route) = bundle.route(plain.key) else { continue }
        report.add(
          "the HTTPRoute \(route.name) of these documents would be overwritten; "
            + "use another name", at: .to("metadata", "name"), in: index)
      }
      for mcpRoute in bundle.mcpRoutes {
        for name in mcpRoute.generatedRoutes {
          guard let document = bundle.taker(of: name) else { continue }
          report.add(
            name == mcpRoute.mainRoute
              ? "MCPRoute \(mcpRoute.key.name) overwrites the HTTPRoute of this name; use another name"
              : "MCPRoute \(mcpRoute.key.name) needs an HTTPRoute of this name, and is not accepted "
                + "where this one is there; use another name",
            at: .to("metadata", "name"), in: document)
        }
      }
    })
}

extension ResourceIndex {
  /// The document of an HTTPRoute that somebody wrote, or of the AIGatewayRoute that it is made of.
  fileprivate func taker(of name: ObjectKey) -> Int? {
    if let (index, _) = route(name) { return index }
    return httpRoute(name).flatMap { $0.route.isGenerated(by: .mcpRoute) ? nil : $0.index }
  }
}
