import Resources
import Schemas
import YAML

extension Rule {
  static let uncountedTokens = Rule(
    "L75", "uncounted-tokens", .warning, "a token rate limit on a cost that is not counted",
    why: "A rate limit on tokens reads a number that the route stores under io.envoy.ai_gateway "
      + "for each of its llmRequestCosts. Under another key there is no number, and without "
      + "cost.request {from: Number, number: 0} each request also counts as one token. Of a route "
      + "without the cost no tokens are counted, unless the GatewayConfig counts them for all. "
      + "Beside a shared rule Envoy Gateway 1.8.0 and 1.8.1 count requests only.",
    bad: "cost.response.metadata {namespace: io.envoy.ai_gateway, key: total}, no such cost",
    good: "llmRequestCosts: [{metadataKey: total, type: TotalToken}]",
    reference: Citation.aiGateway("examples/token_ratelimit/token_ratelimit.yaml"),
    repair: .automatic,
    .bundle { bundle, report in
      let uncounted = bundle.policiesWithoutCost
      for holder in bundle.backendPolicies.all where uncounted.contains(holder.index) {
        guard let path = holder.policy.firstLimitCost else { continue }
        report.add(
          "beside a shared rule Envoy Gateway 1.8.0 and 1.8.1 ignore cost, so that each request counts "
            + "as one, whatever its tokens; use Envoy Gateway 1.8.2", at: path, in: holder.index)
      }
      let costs = bundle.costsByPolicy
      for holder in bundle.backendPolicies.all {
        guard let limits = holder.policy.tokenLimits, let keys = costs[holder.index] else {
          continue
        }
        for limit in limits {
          evaluate(limit, Set(keys.flatMap(\.keys)), in: holder.index, &report)
          addFindings(limit, keys.filter(\.isInForce), in: holder.index, &report)
        }
      }
    })

  /// Reports routes that do not count what others under the policy do.
  private static func addFindings(
    _ limit: Policy.TokenLimit, _ counts: [ResourceIndex.RouteCosts], in document: Int,
    _ report: inout Report
  ) {
    let uncounted = counts.filter { !$0.keys.contains(limit.key) }
    guard limit.namespace == RateLimitRule.costNamespace, uncounted.count < counts.count,
      let first = uncounted.first
    else { return }
    report.add(
      "route \(first.name)\(uncounted.count > 1 ? " and \(uncounted.count - 1) more" : "") under this "
        + "policy does not count \(limit.key.quoted), so its tokens are not limited; add the key "
        + "to its llmRequestCosts, or to globalLLMRequestCosts of the GatewayConfig",
      at: limit.path.appending(.to("cost", "response", "metadata", "key")), in: document)
  }

  private static func evaluate(
    _ limit: Policy.TokenLimit, _ keys: Set<String>, in document: Int,
    _ report: inout Report
  ) {
    let metadata = limit.path.appending(.to("cost", "response", "metadata"))
    if limit.namespace != RateLimitRule.costNamespace {
      guard keys.contains(limit.key) || limit.isMisspelt else { return }
      report.add(
        (keys.contains(limit.key) ? "the routes put \(limit.key)" : "AI Gateway puts costs")
          + " under io.envoy.ai_gateway, not under \(limit.namespace.quoted)",
        at: metadata.appending("namespace"), in: document,
        fix: "write namespace io.envoy.ai_gateway",
        .set(metadata.appending("namespace"), .string(RateLimitRule.costNamespace)))
      return
    }
    if !keys.contains(limit.key) {
      let advice =
        keys.isEmpty
        ? "write llmRequestCosts with this metadataKey"
        : "use \(keys.sorted().alternatives), or add the key to llmRequestCosts"
      report.add(
        "no route under this policy counts \(limit.key.quoted); \(advice)",
        at: metadata.appending("key"), in: document)
    }
    guard !limit.hasRequestCost else { return }
    report.add(
      "each request counts as one besides its tokens; write cost.request {from: Number, number: 0}",
      at: limit.path.appending(.to("cost", "request")), in: document,
      fix: "write cost.request",
      .set(
        limit.path.appending(.to("cost", "request")),
        .map(["from": .string("Number"), "number": .integer(0)])))
  }
}

