import Schemas
import YAML
import Resources

extension Rule {
  static let unreadyListener = Rule(
    "listener.unready", "unready-listener", .error, .controller,
    "a listener that Envoy Gateway does not program",
    why: "Listeners on one port need compatible protocols and distinct hostnames, a selector needs "
      + "labels, and HTTPS needs a certificate. Otherwise the listener is not programmed, and "
      + "nothing attached to it is served.",
    bad: "listeners: [{name: a, protocol: HTTP, port: 443}, {name: b, protocol: TCP, port: 443}]",
    good: "listeners: [{name: a, protocol: HTTP, port: 80}, {name: b, protocol: TCP, port: 443}]",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { index, report in
      for (_, (document, gateway)) in index.ownGateways {
        guard let address = gateway.unsupportedAddress else { continue }
        report.add(
          "Envoy Gateway knows no addresses of type \(address.type), so that the Gateway is not "
            + "accepted and has no listener; use IPAddress or Hostname",
          at: .to("spec", "addresses", address.index, "type"), in: document)
      }
      for (document, gateway) in index.gateways.values {
        // The Gateway's own authorities are those of several listeners, and reported once.
        var reported: Set<CACertificateRef> = []
        for listener in gateway.listeners {
          guard let problem = listener.problem, let message = listener.message(of: problem) else {
            continue
          }
          if case .unfitAuthorities(let ref) = problem, !reported.insert(ref).inserted { continue }
          let own = Path.to("spec", "listeners", listener.index).appending(problem.path)
          report.add(message, at: problem.authorities ?? own, in: document)
        }
        for clash in index.clashes(with: gateway) {
          report.add(
            "listener \(clash.own.name) of Gateway \(gateway.name.name) has the same port and "
              + (clash.isOfProtocols ? "another protocol" : "the same hostname")
              + ": \(clash.effect); use another port"
              + (clash.isOfProtocols ? "" : ", or a hostname of its own"), at: clash.other.port,
            in: clash.other.document, severity: clash.keepsOwn ? .error : .warning)
        }
      }
    })
}

extension Listener {
  /// Nil for what L123 and L124 report.
  fileprivate func message(of problem: Problem) -> String? {
    switch problem {
    case .protocolConflict(let other):
      "listener \(other) has the same port and another protocol, so neither is programmed; use "
        + "ports of their own"
    case .hostnameConflict(let other):
      hostname == nil
        ? "listener \(other) has the same port and no hostname either, so neither is programmed; "
          + "write a hostname of its own, or use another port"
        : "listener \(other) has the same port and the same hostname, so neither is programmed; use "
          + "a hostname of its own"
    case .taken(let other):
      "listener \(other) has the same port, protocol and hostname and is older, so this one is not "
        + "programmed; use a hostname of its own"
    case .noSelector:
      "from: Selector without a selector that can be read admits no route; write selector, or use "
        + "from: All"
    case .routeKind, .unfitCertificate: nil
    case .unfitAuthorities(let ref) where !ref.isSupported:
      "Envoy Gateway reads no certificates to verify clients by from kind \(ref.kind), so that "
        + "listeners are not programmed; name a ConfigMap or Secret with ca.crt"
    case .unfitAuthorities(let ref):
      "\(ref.kind) \(ref.object.name) has no key ca.crt to verify clients by, so that listeners are "
        + "not programmed; write certificates in PEM under ca.crt there"
    case .unknownProtocol(let name):
      "Envoy Gateway knows no protocol \(name); use HTTP, HTTPS, TLS, TCP or UDP"
    case .noTLS(let name):
      "protocol \(name) without tls is not programmed; write tls {certificateRefs: [{name: ...}]}"
    case .noCertificate:
      "tls names no Secret with a certificate, so the listener is not programmed; write "
        + "certificateRefs [{name: ...}]"
    }
  }
}

extension Listener.Problem {
  fileprivate var path: Path {
    switch self {
    case .protocolConflict: .to("port")
    case .hostnameConflict, .taken: .to("hostname")
    case .noSelector: .to("allowedRoutes", "namespaces", "selector")
    case .routeKind: .to("allowedRoutes", "kinds")
    case .unknownProtocol: .to("protocol")
    case .noTLS: .to("tls")
    case .noCertificate, .unfitCertificate, .unfitAuthorities: .to("tls", "certificateRefs")
    }
  }

  /// Where the Gateway names authorities that are none.
  fileprivate var authorities: Path? {
    if case .unfitAuthorities(let ref) = self {
      ref.path.appending(ref.isSupported ? "name" : "kind")
    } else {
      nil
    }
  }
}
