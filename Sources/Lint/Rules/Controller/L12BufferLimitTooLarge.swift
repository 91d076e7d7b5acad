import Schemas
import YAML
import Resources

extension Rule {
  static let bufferLimitTooLarge = Rule(
    "L12", "buffer-limit-too-large", .error, .controller, "a bufferLimit above 4294967295",
    why: "The API server accepts the value, but Envoy Gateway refuses the policy, and every route "
      + "that the policy covers answers 500.",
    bad: "bufferLimit: 4Gi", good: "bufferLimit: 50Mi",
    reference: Citation.envoyGateway("internal/gatewayapi/clienttrafficpolicy.go"),
    repair: .automatic,
    .policy { policy, report in
      guard let limit = policy.bufferBytes, limit > ByteSize.range.upperBound,
        let shown = policy.bufferLimit?.scalar?.text
      else { return }
      report.add(
        "bufferLimit \(shown) is out of range; use 1 to 4294967295 bytes, such as 50Mi",
        at: .bufferLimit, fix: "write 50Mi", .set(.bufferLimit, .string("50Mi")))
    })
}
