import Kinds
import Manifest
import Resources

extension Rule {
  static let missingService = Rule(
    "L59", .warning, .controller, "a backendRef to an AIServiceBackend that is not there",
    why: "One missing AIServiceBackend keeps the controller from writing any rule of the route; "
      + "the old ones keep serving. Apply Backends and AIServiceBackends before the route.",
    bad: "backendRefs: [{name: azure}], AIServiceBackend openai alone",
    good: "backendRefs: [{name: azure}], AIServiceBackends openai and azure",
    .bundle { index, report in
      guard !index.services.isEmpty else { return }
      lazy var presence = Presence(of: index.services.keys)
      for (document, route) in index.routes {
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where !ref.isPool && !ref.name.isEmpty {
            let wanted = ref.target(from: route.home)
            guard index.services[wanted] == nil, let lack = presence.lack(of: wanted) else {
              continue
            }
            report.add(
              "AIServiceBackend \(wanted.name) is not in namespace \(wanted.namespace) here"
                + "\(lack.hint); while it is missing, no rule of the route is written",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: document,
              severity: lack.severity)
          }
        }
      }
    })

  static let missingBackend = Rule(
    "L59.backend", .warning, .controller, "an AIServiceBackend whose Backend is not there",
    why: "Rules that lead to it answer 500, or their part of the requests does.",
    bad: "AIServiceBackend {backendRef: {kind: Backend, name: azure}}, Backend openai alone",
    good: "AIServiceBackend {backendRef: {kind: Backend, name: openai}}, Backend openai",
    reference: "domain.md 2.6",
    .bundle { index, report in
      guard !index.backends.isEmpty else { return }
      lazy var presence = Presence(of: index.backends.keys)
      for document in index.documents {
        guard case .service(let service) = document.content, let wanted = service.backend,
          index.backends[wanted] == nil, let lack = presence.lack(of: wanted)
        else { continue }
        report.add(
          "Backend \(wanted.name) is not in namespace \(wanted.namespace) here\(lack.hint); "
            + "while it is missing, requests get 500", at: .to("spec", "backendRef", "name"),
          in: document.index, severity: lack.severity)
      }
    })

  static let missingPool = Rule(
    "L59.pool", .warning, .controller, "a backendRef to an InferencePool that is not there",
    why: "The HTTPRoute is written all the same, and what leads to the pool answers 500.",
    bad: "backendRefs: [{kind: InferencePool, name: lama}], InferencePool llama alone",
    good: "backendRefs: [{kind: InferencePool, name: llama}]",
    reference: "envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go",
    .bundle { index, report in
      guard !index.pools.isEmpty else { return }
      let presence = Presence(of: index.pools)
      for (document, route) in index.routes {
        for rule in route.rules {
          for (place, ref) in rule.refs.enumerated() where ref.isPool && !ref.name.isEmpty {
            let wanted = ref.target(from: route.home)
            guard let lack = presence.lack(of: wanted) else { continue }
            report.add(
              "InferencePool \(wanted.name) is not in namespace \(wanted.namespace) here"
                + "\(lack.hint); while it is missing, requests get 500",
              at: .to("spec", "rules", rule.index, "backendRefs", place, "name"), in: document,
              severity: lack.severity)
          }
        }
      }
    })

  static let missingPolicyBackend = Rule(
    "L59.policy", .warning, .controller, "a backend of a SecurityPolicy that is not there",
    why: "Envoy Gateway refuses the policy, and every request that it covers is answered with 500; "
      + "with extAuth.failOpen every request is let in unasked.",
    bad: "extAuth: {http: {backendRefs: [{name: auht, port: 80}]}}, Service auth",
    good: "extAuth: {http: {backendRefs: [{name: auth, port: 80}]}}, Service auth",
    reference: "envoyproxy/gateway v1.8.1, internal/gatewayapi/validate.go",
    .bundle { index, report in
      let holders = index.securityPolicies.all
      guard !holders.isEmpty else { return }
      let presence = [
        "Service": Presence(of: index.servicePorts.keys),
        "Backend": Presence(of: index.backends.keys),
      ]
      for holder in holders {
        for backend in PolicyBackend.all(in: holder.policy.spec, home: holder.policy.home) {
          guard let known = presence[backend.kind], !known.isEmpty, !backend.object.name.isEmpty,
            let lack = known.lack(of: backend.object)
          else { continue }
          let effect =
            backend.failsOpen ? "every request is let in unasked" : "requests get 500"
          report.add(
            "\(backend.kind) \(backend.object.name) is not in namespace "
              + "\(backend.object.namespace) here\(lack.hint); while it is missing, \(effect)",
            at: backend.path.appending("name"), in: holder.index, severity: lack.severity)
        }
      }
    })
}
