import Resources
import Schemas
import YAML

extension Rule {
  static let mcpServerElsewhere = Rule(
    "L139", "mcp-server-elsewhere", .error, .controller, "an MCP server of another namespace",
    why: "The controller refuses it, whatever ReferenceGrants there are, and stops there: the "
      + "MCPRoute is not accepted, no HTTPRoute is written for this server and those after it, and "
      + "securityPolicy is not enforced.",
    bad: "backendRefs: [{name: github, namespace: tools}]",
    good: "backendRefs: [{name: github}], Backend github beside the MCPRoute",
    reference: Citation.aiGateway("internal/controller/mcp_route.go"),
    repair: .confirmed,
    .bundle { index, report in
      for route in index.mcpRoutes {
        // Which namespace stands for none is known to kubectl alone.
        let isSure = index.documents[route.index].writtenNamespace != nil
        for server in route.servers {
          guard let namespace = server.namespace, namespace != route.key.namespace else { continue }
          let path = server.path.appending("namespace")
          let isBeside = index.holds(server, of: route) == true
          report.add(
            "\(server.target.kind) \(server.name) of namespace \(namespace) is refused: an MCPRoute "
              + "leads to its own namespace only, \(route.key.namespace); "
              + (isBeside ? "leave namespace out" : "put it there and leave namespace out"),
            at: path, in: route.index, severity: isSure ? .error : .warning)
          guard isBeside else { continue }
          report.attach(
            Fix("remove namespace", [.remove(document: route.index, path)], caution: .guess))
        }
      }
    })
}

extension ResourceIndex {
  /// Whether what a reference of an MCPRoute names stands beside the route; nil for kinds that
  /// nothing here looks for.
  func holds(_ server: MCPRoute.Server, of route: MCPRoute) -> Bool? {
    let key = ObjectKey(route.key.namespace, server.name)
    switch server.target {
    case .backend: return backends[key] != nil
    case .service: return servicePorts[key] != nil
    case _: return nil
    }
  }
}
