import Schemas
import Resources

extension Rule {
  static let refusedBackend = Rule(
    "L101", "refused-backend", .error, .controller, "a Backend that Envoy Gateway refuses",
    why: "The API server accepts the Backend, but Envoy Gateway does not: requests to it get 500. "
      + "Only the ResolvedRefs condition of the HTTPRoute says why.",
    bad: "fqdn: {hostname: ollama, port: 11434}",
    good: "fqdn: {hostname: ollama.ai.svc.cluster.local, port: 11434}",
    reference: Citation.envoyGateway("internal/gatewayapi/backend.go"),
    .bundle { bundle, report in
      lazy var routed = Set(
        bundle.services.values.compactMap(\.service.backend)
          + bundle.plainHTTPRoutes.flatMap { ($0.route.backends + $0.route.mirrors).map(\.object) })
      for document in bundle.current {
        guard case .backend(let backend) = document.content, let refusal = backend.refusal,
          !backend.isSocket || routed.contains(backend.key)
        else { continue }
        let place = refusal.isTakenOnHost ? "in a cluster " : ""
        report.add(
          "\(place)Envoy Gateway refuses the Backend and answers 500 (\(refusal.condition)); "
            + refusal.advice, at: refusal.path, in: document.index,
          severity: refusal.isTakenOnHost ? .warning : .error)
      }
    })
}