extension Policy {
  /// A limit on what a response's metadata counts.
  fileprivate struct TokenLimit {
    let path: Path
    let namespace: String
    let key: String
    let hasRequestCost: Bool

    /// Whether the namespace is close to that of AI Gateway.
    var isMisspelt: Bool {
      NearestWord.match(for: namespace, among: [RateLimitRule.costNamespace]) != nil
    }
  }

  /// Where its global limits first say what requests cost.
  fileprivate var firstLimitCost: Path? {
    let rules = spec.given("rateLimit", "global")?.list("rules") ?? []
    return rules.firstIndex(where: \.hasLimitCost).map {
      .to("spec", "rateLimit", "global", "rules", $0, "cost")
    }
  }

  fileprivate var tokenLimits: [TokenLimit]? {
    let rules = spec["rateLimit"]?["global"]?["rules"]?.items
    return rules?.enumerated().compactMap { index, rule in
      guard let metadata = rule["cost"]?["response"]?["metadata"],
        let namespace = metadata["namespace"]?.text, let key = metadata["key"]?.text
      else { return nil }
      return TokenLimit(
        path: .to("spec", "rateLimit", "global", "rules", index), namespace: namespace, key: key,
        hasRequestCost: rule["cost"]?["request"].map { !$0.isNull } ?? false)
    }
  }
}

extension ResourceIndex {
  /// What a route under a policy counts.
  fileprivate struct RouteCosts {
    let name: String
    let keys: Set<String>
    /// Whether the policy is in force for it, and not replaced by another.
    let isInForce: Bool
  }

  /// What the routes under each policy count, by the policy's document.
  fileprivate var costsByPolicy: [Int: [RouteCosts]] {
    guard backendPolicies.all.contains(where: { $0.policy.tokenLimits != nil }) else { return [:] }
    // A GatewayConfig may count for all routes of its Gateway.
    let configurations = documents.filter { $0.kind == "GatewayConfig" }
    if configurations.isEmpty, gateways.values.contains(where: \.gateway.hasConfiguration) {
      return [:]
    }
    let general = configurations.flatMap { $0.node.countedKeys("globalLLMRequestCosts") }
    var costs: [Int: [RouteCosts]] = [:]
    for (_, route) in routes {
      let keys = Set(general + route.node.countedKeys("llmRequestCosts"))
      let inForce = Set(
        route.rules.flatMap { traffic(of: $0, of: route) }.compactMap { $0 }
          .flatMap(\.policies).map(\.index))
      for document in policies(around: route) {
        costs[document, default: []].append(
          RouteCosts(name: route.name, keys: keys, isInForce: inForce.contains(document)))
      }
    }
    return costs
  }
}

extension ResourceIndex {
  /// The documents of the BackendTrafficPolicies on a route, its rules, listeners and Gateways.
  fileprivate func policies(around route: AIGatewayRoute) -> Set<Int> {
    var targets: [PolicyTarget] = [.route(route.key)]
    targets += route.rules.compactMap(\.name).map { .route(route.key, rule: $0) }
    for place in places(of: route.attachment) {
      targets.append(.gateway(place.gateway))
      if let listener = place.listener {
        targets.append(.gateway(place.gateway, listener: listener))
      }
    }
    return Set(targets.compactMap { backendPolicies[$0]?.index })
  }
}

extension Node {
  /// The keys under which the costs of a document are counted.
  fileprivate func countedKeys(_ list: String) -> [String] {
    (self["spec"]?[list]?.items ?? []).compactMap { $0["metadataKey"]?.text }
  }
}
