import Schemas
import Resources
import YAML

extension Rule {
  static let tlsToPlainText = Rule(
    "L94", "tls-to-plain-text", .warning, "TLS to a port that usually serves plain HTTP",
    why: "Servers usually speak plain HTTP on the ports 80, 8000, 8080 and 11434. The TLS "
      + "handshake fails there, and requests get 503.",
    bad: "Backend vllm.ai.svc.cluster.local:8000 with a BackendTLSPolicy",
    good: "Backend vllm.ai.svc.cluster.local:8000 alone",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    repair: .automatic,
    .bundle { bundle, report in
      let targets = bundle.tlsTargets
      for (index, backend) in bundle.knownBackends {
        guard let endpoint = backend.endpoints.first(where: \.isPlainText),
          let port = endpoint.port
        else { continue }
        let reason = "port \(port) of Backend \(backend.key.name) speaks plain text as a rule"
        let severity = endpoint.isOfProvider ? Finding.Severity.error : .warning
        if backend.hasTLS {
          let path = Path.to("spec", "tls")
          report.add(
            "\(reason), and tls fails there; leave tls out, or use the port for TLS", at: path,
            in: index, severity: severity, fix: "remove tls", .remove(path))
        }
        for target in targets[backend.key] ?? [] where target.holds(for: port) {
          report.add(
            "\(reason), and TLS fails there; leave the policy out, or use the port for TLS",
            at: target.target.path, in: target.index, severity: severity)
        }
      }
    })
}

extension Backend.Endpoint {
  fileprivate var isPlainText: Bool { port.map([80, 8000, 8080, 11434].contains) ?? false }

  /// Whether it is the port 80 of a known provider, who speaks TLS at 443 only.
  fileprivate var isOfProvider: Bool {
    guard port == 80, case .host(let host) = address else { return false }
    return KnownHost.of(host) != nil
  }
}
