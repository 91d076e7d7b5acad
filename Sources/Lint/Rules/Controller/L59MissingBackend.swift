import Schemas
import Resources
import YAML

extension Rule {
  static let missingBackend = Rule(
    "L59.backend", "missing-backend", .warning, .controller,
    "a backendRef to a Backend or Service that is not there",
    why: "Rules that lead to it answer 500, or their part of the requests does.",
    bad: "AIServiceBackend {backendRef: {kind: Backend, name: azure}}, Backend openai alone",
    good: "AIServiceBackend {backendRef: {kind: Backend, name: openai}}, Backend openai",
    reference: Upstream.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { index, report in
      let presence = [
        GroupKind.backend: Presence(of: index.backends.keys),
        .service: Presence(of: index.servicePorts.keys),
      ]
      for route in index.mcpRoutes {
        for server in route.servers
        where server.namespace ?? route.key.namespace == route.key.namespace {
          let wanted = ObjectKey(route.key.namespace, server.name)
          guard let known = presence[server.target], !known.isEmpty, !server.name.isEmpty,
            let lack = known.lack(of: wanted)
          else { continue }
          report.addMissing(
            server.target.kind, wanted, lack, effect: "its tools are missing",
            at: server.path.appending("name"), in: route.index)
        }
      }
      guard !index.backends.isEmpty else { return }
      for document in index.documents {
        guard case .service(let service) = document.content, let wanted = service.backend,
          index.backends[wanted] == nil, let lack = presence[.backend]?.lack(of: wanted)
        else { continue }
        report.addMissing(
          "Backend", wanted, lack, effect: "requests get 500",
          at: .to("spec", "backendRef", "name"), in: document.index)
      }
    })
}
