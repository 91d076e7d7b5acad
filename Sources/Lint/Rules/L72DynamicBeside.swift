import Resources
import Manifest

extension Rule {
  static let refusedBackend = Rule(
    "L101", .error, .controller, "a Backend that Envoy Gateway refuses",
    why: "The server takes it, and Envoy Gateway does not: what leads to it is answered with 500. "
      + "Only the condition ResolvedRefs of the HTTPRoute says why.",
    bad: "fqdn: {hostname: ollama, port: 11434}",
    good: "fqdn: {hostname: ollama.ai.svc.cluster.local, port: 11434}",
    reference: "envoyproxy/gateway v1.8.1, internal/gatewayapi/backend.go",
    .bundle { bundle, report in
      for document in bundle.documents {
        guard case .backend(let backend) = document.content, let refusal = backend.refusal else {
          continue
        }
        let place = refusal.isTakenOnHost ? "in a cluster " : ""
        report.add(
          "\(place)Envoy Gateway refuses the Backend and answers 500 (\(refusal.condition)); "
            + refusal.advice, at: refusal.path, in: document.index,
          severity: refusal.isTakenOnHost ? .warning : .error)
      }
    })

  static let dynamicBeside = Rule(
    "L72", .warning, .controller, "a dynamic Backend beside other backends",
    why: "A Backend of type DynamicResolver cannot share a rule: every request of it gets 500.",
    bad: "backendRefs: [{name: anywhere}, {name: openai}], Backend anywhere of DynamicResolver",
    good: "one rule for each",
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.refs.count > 1 {
          for (place, ref) in rule.refs.enumerated() {
            guard let backend = bundle.backend(of: ref, in: route), backend.isDynamic else {
              continue
            }
            report.add(
              "\(ref.name) leads to Backend \(backend.key.name) of type DynamicResolver, which "
                + "must be alone in a rule; give it its own",
              at: .to("spec", "rules", rule.index, "backendRefs", place), in: index)
          }
        }
      }
    })
}
