import Kinds
import Manifest

/// A rule of an AIGatewayRoute as the rules see it.
final class RouteRule: Sendable {
  let node: Node
  let index: Int
  let name: String?
  /// As written; `candidates` also knows the rule without matches.
  let matches: [Match]
  let refs: [BackendRef]
  /// Milliseconds, nil where the field is left out or no duration.
  let request: Int?
  let backendRequest: Int?
  let streamIdle: Int?
  let hasRequest: Bool
  /// The priorities in use, ascending.
  let tiers: [Int]
  /// The namespaces that backendRefs name, in order of appearance.
  let destinations: [Destination]
  /// How many bytes the names of all backendRefs have together.
  let nameBytes: Int
  /// What at least one backendRef has.
  let traits: BackendRef.Traits
  /// How many backendRefs of each of those priorities take traffic.
  private let live: [Int]

  private init(_ node: Node, index: Int, reusing previous: RouteRule?) {
    self.node = node
    self.index = index
    name = node["name"]?.text
    let oldMatches = previous?.matches ?? []
    matches = (node["matches"]?.items ?? []).enumerated().map { place, item in
      if place < oldMatches.count, oldMatches[place].node == item { return oldMatches[place] }
      return Match(item)
    }
    let oldRefs = previous?.refs ?? []
    refs = (node["backendRefs"]?.items ?? []).enumerated().map { place, item in
      if place < oldRefs.count, oldRefs[place].node == item { return oldRefs[place] }
      return BackendRef(item)
    }
    let timeouts = node["timeouts"]
    request = timeouts?["request"]?.text.flatMap(GatewayDuration.milliseconds)
    backendRequest = timeouts?["backendRequest"]?.text.flatMap(GatewayDuration.milliseconds)
    streamIdle = node["streamIdleTimeout"]?.text.flatMap(GatewayDuration.milliseconds)
    hasRequest = timeouts?["request"].map { !$0.isNull } ?? false
    var traits: BackendRef.Traits = []
    for ref in refs { traits.formUnion(ref.traits) }
    var tiers: [Int] = []
    var live: [Int] = []
    for ref in refs.sorted(by: { $0.tier < $1.tier }) {
      if tiers.last != ref.tier {
        tiers.append(ref.tier)
        live.append(0)
      }
      if ref.isLive { live[live.count - 1] += 1 }
    }
    self.traits = traits
    nameBytes = refs.reduce(0) { $0 + $1.name.utf8.count }
    self.tiers = tiers
    self.live = live
    destinations = Destination.all(of: refs)
  }

  static func reading(_ node: Node, index: Int, reusing previous: RouteRule?) -> RouteRule {
    if let previous, previous.node == node, previous.index == index { return previous }
    return RouteRule(node, index: index, reusing: previous)
  }

  /// The matches that requests are held against.
  var candidates: [Match] { matches.isEmpty ? [.everything] : matches }

  /// The name in quotes, or the number from 1, to speak of the rule.
  var title: String { name.map { "rule \($0.quoted)" } ?? "rule \(index + 1)" }

  /// The time for a whole request in milliseconds, nil where there is no limit (domain.md 3.7).
  var total: Int? {
    let total = backendRequest ?? request ?? 60_000
    return total == 0 ? nil : total
  }

  /// How many backendRefs of a priority take traffic.
  func liveCount(in tier: Int) -> Int { tiers.firstIndex(of: tier).map { live[$0] } ?? 0 }

  var hasFailover: Bool { (tiers.last ?? 0) > 0 }
}
