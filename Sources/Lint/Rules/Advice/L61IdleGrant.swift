import Resources
import Schemas
import YAML

extension Rule {
  static let idleGrant = Rule(
    "L61.idle", "idle-grant", .warning, "a grant that nobody asks for",
    why: "AI Gateway asks for grants from AIGatewayRoutes to AIServiceBackends and InferencePools, "
      + "Envoy Gateway from HTTPRoutes, Gateways and policies to what these name: Backends, "
      + "InferencePools, Services, Secrets. AIServiceBackends, BackendSecurityPolicies and "
      + "MCPRoutes refer to their own namespace, or are not asked.",
    bad: "from: [{kind: AIServiceBackend, ...}], to: [{kind: Backend, ...}]",
    good: "from: [{kind: HTTPRoute, ...}], to: [{kind: Backend, ...}]",
    reference: Citation.aiGateway("internal/controller/referencegrant.go"),
    .grant { grant, report in
      let pairs = grant.from.flatMap { from in
        grant.to.map { Reference(source: from.source, target: $0.target) }
      }
      guard let first = pairs.first, !pairs.contains(where: \.mayBeAskedFor) else { return }
      report.add(
        "nobody asks for a grant from \(first.source.kind) to \(first.target.kind); "
          + first.advice, at: .to("spec", "from"))
    })
}

extension Reference {
  /// Whether a controller may look for a grant for it.
  fileprivate var mayBeAskedFor: Bool {
    let texts = [source.group, source.kind, target.group, target.kind]
    if texts.contains(where: Variable.isIn) { return true }
    return switch (source.group, target.group) {
    case (APIGroup.aiGateway, _):
      source == .aiGatewayRoute && (target == .aiServiceBackend || target == .inferencePool)
    case (_, APIGroup.aiGateway): false
    case _: true
    }
  }

  /// What might have been meant.
  fileprivate var advice: String {
    if source == GroupKind.aiServiceBackend || source == .aiGatewayRoute {
      return "who leads to it is the HTTPRoute made of the route; write HTTPRoute, with the "
        + "route's namespace"
    }
    return target == .aiServiceBackend
      ? "who leads to it is the AIGatewayRoute; write that"
      : "what it names has to be in its own namespace"
  }
}
