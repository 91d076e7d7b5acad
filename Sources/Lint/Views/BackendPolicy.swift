import Kinds
import Manifest

/// A BackendTrafficPolicy's own part as the rules see it.
final class BackendPolicy: Sendable {
  let policy: Policy
  let isMerged: Bool
  let hasRetry: Bool
  let hasHealthCheck: Bool
  let attemptsPerPriority: Int?
  let retries: Int
  /// Milliseconds.
  let perRetry: Int?
  /// As written, nil where left out.
  let triggers: [String]?
  let codes: [Int]?
  let hasRequestTimeout: Bool

  init(_ policy: Policy) {
    self.policy = policy
    let spec = policy.node["spec"]
    isMerged = spec?["mergeType"]?.text != nil
    let retry = spec?["retry"]
    hasRetry = retry.map { !$0.isNull } ?? false
    let health = spec?["healthCheck"]
    hasHealthCheck =
      health?["passive"].map { !$0.isNull } ?? false
      || health?["active"].map { !$0.isNull } ?? false
    attemptsPerPriority = retry?["numAttemptsPerPriority"]?.integer
    retries = retry?["numRetries"]?.integer ?? 2
    perRetry = retry?["perRetry"]?["timeout"]?.text.flatMap(GatewayDuration.milliseconds)
    let retryOn = retry?["retryOn"]
    triggers = retryOn?["triggers"].map { $0.items.compactMap(\.text) }
    codes = retryOn?["httpStatusCodes"].map { $0.items.compactMap(\.integer) }
    let timeout = spec?["timeout"]?["http"]?["requestTimeout"]
    hasRequestTimeout = timeout.map { !$0.isNull } ?? false
  }

  /// The triggers that hold, written or not (domain.md 3.6).
  var effectiveTriggers: [String] { triggers ?? BackendPolicy.defaultTriggers }

  static let defaultTriggers = [
    "connect-failure", "refused-stream", "unavailable", "cancelled", "retriable-status-codes",
  ]
}
