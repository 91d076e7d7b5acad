import Schemas
import YAML
import Resources

/// How long a request of a rule may take (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go,
/// internal/xds/translator/route.go; envoyproxy/ai-gateway v1.1.0,
/// internal/extensionserver/post_translate_modify.go).
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
  /// A policy's limit on the whole request, whatever the route says.
  package let maxStream: Value?

  init(
    _ rule: CompiledRule, isAI: Bool, traffic: EffectiveTraffic?,
    client: PolicyAttachments.Holder?
  ) {
    let times = rule.node.given("timeouts")
    func value(_ node: Node?, _ origin: String) -> Value? {
      node?.text.map { Value(text: $0, origin: origin) }
    }
    let written = value(times?.given("request"), "timeouts.request of \(rule.title)")
    let fallback = Value(
      text: RuntimeDefault.requestTimeout, origin: "AI Gateway's default, as the rule sets none")
    let request = written ?? (isAI ? fallback : nil)
    // Beside retries of a plain HTTPRoute it is for one try, or for nothing.
    let retry = isAI ? nil : RetryPolicy(ofRule: rule.node)
    let isIdle = retry != nil && retry?.perTry == nil
    let backendRequest = value(
      times?.given("backendRequest"),
      "timeouts.backendRequest of \(rule.title)"
        + (isIdle ? ", not used beside retry without backoff" : ""))
    self.request = request
    self.backendRequest = backendRequest
    // AI Gateway writes none for 0s.
    let pause = value(rule.node.given("streamIdleTimeout"), "streamIdleTimeout of \(rule.title)")
    streamIdle = pause?.milliseconds == 0 ? nil : pause
    // A policy's own counts only where the route sets none.
    let whole =
      (retry == nil ? backendRequest : nil) ?? request
      ?? value(
        traffic?.traffic.spec.given("timeout", "http", "requestTimeout"),
        "timeout.http.requestTimeout of "
          + (traffic?.origin("timeout", "http", "requestTimeout")?.name ?? ""))
    let limit = StreamLimit(.duration, traffic, client)
    maxStream = limit.map {
      Value(text: $0.text, origin: "maxStreamDuration of \($0.holder.policy.name)")
    }
    let ending =
      whole
      ?? (isAI
        ? nil
        : Value(
          text: RuntimeDefault.envoyRequest, origin: "Envoy's default, as the HTTPRoute sets none"))
    let length = ending?.milliseconds ?? 0
    total = limit.map { $0.milliseconds < length || length == 0 } ?? false ? maxStream : ending
    perTry =
      retry != nil
      ? retry?.perTry.map { Value(text: $0, origin: "timeouts.backendRequest of \(rule.title)") }
      : traffic?.traffic.retry?.perTry.map {
        let policy = traffic?.origin("retry", "perRetry", "timeout")
        return Value(text: $0, origin: "retry.perRetry.timeout of \(policy?.name ?? "")")
      }
    idle = Timeouts.idle(total: whole, traffic: traffic, client: client)
  }

  private static func idle(
    total: Value?, traffic: EffectiveTraffic?, client: PolicyAttachments.Holder?
  ) -> Value {
    if let text = traffic?.traffic.streamIdle {
      let policy = traffic?.origin("timeout", "http", "streamIdleTimeout")
      return Value(
        text: text, origin: "timeout.http.streamIdleTimeout of \(policy?.name ?? "")")
    }
    if let client, let text = ClientTraffic(spec: client.policy.spec).streamIdle {
      return Value(text: text, origin: "timeout.http.streamIdleTimeout of \(client.policy.name)")
    }
    let standard = RuntimeDefault.streamIdle
    guard let total, let length = total.milliseconds else {
      return Value(text: RuntimeDefault.envoyStreamIdle, origin: "Envoy's default")
    }
    if length == 0 { return Value(text: "0s", origin: "no limit, as the whole request has none") }
    return length > GatewayDuration.milliseconds(standard) ?? 0
      ? Value(text: total.text, origin: "as long as the whole request")
      : Value(text: standard, origin: "Envoy Gateway's default")
  }
}
