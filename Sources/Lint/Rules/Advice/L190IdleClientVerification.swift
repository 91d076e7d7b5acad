import Resources
import Schemas
import YAML

extension Rule {
  static let idleClientVerification = Rule(
    "L190", "idle-client-verification", .warning,
    "a Gateway's verification of clients that no listener does",
    why:
      "tls.frontend is for HTTPS listeners alone, and an entry of perPort for those on its port. "
      + "Elsewhere no client is asked for a certificate. Envoy Gateway 1.7 does not look at tls.frontend "
      + "at all.",
    bad: "tls: {frontend: {default: {validation: …}}} with HTTP listeners only",
    good: "the same with an HTTPS listener",
    reference: Citation.envoyGateway("internal/gatewayapi/listener.go"),
    .bundle { index, report in
      for (_, (document, gateway)) in index.ownGateways {
        for place in gateway.clientValidations {
          guard let reason = index.idleReason(for: place.port, of: gateway) else { continue }
          report.add(
            "\(reason), so that no client is asked for a certificate by this", at: place.path,
            in: document)
        }
      }
    })
}

extension Gateway {
  /// Where it says by what clients are verified, with the port that it is for; nil for all others.
  fileprivate var clientValidations: [(path: Path, port: Int?)] {
    let frontend = Path.to("spec", "tls", "frontend")
    let ports = (node[frontend]?.list("perPort") ?? []).enumerated().map { place, entry in
      (frontend.appending(.to("perPort", place, "tls")), entry["port"]?.integer)
    }
    return ([(frontend.appending("default"), nil)] + ports).compactMap { path, port in
      let path = path.appending("validation")
      return node[path] == nil ? nil : (path, port)
    }
  }
}

extension ResourceIndex {
  /// Why no listener of a Gateway can verify clients on a port, or on any; nil where one can, or may be in
  /// a ListenerSet.
  fileprivate func idleReason(for port: Int?, of gateway: Gateway) -> String? {
    if release < .v0_7 {
      return "Envoy Gateway 1.7 does not look at tls.frontend; write tls.clientValidation in a "
        + "ClientTrafficPolicy"
    }
    guard !gateway.takesListenerSets else { return nil }
    let listeners = gateway.listeners.filter { port == nil || $0.port == port }
    if listeners.contains(where: { $0.protocolName == "HTTPS" }) { return nil }
    guard let port else { return "no listener is for HTTPS" }
    return listeners.first.map { "listener \($0.name) on port \(port) is for \($0.protocolName)" }
      ?? "no listener has port \(port)"
  }
}
