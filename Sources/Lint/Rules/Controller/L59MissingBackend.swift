import Schemas
import Resources
import YAML

extension Rule {
  static let missingBackend = Rule(
    "L59.backend", "missing-backend", .warning, .controller,
    "a backendRef to a Backend or Service that is missing, or has no such port",
    why: "Rules that use it answer 500, to all requests or to its share of them.",
    bad: "AIServiceBackend {backendRef: {kind: Backend, name: azure}}, Backend openai alone",
    good: "AIServiceBackend {backendRef: {kind: Backend, name: openai}}, Backend openai",
    reference: Upstream.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { index, report in
      let presence = [
        GroupKind.backend: ObjectPresence(of: index.backends.keys),
        .service: ObjectPresence(of: index.servicePorts.keys),
      ]
      for route in index.mcpRoutes {
        for server in route.servers { judge(server, of: route, in: index, presence, &report) }
      }
      guard !index.backends.isEmpty else { return }
      for document in index.current {
        guard case .service(let service) = document.content, let wanted = service.backend,
          index.backends[wanted] == nil, let lack = presence[.backend]?.lack(of: wanted)
        else { continue }
        report.addMissing(
          "Backend", wanted, lack, effect: "requests get 500",
          at: .to("spec", "backendRef", "name"), in: document.index)
      }
    })

  private static func judge(
    _ server: MCPRoute.Server, of route: MCPRoute, in index: ResourceIndex,
    _ presence: [GroupKind: ObjectPresence], _ report: inout Report
  ) {
    // Of another namespace L139 speaks.
    guard server.namespace ?? route.key.namespace == route.key.namespace, !server.name.isEmpty,
      let known = presence[server.target], !known.isEmpty
    else { return }
    let wanted = ObjectKey(route.key.namespace, server.name)
    if let lack = known.lack(of: wanted) {
      report.addMissing(
        server.target.kind, wanted, lack, effect: "its tools are missing",
        at: server.path.appending("name"), in: route.index)
      return
    }
    guard server.target == .service, let ports = index.servicePorts[wanted],
      let port = server.node["port"]?.integer, !ports.contains(port)
    else { return }
    let path = server.path.appending("port")
    report.add(
      "Service \(server.name) has no port \(port) here, so that its tools are missing; use "
        + ports.map(String.init).alternatives, at: path, in: route.index)
    guard ports.count == 1 else { return }
    report.attach(
      Fix("write port \(ports[0])", [.set(document: route.index, path, .integer(ports[0]))]))
  }
}
