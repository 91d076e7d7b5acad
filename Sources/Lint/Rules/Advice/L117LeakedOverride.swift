import Resources
import Schemas
import YAML

extension Rule {
  static let leakedOverride = Rule(
    "L117.leak", "leaked-override", .warning,
    "a credential of clients that goes on to other backends",
    why: "AI Gateway takes the header with the credential out of requests to the backends of the "
      + "policy only. A request that another backend of the rule serves, by weight or after a failure, "
      + "carries it there, and so do requests of other rules that clients send it with.",
    bad: "credentialOverride of openai, a rule with the backendRefs openai and mistral",
    good: "the same, and mistral with headerMutation: {remove: [x-aigw-api-key]}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { index, report in
      lazy var gateways = index.gatewaysOfServices
      for (document, policy) in index.credentials {
        guard let override = CredentialOverride(policy), let header = override.headers.first,
          !Variable.isIn(header)
        else { continue }
        let services = Set(policy.targets.map(\.object))
        let reached = services.reduce(into: Set<ObjectKey>()) { $0.formUnion(gateways[$1] ?? []) }
        let leaks = index.leaks(of: header, from: services, through: reached)
        guard let leak = leaks.first(where: \.isBeside) ?? leaks.first else { continue }
        report.add(
          (leak.isBeside ? "requests of \(leak.rule)" : "requests of other rules, as \(leak.rule),")
            + " take header \(header) on to AIServiceBackend \(leak.service.name); write "
            + "\(override.inputs.joined(separator: ", ")) into its headerMutation.remove",
          at: .to("spec", "credentialOverride", "fromRequestHeaders"), in: document,
          severity: leak.isBeside ? .warning : .info)
      }
    })
}

/// An AIServiceBackend that is sent a credential for others.
private struct Leak {
  let service: ObjectKey
  let rule: String
  /// Whether one of the others is in the rule as well.
  let isBeside: Bool
}

extension ResourceIndex {
  /// Where a header for some AIServiceBackends goes as well from the Gateways through which they are
  /// reached.
  fileprivate func leaks(
    of header: String, from services: Set<ObjectKey>, through gateways: Set<ObjectKey>
  ) -> [Leak] {
    let hosts = Set(services.flatMap { backend(ofService: $0)?.hosts ?? [] })
    return routes.filter { !gateways.isDisjoint(with: $0.route.attachment.gateways) }
      .flatMap { _, route in
        route.rules.flatMap { rule in
          let live = rule.refs.filter { $0.isLive && !$0.isPool }
          let isBeside = live.contains { services.contains($0.target(from: route.namespace)) }
          return live.compactMap { ref -> Leak? in
            let service = ref.target(from: route.namespace)
            let own = Set(backend(ofService: service)?.hosts ?? [])
            guard !services.contains(service), passes(header: header, to: service),
              !Optional(ref.node).changes(header: header), own.isEmpty || !own.isSubset(of: hosts)
            else { return nil }
            return Leak(
              service: service, rule: "\(rule.title) of AIGatewayRoute \(route.name)",
              isBeside: isBeside)
          }
        }
      }
  }
}
