import Schemas
import Resources

extension Rule {
  static let missingBackend = Rule(
    "L59.backend", "missing-backend", .warning, .controller,
    "an AIServiceBackend whose Backend is missing",
    why: "Rules that use it answer 500, to all requests or to its share of them.",
    bad: "AIServiceBackend {backendRef: {kind: Backend, name: azure}}, Backend openai alone",
    good: "AIServiceBackend {backendRef: {kind: Backend, name: openai}}, Backend openai",
    reference: Upstream.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { index, report in
      guard !index.backends.isEmpty else { return }
      lazy var presence = Presence(of: index.backends.keys)
      for document in index.documents {
        guard case .service(let service) = document.content, let wanted = service.backend,
          index.backends[wanted] == nil, let lack = presence.lack(of: wanted)
        else { continue }
        report.addMissing(
          "Backend", wanted, lack, effect: "requests get 500",
          at: .to("spec", "backendRef", "name"), in: document.index)
      }
    })
}
