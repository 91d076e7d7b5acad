import Schemas
import Resources
import YAML

extension Rule {
  static let backendPort = Rule(
    "L102", "backend-port", .error, "a port on which nothing listens",
    why: "The API server accepts port 0, to which no connection is possible. A Service forwards "
      + "only the ports that it lists, whatever ports its Pods listen on. Requests get 503.",
    bad: "fqdn: {hostname: vllm.ai.svc.cluster.local, port: 8000}, Service {ports: [{port: 80}]}",
    good: "fqdn: {hostname: vllm.ai.svc.cluster.local, port: 80}, Service {ports: [{port: 80}]}",
    reference: Upstream.envoyGatewayCRD("backends"),
    .bundle { bundle, report in
      for (index, backend) in bundle.backendsAtHand {
        for endpoint in backend.endpoints {
          guard let port = endpoint.port else { continue }
          guard port != 0 else {
            report.add(
              "nothing can be reached at port 0; write the server's port", at: endpoint.path,
              in: index)
            continue
          }
          guard case .host(let host) = endpoint.address,
            let service = ProviderHost.service(of: host), !bundle.openServices.contains(service),
            let ports = bundle.servicePorts[service], let first = ports.first,
            !ports.contains(port)
          else { continue }
          let shown = ports.map { String($0) }.joined(separator: ", ")
          report.add(
            "Service \(service.name) does not pass port \(port) on, only \(shown); use "
              + (ports.count == 1 ? "\(first)" : "one of them"), at: endpoint.path, in: index)
          guard ports.count == 1 else { continue }
          report.attach(
            Fix("write port \(first)", [.set(document: index, endpoint.path, .integer(first))]))
        }
      }
    })
}
