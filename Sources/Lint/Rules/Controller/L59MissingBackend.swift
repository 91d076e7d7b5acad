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
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    repair: .automatic,
    .bundle { index, report in
      let presence = [
        GroupKind.backend: ObjectPresence(of: index.backends.keys),
        .service: ObjectPresence(of: index.servicePorts.keys),
      ]
      for route in index.mcpRoutes {
        for server in route.servers { evaluate(server, of: route, in: index, presence, &report) }
      }
      for (document, route) in index.plainHTTPRoutes {
        for backend in route.backends {
          evaluate(backend, of: document, in: index, presence, &report)
        }
      }
      lazy var idle = index.idleServices
      for document in index.current {
        guard case .service(let service) = document.content, let wanted = service.backend,
          index.backends[wanted] == nil, let known = presence[.backend], known.tells(of: wanted),
          let missing = known.missingObject(wanted),
          !idle.contains(service.key)
        else { continue }
        report.addMissing(
          "Backend", wanted, missing, effect: "requests get 500",
          at: .to("spec", "backendRef", "name"), in: document.index)
      }
    })

  private static func evaluate(
    _ server: MCPRoute.Server, of route: MCPRoute, in index: ResourceIndex,
    _ presence: [GroupKind: ObjectPresence], _ report: inout Report
  ) {
    // Another namespace is reported by L139.
    guard server.namespace ?? route.key.namespace == route.key.namespace, !server.name.isEmpty,
      let known = presence[server.target]
    else { return }
    let wanted = ObjectKey(route.key.namespace, server.name)
    guard known.tells(of: wanted) else { return }
    if let missing = known.missingObject(wanted) {
      report.addMissing(
        server.target.kind, wanted, missing, effect: "its tools are missing",
        at: server.path.appending("name"), in: route.index)
      return
    }
    guard server.target == .service, let ports = index.servicePorts[wanted],
      let port = server.node["port"]?.integer, !ports.contains(port)
    else { return }
    report.addMissing(
      port: port, of: server.name, among: ports, effect: "its tools are missing",
      at: server.path.appending("port"), in: route.index)
  }

  private static func evaluate(
    _ backend: HTTPRoute.Backend, of document: Int, in index: ResourceIndex,
    _ presence: [GroupKind: ObjectPresence], _ report: inout Report
  ) {
    guard !backend.object.name.isEmpty, let known = presence[backend.target],
      known.tells(of: backend.object)
    else { return }
    let effect = "its share of the requests gets 500"
    if let missing = known.missingObject(backend.object) {
      report.addMissing(
        backend.target.kind, backend.object, missing, effect: effect,
        at: backend.path.appending("name"), in: document)
    } else if backend.target == .service, let ports = index.servicePorts[backend.object],
      let port = backend.port, !ports.contains(port)
    {
      report.addMissing(
        port: port, of: backend.object.name, among: ports, effect: effect,
        at: backend.path.appending("port"), in: document)
    }
  }
}

extension ResourceIndex {
  /// The AIServiceBackends that the routes here give no requests: Envoy Gateway leaves references of
  /// weight 0 out before it looks for what is missing (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/route.go).
  fileprivate var idleServices: Set<ObjectKey> {
    var (idle, live): (Set<ObjectKey>, Set<ObjectKey>) = ([], [])
    for (_, route) in routes {
      for ref in route.rules.flatMap(\.refs) where !ref.isPool {
        let target = ref.target(from: route.namespace)
        if ref.isLive { live.insert(target) } else { idle.insert(target) }
      }
    }
    return idle.subtracting(live)
  }
}

extension Report {
  /// Reports a port that a Service does not have, with a fix where it has just one.
  fileprivate mutating func addMissing(
    port: Int, of service: String, among ports: [Int], effect: String, at path: Path,
    in document: Int
  ) {
    add(
      "Service \(service) has no port \(port) here, so that \(effect); use "
        + ports.map(String.init).alternatives, at: path, in: document)
    guard ports.count == 1 else { return }
    attach(Fix("write port \(ports[0])", [.set(document: document, path, .integer(ports[0]))]))
  }
}
