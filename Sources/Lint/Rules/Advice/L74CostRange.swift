import Resources
import Schemas
import YAML

extension Rule {
  static let costRange = Rule(
    "L74.range", "cost-range", .info, "a cost that may be too large to count, or below 0",
    why:
      "Tokens are unsigned numbers, so that a difference below 0 is an error, for which AI "
      + "Gateway breaks the answer off at its end. Envoy counts a cost up to 1000000000; what is above it is "
      + "not counted at all.",
    bad: "cel: input_tokens - output_tokens",
    good: "cel: \"input_tokens > output_tokens ? input_tokens - output_tokens : 0u\"",
    reference: Citation.aiGateway("internal/extproc/processor_impl.go"),
    .bundle { index, report in
      for policy in index.quotaPolicies {
        for (path, text) in policy.costs {
          report.addRange(of: text, at: path, in: policy.index, isCounted: true)
        }
      }
      let lists =
        index.routes.map { ($0.index, "llmRequestCosts") }
        + index.others(.gatewayConfig).map { ($0.index, "globalLLMRequestCosts") }
      guard !lists.isEmpty else { return }
      let counted = index.countedCosts
      for (place, list) in lists {
        let document = index.documents[place]
        for (path, text) in document.costs(list) {
          let key = document.node[path.parent]?["metadataKey"]?.text ?? ""
          report.addRange(of: text, at: path, in: place, isCounted: counted.contains(key))
        }
      }
    })
}

extension Report {
  fileprivate mutating func addRange(
    of text: String, at path: Path, in document: Int, isCounted: Bool
  ) {
    guard CostExpression.problem(in: text) == nil else { return }
    for usage in [TokenUsage(input: 1000, output: 10), TokenUsage(input: 10, output: 1000)] {
      guard case .failure? = CostExpression.outcome(of: text, for: usage) else { continue }
      add(
        "for \(usage.input) input and \(usage.output) output tokens this cannot be computed, and AI "
          + "Gateway breaks the answer off; compare before subtracting, as in a > b ? a - b : 0u",
        at: path, in: document)
      return
    }
    let largest = TokenUsage(input: 1_000_000, output: 100_000)
    guard isCounted, case .number(let cost)? = CostExpression.outcome(of: text, for: largest),
      cost > RateLimitRule.largestCost
    else { return }
    add(
      "\(largest.input) input and \(largest.output) output tokens cost \(cost), and Envoy counts "
        + "nothing above \(RateLimitRule.largestCost): such a request is free; count in a larger unit",
      at: path, in: document)
  }
}

extension ResourceIndex {
  /// The keys of the costs that rate limits count.
  fileprivate var countedCosts: Set<String> {
    let rules = backendPolicies.all.flatMap(\.policy.traffic.rateLimits)
    return Set(
      rules.compactMap { rule in
        let metadata = rule.node.given("cost", "response")?.given("metadata")
        return metadata?["namespace"]?.text == RateLimitRule.costNamespace
          ? metadata?["key"]?.text : nil
      })
  }
}
