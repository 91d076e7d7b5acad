import Resources
import Schemas
import YAML

extension Rule {
  static let zeroCircuitBreaker = Rule(
    "L157", "closed-circuit", .warning, "a circuit breaker that lets no request through",
    why: "With 0 requests under way or waiting, the first one is too many: Envoy answers 503.",
    bad: "circuitBreaker: {maxParallelRequests: 0}",
    good: "circuitBreaker: {maxParallelRequests: 1024}",
    reference: Citation.envoy("api/envoy/config/cluster/v3/circuit_breaker.proto"),
    .policy { policy, report in
      guard policy.kind == .backend, let field = policy.traffic.zeroCircuitBreaker else { return }
      report.add(
        "every request gets 503; use at least 1", at: .to("spec", "circuitBreaker", field))
    })
}
