package import Resources

/// How a request that failed is tried again, and the policies that say so.
package struct Retry: Sendable {
  private let policy: RetryPolicy
  /// The nearest first.
  package let policies: [ObjectKey]

  /// What holds for a rule; nil where its policy has no retries.
  init?(_ effective: EffectiveTraffic?) {
    guard let effective, let retry = effective.traffic.retry else { return nil }
    policy = retry
    policies = effective.policies.filter { $0.policy.traffic.hasRetry }.map(\.policy.key)
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

  /// Nil for a value that Envoy Gateway refuses: every route of the listener then answers 500.
  package var bytes: Int64? { limit.bytes }
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
