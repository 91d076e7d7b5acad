import Schemas
import Resources
import YAML

extension Rule {
  static let backendPort = Rule(
    "L102", "backend-port", .error, "a port on which nothing listens",
    why: "A Service forwards only the ports that it lists, whatever ports its Pods listen on. "
      + "Requests get 503.",
    bad: "fqdn: {hostname: vllm.ai.svc.cluster.local, port: 8000}, Service {ports: [{port: 80}]}",
    good: "fqdn: {hostname: vllm.ai.svc.cluster.local, port: 80}, Service {ports: [{port: 80}]}",
    reference: Citation.envoyGatewayCRD("backends"),
    repair: .automatic,
    .bundle { bundle, report in
      lazy var presence = ObjectPresence(of: bundle.servicePorts.keys)
      for (index, backend) in bundle.knownBackends {
        for endpoint in backend.endpoints {
          switch bundle.problem(of: endpoint) {
          case .missing(let service):
            guard let missing = presence.missingObject(service) else { continue }
            report.addMissing(
              "Service", service, missing, effect: "requests get 503",
              at: endpoint.path.parent.appending("hostname"), in: index)
          case .closed(let service, let ports):
            let shown = ports.map { String($0) }.joined(separator: ", ")
            report.add(
              "Service \(service.name) has no port \(endpoint.port ?? 0), only \(shown); use "
                + (ports.count == 1 ? shown : "one of them"), at: endpoint.path, in: index)
            guard ports.count == 1 else { continue }
            report.attach(
              Fix(
                "write port \(ports[0])",
                [.set(document: index, endpoint.path, .integer(ports[0]))]))
          case nil: continue
          }
        }
      }
    })
}
