import Kinds
import Manifest

extension Rule {
  static let bufferLimitTooLarge = Rule(
    "L12", .error, .controller, "a bufferLimit above 4294967295",
    why: "The server takes it, Envoy Gateway refuses the policy, and every route of the listener "
      + "answers 500.",
    bad: "bufferLimit: 4Gi", good: "bufferLimit: 50Mi",
    .policy { policy, report in
      guard let limit = policy.bufferBytes, limit > 4_294_967_295,
        let shown = policy.bufferLimit?.scalar?.text
      else { return }
      report.add(
        "bufferLimit \(shown) is out of range; use 1 to 4294967295 bytes, such as 50Mi",
        at: .bufferLimit, fix: "write 50Mi", .set(.bufferLimit, .string("50Mi")))
    })
}

extension Path {
  static let bufferLimit = Path.to("spec", "connection", "bufferLimit")
}

extension Policy {
  /// The limit in bytes, nil where there is none or it is no size.
  var bufferBytes: Int64? {
    guard let bufferLimit else { return nil }
    return bufferLimit.integer.map(Int64.init) ?? bufferLimit.text.flatMap(Quantity.bytes)
  }
}
