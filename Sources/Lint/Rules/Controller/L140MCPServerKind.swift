import Resources
import Schemas
import YAML

extension Rule {
  static let mcpServerKind = Rule(
    "L140", "mcp-server-kind", .warning, .controller,
    "an MCP server that is taken for a Service, or whose Service has no endpoints",
    why: "Without group and kind a backendRef of an MCPRoute names a Service of Kubernetes, not a "
      + "Backend of that name. If neither exists, requests get 500. Of a Service of type "
      + "ExternalName Envoy Gateway finds no endpoints.",
    bad: "backendRefs: [{name: github}]",
    good: "backendRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: github}]",
    reference: Citation.aiGateway("api/v1beta1/mcp_route.go"),
    repair: .automatic,
    .bundle { index, report in
      for route in index.mcpRoutes {
        for server in route.servers where server.target == .service {
          guard index.lacksEndpoints(ObjectKey(route.key.namespace, server.name)) else { continue }
          let isClosed = index.sendsToServices(
            route.attachment, targets: [.route(route.route(to: server))])
          report.add(
            (isClosed
              ? "Envoy Gateway publishes nothing for the whole Gateway: by routingType Service "
                + "requests go to the address of Service \(server.name), and one of type "
                + "ExternalName has none"
              : "Envoy Gateway finds no endpoints of Service \(server.name), which is of type "
                + "ExternalName, and nobody reaches the server") + "; name a Backend with its host",
            at: server.path.appending("name"), in: route.index, severity: .error)
        }
        for server in route.servers where server.target != .backend {
          guard let problem = index.problem(in: server, of: route) else { continue }
          report.add(
            problem.message, at: server.path.appending(problem.field), in: route.index,
            severity: problem.isSure ? .error : .warning)
          report.attach(
            Fix(
              "name Backend \(server.name)",
              [
                .set(
                  document: route.index, server.path.appending("group"),
                  .string(GroupKind.backend.group)),
                .set(
                  document: route.index, server.path.appending("kind"),
                  .string(GroupKind.backend.kind)),
              ]))
        }
      }
    })
}

private struct KindProblem {
  let message: String
  let field: String
  /// Whether nothing in a cluster could make it right.
  let isSure: Bool
}

extension ResourceIndex {
  fileprivate func problem(in server: MCPRoute.Server, of route: MCPRoute) -> KindProblem? {
    let (group, kind) = (server.target.group, server.target.kind)
    if kind == GroupKind.backend.kind {
      return KindProblem(
        message: "there is no Backend in group \(group.quoted); write group gateway.envoyproxy.io",
        field: "kind", isSure: true)
    }
    if group == GroupKind.backend.group, server.node.given("kind") == nil {
      return KindProblem(
        message: "without kind this names a Service; write kind Backend", field: "group",
        isSure: true)
    }
    guard server.target == .service else { return nil }
    let isBackend = backends[ObjectKey(route.key.namespace, server.name)] != nil
    if isBackend, holds(server, of: route) == false {
      return KindProblem(
        message: "this names a Service, and \(server.name) is a Backend here; write group "
          + "gateway.envoyproxy.io and kind Backend", field: "name", isSure: false)
    }
    guard server.node.given("port") == nil, server.node.given("kind") == nil else { return nil }
    return KindProblem(
      message: "without group and kind this names a Service, and without a port none at all; for "
        + "a Backend write group gateway.envoyproxy.io and kind Backend", field: "name",
      isSure: false)
  }
}
