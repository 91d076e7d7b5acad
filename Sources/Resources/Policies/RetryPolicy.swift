import Schemas
package import YAML

/// How a request that failed is tried again: `spec.retry` of a BackendTrafficPolicy, or `retry` of a
/// rule of a plain HTTPRoute, with Envoy Gateway's defaults (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/route.go, buildRetryPolicy).
package struct RetryPolicy: Sendable {
  /// How often at most, the first try not counted.
  package let retries: Int
  /// After so many tries the next priority is used; nil where retries stay in the first.
  package let attemptsPerPriority: Int?
  /// The triggers that hold, written or not.
  package let triggers: [String]
  /// The status codes that are tried again; none where no trigger asks for them.
  package let codes: [Int]
  /// The time for one try as written, nil where it has no limit of its own.
  package let perTry: String?
  /// As written, nil where left out.
  package let writtenTriggers: [String]?
  package let writtenCodes: [Int]?

  /// Reads a `spec`, nil where it has no retries.
  package init?(spec: Node) {
    guard let retry = spec.given("retry") else { return nil }
    retries = max(0, retry.given("numRetries")?.integer ?? RuntimeDefault.retries)
    let attempts = retry.given("numAttemptsPerPriority")?.integer ?? 0
    attemptsPerPriority = attempts > 0 ? attempts : nil
    writtenTriggers = retry.given("retryOn", "triggers")?.items.compactMap(\.text)
    writtenCodes = retry.given("retryOn", "httpStatusCodes")?.items.compactMap(\.integer)
    let triggers = writtenTriggers ?? []
    self.triggers = triggers.isEmpty ? RuntimeDefault.retryTriggers : triggers
    let isLeftOut = writtenTriggers == nil && writtenCodes == nil
    let codes = isLeftOut ? RuntimeDefault.retryCodes : Array(Set(writtenCodes ?? [])).sorted()
    self.codes = self.triggers.contains("retriable-status-codes") ? codes : []
    perTry = retry.given("perRetry", "timeout")?.text
  }

  /// Reads a rule of a plain HTTPRoute, nil where it has no retries; `backendRequest` is the time for
  /// one try only beside `retry.backoff` (internal/gatewayapi/route.go, processRouteRetry).
  package init?(ofRule rule: Node) {
    guard let retry = rule.given("retry") else { return nil }
    retries = max(0, retry.given("attempts")?.integer ?? RuntimeDefault.retries)
    attemptsPerPriority = nil
    writtenTriggers = nil
    let codes = retry.list("codes").compactMap(\.integer)
    writtenCodes = codes.isEmpty ? nil : codes
    triggers = RuntimeDefault.retryTriggers
    self.codes = codes.isEmpty ? RuntimeDefault.retryCodes : Array(Set(codes)).sorted()
    perTry =
      retry.given("backoff") == nil ? nil : rule.given("timeouts", "backendRequest")?.text
  }

  /// The time for one try in milliseconds.
  package var perTryMilliseconds: Int? { perTry.flatMap(GatewayDuration.milliseconds) }

  /// Whether a backend that cannot be reached at all is a reason to try again (Envoy's retry
  /// triggers of those names).
  package var catchesFailedConnections: Bool {
    triggers.contains {
      ["connect-failure", "5xx", "gateway-error", "reset", "reset-before-request"].contains($0)
    }
  }
}
