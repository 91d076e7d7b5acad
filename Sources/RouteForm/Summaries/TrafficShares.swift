internal import Resources
package import YAML

/// What share of the requests each backendRef of a rule gets: weights count within one priority,
/// and only the lowest priority gets any until it fails (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/cluster.go and route.go). Some load balancing looks at endpoints instead.
package struct TrafficShares: Sendable {
  private struct Entry: Sendable {
    let name: String
    let weight: Int
    let priority: Int
  }

  private let entries: [Entry]
  private let totals: [Int: Double]
  private let first: Int
  private let goesByEndpoints: Bool

  /// Reads a rule; a weight that is unset counts 1, a priority 0. `goesByEndpoints` says whether load
  /// balancing takes all endpoints alike, whatever the weights.
  package init(_ rule: Node, goesByEndpoints: Bool = false) {
    self.goesByEndpoints = goesByEndpoints
    entries = rule.list("backendRefs").map { node in
      let ref = BackendRef(node)
      return Entry(
        name: node["name"]?.scalar?.text ?? "?", weight: max(0, ref.weight ?? 1),
        priority: ref.effectivePriority)
    }
    var totals: [Int: Double] = [:]
    for entry in entries { totals[entry.priority, default: 0] += Double(entry.weight) }
    self.totals = totals
    first = totals.filter { $0.value > 0 }.keys.min() ?? 0
  }

  /// The share of a backendRef within its priority, 0 to 1; 0 for one that is not there.
  package func share(of index: Int) -> Double {
    guard entries.indices.contains(index) else { return 0 }
    let total = totals[entries[index].priority] ?? 0
    return total > 0 ? Double(entries[index].weight) / total : 0
  }

  /// The share in words, with a bar: `70.0% #######`, `standby, then 100.0%`, `by its endpoints`,
  /// `out (weight 0)`.
  package func text(of index: Int) -> String {
    guard entries.indices.contains(index) else { return "" }
    let entry = entries[index]
    if entry.weight == 0 { return "out (weight 0)" }
    let share = share(of: index)
    let isEven = goesByEndpoints && share < 1
    let percent = isEven ? "by its endpoints" : TrafficShares.percent(share)
    if entry.priority != first { return "standby, then \(percent)" }
    if isEven { return percent }
    return "\(percent) " + String(repeating: "#", count: Int((share * 14).rounded()))
  }

  /// A share as a percentage with one decimal.
  package static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)%"
  }

  /// The rule's backends in words: `openai 80.0%, azure 20.0%; if that fails fallback`.
  package var summary: String {
    var parts: [String] = []
    for (priority, total) in totals.sorted(by: { $0.key < $1.key }) where total > 0 {
      let tier = entries.indices.filter {
        entries[$0].priority == priority && entries[$0].weight > 0
      }
      let texts = tier.map { index in
        tier.count == 1 || goesByEndpoints
          ? entries[index].name
          : "\(entries[index].name) \(TrafficShares.percent(share(of: index)))"
      }
      parts.append(texts.listed + (goesByEndpoints && tier.count > 1 ? " by their endpoints" : ""))
    }
    return parts.isEmpty ? "no backend (500)" : parts.joined(separator: "; if that fails ")
  }
}

extension FormState {
  /// The shares of a rule, with the load balancing of the form's own BackendTrafficPolicy.
  func shares(of rule: Node) -> TrafficShares {
    let balancing =
      writesRetry ? BackendTraffic(spec: retry["spec"] ?? .map([:])).evenBalancing : nil
    return TrafficShares(rule, goesByEndpoints: balancing != nil)
  }
}
