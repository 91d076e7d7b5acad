package import Resources

/// How a request that failed is tried again, and the policies that say so.
package struct Retry: Sendable {
  private let policy: RetryPolicy
  /// What says so: policies, the nearest first, or the rule.
  package let origin: String

  /// What holds for a rule, nil where it has no retries: those of a plain HTTPRoute itself stand
  /// before a policy's (envoyproxy/gateway v1.8.1, internal/ir/xds.go, GetRetry).
  init?(_ rule: CompiledRule, isAI: Bool, _ effective: EffectiveTraffic?) {
    if !isAI, let retry = RetryPolicy(ofRule: rule.node) {
      policy = retry
      origin = rule.title
      return
    }
    guard let effective, let retry = effective.traffic.retry else { return nil }
    policy = retry
    origin = effective.policies.filter { $0.policy.traffic.hasRetry }.map(\.policy.name)
      .joined(separator: " over ")
  }

  /// How often at most, the first try not counted.
  package var retries: Int { policy.retries }
  /// After so many tries the next priority is used; nil where retries stay in the first.
  package var attemptsPerPriority: Int? { policy.attemptsPerPriority }
  package var triggers: [String] { policy.triggers }
  package var codes: [Int] { policy.codes }
  /// As written, nil where a try has no limit of its own.
  package var perTry: String? { policy.perTry }
  /// Whether a backend that cannot be reached at all is a reason to try again.
  package var catchesFailedConnections: Bool { policy.catchesFailedConnections }
}

/// How much of a request a listener buffers, and the policy that says so.
package struct AppliedBufferLimit: Sendable {
  private let limit: BufferLimit
  /// The policy that sets it, nil for Envoy Gateway's own.
  package let policy: ObjectKey?

  /// The listener that its port has the limit from, nil for its own.
  private let first: String?

  init(_ holder: PolicyAttachments.Holder?, from first: Listener? = nil) {
    self.first = first?.name
    let set = holder.flatMap { ClientTraffic(spec: $0.policy.spec).bufferLimit }
    limit = set ?? BufferLimit.standard
    policy = set == nil ? nil : holder?.policy.key
  }

  /// Nil for a value that Envoy Gateway refuses, so that every route of the listener answers 500, and
  /// for 0, which is no limit to Envoy (envoyproxy/envoy v1.38.1, envoy/http/filter.h, decoderBufferLimit).
  package var bytes: Int64? { limit.bytes == 0 ? nil : limit.bytes }
  /// As written.
  package var text: String { limit.text }

  /// Where the limit comes from.
  package var origin: String {
    let origin =
      policy.map { "bufferLimit \(text) of ClientTrafficPolicy \($0.name)" }
      ?? "Envoy Gateway's default, as no ClientTrafficPolicy sets another"
    return first.map { "\(origin) for listener \($0), the first on the port" } ?? origin
  }
}
