import Kinds
import Manifest

/// How long a request of a rule may take (domain.md 3.7).
package struct Timeouts: Sendable {
  /// A length of time and what says so.
  package struct Value: Hashable, Sendable {
    /// As written, such as `60s`.
    package let text: String
    package let origin: String

    /// Nil for a text that is no length of time.
    package var milliseconds: Int? { GatewayDuration.milliseconds(text) }
  }

  /// What the HTTPRoute has; nil for a plain HTTPRoute without one.
  package let request: Value?
  package let backendRequest: Value?
  /// The rule's own limit on pauses within one try.
  package let streamIdle: Value?
  /// The time that a request really has, its answer included; `0s` is no limit.
  package let total: Value?
  /// How long a whole stream may pause; `0s` is no limit.
  package let idle: Value
  /// How long one try may take.
  package let perTry: Value?

  init(
    _ rule: ServedRule, isAI: Bool, retry: Retry?, backend: [Policies.Policy],
    client: Policies.Policy?
  ) {
    let times = rule.node.given("timeouts")
    func value(_ node: Node?, _ origin: String) -> Value? {
      node?.text.map { Value(text: $0, origin: origin) }
    }
    let written = value(times?.given("request"), "timeouts.request of \(rule.title)")
    let fallback = Value(
      text: Translation.defaultRequest, origin: "AI Gateway's default, as the rule sets none")
    let request = written ?? (isAI ? fallback : nil)
    let backendRequest = value(
      times?.given("backendRequest"), "timeouts.backendRequest of \(rule.title)")
    self.request = request
    self.backendRequest = backendRequest
    streamIdle = value(rule.node.given("streamIdleTimeout"), "streamIdleTimeout of \(rule.title)")
    total = backendRequest ?? request
    perTry = retry?.perTry.map {
      Value(text: $0, origin: "retry.perRetry.timeout of \(retry?.policies.first?.name ?? "")")
    }
    idle = Timeouts.idle(request: request, backend: backend, client: client)
  }

  private static func idle(
    request: Value?, backend: [Policies.Policy], client: Policies.Policy?
  ) -> Value {
    for policy in backend + (client.map { [$0] } ?? []) {
      let written = policy.spec.given("timeout")?.given("http")?.given("streamIdleTimeout")
      if let text = written?.text {
        return Value(text: text, origin: "timeout.http.streamIdleTimeout of \(policy.name.name)")
      }
    }
    let hour = 3_600_000
    guard let request, let length = request.milliseconds else {
      return Value(text: "1h", origin: "Envoy Gateway's default")
    }
    if length == 0 { return Value(text: "0s", origin: "no limit, as request has none") }
    return length > hour
      ? Value(text: request.text, origin: "as long as request")
      : Value(text: "1h", origin: "Envoy Gateway's default")
  }
}
