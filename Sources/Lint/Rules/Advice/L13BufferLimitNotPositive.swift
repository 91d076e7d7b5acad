import Schemas
import Resources
import YAML

extension Rule {
  static let bufferLimitNotPositive = Rule(
    "L13", "buffer-limit-not-positive", .error,
    "a bufferLimit of zero or less, written as a number",
    why: "The API server checks the format of strings only, so numbers pass. Zero is no limit to "
      + "Envoy, which then keeps bodies of any size in memory; with a negative number Envoy Gateway "
      + "refuses the policy, and every route answers 500.",
    bad: "bufferLimit: 0", good: "bufferLimit: 50Mi",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    repair: .automatic,
    .policy { policy, report in
      guard let limit = policy.bufferBytes, limit <= 0 else { return }
      report.add(
        (limit == 0
          ? "bufferLimit 0 is no limit: Envoy keeps bodies of any size in memory"
          : "bufferLimit \(limit) makes every route answer 500") + "; use a size such as 50Mi",
        at: .bufferLimit,
        source: limit < 0 ? .controller : .advice, fix: "write 50Mi",
        .set(.bufferLimit, .string("50Mi")))
    })
}
