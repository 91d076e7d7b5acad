import Schemas
import Resources
import YAML

extension Rule {
  static let plainTextToTLS = Rule(
    "L67", "plain-text-to-tls", .warning, "port 443 without TLS",
    why: "Envoy sends plain text to a Backend unless a BackendTLSPolicy or the Backend's own tls "
      + "says otherwise, and a provider answers that with an error.",
    bad: "Backend with fqdn api.openai.com:443 alone",
    good: "the same and a BackendTLSPolicy {wellKnownCACertificates: System}",
    reference: Citation.envoyGatewayCRD("backends"),
    repair: .automatic,
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      let secured = Set(bundle.tlsPolicies.flatMap(\.policy.backends))
      let namespaces = Set(bundle.tlsPolicies.map(\.policy.key.namespace))
      for document in bundle.current {
        guard case .backend(let backend) = document.content, !backend.hasTLS,
          !secured.contains(backend.key),
          let endpoint = backend.endpoints.first(where: { $0.port == 443 })
        else { continue }
        report.add(
          "port 443 is used without TLS, because no BackendTLSPolicy here targets Backend "
            + "\(backend.key.name); write one", at: endpoint.path, in: document.index,
          severity: namespaces.contains(backend.key.namespace) ? .warning : .info)
        // It would hold for all endpoints, with the name of one host.
        guard case .host(let host) = endpoint.address,
          backend.endpoints.allSatisfy({ $0.port == 443 }), Set(backend.hosts).count == 1
        else { continue }
        report.attach(
          Fix(
            "write a BackendTLSPolicy",
            [.add(SuggestedObjects.tlsPolicy(for: backend.key, host: host))],
            // Hosts of one's own seldom have a certificate of a public authority.
            caution: ProviderHost.isPublic(host) ? nil : .guess))
      }
    })
}
