import RE2
import Schemas
package import YAML

/// A rule of `rateLimit` in a BackendTrafficPolicy: whom it limits, and by what (envoyproxy/gateway
/// v1.8.1, internal/gatewayapi/backendtrafficpolicy.go, buildRateLimitRule).
package struct RateLimitRule: Sendable {
  /// A header by which it selects requests.
  package struct Header: Sendable {
    package let path: Path
    /// In lower case.
    package let name: String
    package let type: String
    package let value: String
    package let isInverted: Bool

    fileprivate init(_ node: Node, at path: Path) {
      self.path = path
      name = node["name"]?.text?.lowercased() ?? ""
      type = node.given("type")?.text ?? "Exact"
      value = node["value"]?.text ?? ""
      isInverted = node.given("invert")?.bool == true
    }

    /// Whether a header with a value fits, nil for one that the request lacks. What RE2 reads and this
    /// program does not is taken to fit.
    package func fits(_ text: String?) -> Bool {
      guard let text else { return type != "Distinct" && isInverted }
      switch type {
      case "Distinct": return true
      case "RegularExpression":
        guard let expression = try? RegularExpression(value) else { return true }
        return expression.matches(text) != isInverted
      case _: return (text == value) != isInverted
      }
    }
  }

  package let path: Path
  package let node: Node
  package let headers: [Header]

  fileprivate init(_ node: Node, at path: Path) {
    self.node = node
    self.path = path
    headers = node.list("clientSelectors").enumerated().flatMap { place, selector in
      selector.list("headers").enumerated().map { number, header in
        Header(header, at: path.appending(.to("clientSelectors", place, "headers", number)))
      }
    }
  }

  /// Whether each proxy counts for itself.
  package var isLocal: Bool { path.has(step: "local") }
  /// Whether it is for all requests.
  package var isOpen: Bool { node.list("clientSelectors").isEmpty }
  /// The time for which it counts.
  var seconds: Int? { node.given("limit", "unit")?.text.flatMap(Self.seconds) }

  /// The length of a unit of time.
  static func seconds(in unit: String) -> Int? {
    switch unit {
    case "Second": 1
    case "Minute": 60
    case "Hour": 3600
    case "Day": 86_400
    case "Month": 2_592_000
    case "Year": 31_536_000
    case _: nil
    }
  }

  /// Whether requests by a method are counted.
  package func counts(method: String) -> Bool {
    let methods = node.list("clientSelectors").flatMap { $0.list("methods") }
    return methods.isEmpty
      || methods.contains {
        ($0["value"]?.text == method) != ($0.given("invert")?.bool == true)
      }
  }

  /// Where it says that nothing is counted: a request costs nothing and neither does its response
  /// (api/v1alpha1/ratelimit_types.go), or a request costs what AI Gateway writes with the response
  /// only, for which Envoy drops it (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/common/ratelimit_config/ratelimit_config.cc).
  package var idleCost: (path: Path, advice: String)? {
    let place = path.appending(.to("cost", "request"))
    guard path.has(step: "global") else { return nil }
    if let counted = node.given("cost", "response", "metadata"),
      counted["namespace"]?.text == RateLimitRule.costNamespace,
      let key = counted["key"]?.text, key.contains(":")
    {
      return (
        path.appending(.to("cost", "response", "metadata", "key")),
        "Envoy reads the colons in \(key.quoted) as a way into nested values, and AI Gateway writes one flat "
          + "key, so that nothing is counted; use a metadataKey without colons"
      )
    }
    guard let cost = node.given("cost", "request") else { return nil }
    if cost["from"]?.text == "Metadata",
      cost.given("metadata", "namespace")?.text == RateLimitRule.costNamespace
    {
      return (
        place,
        "AI Gateway writes costs with the response only, so that no request is held against the limit; "
          + "write cost.request {from: Number, number: 0} and the metadata in cost.response"
      )
    }
    guard cost["from"]?.text == "Number", cost.given("number")?.integer == 0,
      node.given("cost", "response") == nil, node.given("limit", "requests")?.integer != 0
    else { return nil }
    return (
      place,
      "requests count as 0 and responses not at all, so that nothing is limited; write "
        + "cost.response, or leave cost out"
    )
  }

  /// The largest cost that Envoy counts (envoyproxy/envoy v1.38.1,
  /// source/extensions/filters/common/ratelimit_config/ratelimit_config.cc).
  package static let largestCost: UInt64 = 1_000_000_000

  /// Where the costs of AIGatewayRoutes are found (envoyproxy/ai-gateway v1.1.0,
  /// api/v1beta1/shared_types.go).
  package static let costNamespace = "io.envoy.ai_gateway"
}

extension Path {
  fileprivate func has(step: String) -> Bool { steps.contains(.key(step)) }
}

extension EffectiveTraffic {
  /// The rules of the rate limits that hold, each with its policy, the nearest first.
  ///
  /// Where a policy and its parent both limit, Envoy Gateway makes the limits of each and joins them: by
  /// StrategicMerge the rules of both hold, by JSONMerge those of the nearer one where it has some. The
  /// local limit for requests that no other rule is for is the nearer one's (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/backendtrafficpolicy.go, translateBackendTrafficPolicyForRouteWithMerge;
  /// internal/ir/xds.go).
  package var rateLimits: [(policy: Policy, rule: RateLimitRule)] {
    let holders = policies.map(\.policy).filter { $0.spec.given("rateLimit") != nil }
    guard let own = holders.first else { return [] }
    let rules = own.traffic.rateLimits.map { (policy: own, rule: $0) }
    guard let parent = holders.dropFirst().first else { return rules }
    let others = parent.traffic.rateLimits.map { (policy: parent, rule: $0) }
    let isJoined = own.spec.given("mergeType")?.text == "StrategicMerge"
    return [true, false].flatMap { isLocal in
      let above = others.filter { $0.rule.isLocal == isLocal }
      guard own.traffic.limits(locally: isLocal) else { return above }
      let near = rules.filter { $0.rule.isLocal == isLocal }
      let rest = isLocal ? above.filter { !$0.rule.isOpen } : above
      let replaces = near.contains { !isLocal || !$0.rule.isOpen }
      return isJoined || !replaces ? near + rest : near
    }
  }
}

extension BackendTraffic {
  /// Whether its rate limit has a local or a global part that is looked at.
  fileprivate func limits(locally isLocal: Bool) -> Bool {
    let limit = spec.given("rateLimit")
    let key = isLocal ? "local" : "global"
    return limit?.given(key) != nil && limit?.given("type")?.text?.lowercased() ?? key == key
  }

  /// The rules of its rate limits that are looked at: those of the type, of both kinds without one.
  package var rateLimits: [RateLimitRule] {
    guard let limit = spec.given("rateLimit") else { return [] }
    let type = limit.given("type")?.text?.lowercased()
    return ["local", "global"].filter { type == nil || type == $0 }.flatMap { key in
      (limit.given(key)?.list("rules") ?? []).enumerated().map { index, rule in
        RateLimitRule(rule, at: .to("spec", "rateLimit", key, "rules", index))
      }
    }
  }
}
