import Schemas
package import YAML
import RE2

/// A rule of an AIGatewayRoute.
package final class RouteRule: Sendable {
  package let node: Node
  /// The place among the route's rules, from 0.
  package let index: Int
  package let name: String?
  /// As written; `candidates` also knows the rule without matches.
  package let matches: [RouteMatch]
  package let refs: [BackendRef]
  /// Milliseconds, nil where the field is left out or no duration.
  package let request: Int?
  package let backendRequest: Int?
  package let hasRequest: Bool
  /// The priorities in use, ascending.
  package let priorities: [Int]
  /// How many bytes the names of all backendRefs have together.
  package let nameBytes: Int
  /// What at least one backendRef has.
  package let traits: BackendRef.Traits
  /// Whether Go or RE2 refuses an expression of it, so that Envoy Gateway drops the whole rule
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go).
  package let isDropped: Bool

  private init(_ node: Node, index: Int, reusing previous: RouteRule?) {
    self.node = node
    self.index = index
    name = node["name"]?.text
    let oldMatches = previous?.matches ?? []
    matches = (node["matches"]?.items ?? []).enumerated().map { place, item in
      if place < oldMatches.count, oldMatches[place].node == item { return oldMatches[place] }
      return RouteMatch(item)
    }
    isDropped = matches.contains { match in
      match.headers.contains { header in
        guard header.isRegex, let refusal = RegularExpression.refusalInGoOrRE2(of: header.value)
        else {
          return false
        }
        return !refusal.isUnknownHere
      }
    }
    let oldRefs = previous?.refs ?? []
    refs = (node["backendRefs"]?.items ?? []).enumerated().map { place, item in
      if place < oldRefs.count, oldRefs[place].node == item { return oldRefs[place] }
      return BackendRef(item)
    }
    let timeouts = node["timeouts"]
    request = timeouts?["request"]?.text.flatMap(GatewayDuration.milliseconds)
    backendRequest = timeouts?["backendRequest"]?.text.flatMap(GatewayDuration.milliseconds)
    hasRequest = timeouts?.given("request") != nil
    var traits: BackendRef.Traits = []
    for ref in refs { traits.formUnion(ref.traits) }
    self.traits = traits
    nameBytes = refs.reduce(0) { $0 + $1.name.utf8.count }
    let isOneTier = !refs.isEmpty && refs.allSatisfy { $0.effectivePriority == 0 }
    priorities =
      isOneTier ? RouteRule.onePriority : Set(refs.map(\.effectivePriority)).sorted()
  }

  /// Reads a rule; `previous` itself where it is the same, and what it shares with it otherwise.
  package static func reading(_ node: Node, index: Int, reusing previous: RouteRule?) -> RouteRule {
    if let previous, previous.node == node, previous.index == index { return previous }
    return RouteRule(node, index: index, reusing: previous)
  }

  /// Milliseconds, nil where the field is left out or no duration.
  package var streamIdle: Int? {
    node["streamIdleTimeout"]?.text.flatMap(GatewayDuration.milliseconds)
  }

  /// The namespaces that backendRefs name, in order of appearance.
  package var destinations: [ReferencedNamespace] {
    traits.contains(.placed) ? ReferencedNamespace.all(of: refs) : []
  }

  /// The matches that requests are held against.
  package var candidates: [RouteMatch] { matches.isEmpty ? [.everything] : matches }

  /// The title in messages: its number from 1 and its model, `rule 2 (gpt-4o)`.
  package var title: String { RouteRule.title(of: node, index: index) }

  /// The time for a whole request in milliseconds, nil where there is no limit.
  package var total: Int? {
    let total = backendRequest ?? request ?? RouteRule.defaultRequest
    return total == 0 ? nil : total
  }

  /// The priorities that take traffic, ascending.
  package var livePriorities: [Int] {
    Set(refs.filter(\.isLive).map(\.effectivePriority)).sorted()
  }

  /// Whether some backendRef waits for others to fail.
  package var hasFailover: Bool { (priorities.last ?? 0) > 0 }

  /// The priorities where all backendRefs have the first, in memory once for all rules.
  private static let onePriority = [0]
  private static let defaultRequest =
    GatewayDuration.milliseconds(RuntimeDefault.requestTimeout) ?? 0
}

extension RouteRule {
  /// What people call a rule of an AIGatewayRoute or HTTPRoute: its number from 1, and what tells
  /// it apart: its first model, else its name, else that it takes everything.
  package static func title(of rule: Node, index: Int) -> String {
    "rule \(index + 1)" + (label(of: rule).map { " (\($0))" } ?? "")
  }

  /// What distinguishes a rule from others, nil where nothing does.
  package static func label(of rule: Node) -> String? {
    for match in rule.list("matches") {
      for header in match.list("headers")
      where header["name"]?.text?.lowercased() == WellKnown.modelHeader {
        if let value = header["value"]?.scalar?.text, !value.isEmpty { return value }
      }
    }
    if let name = rule["name"]?.scalar?.text, !name.isEmpty { return name }
    let isOpen = rule.list("matches").allSatisfy { match in
      match.entries.allSatisfy { $0.key == "headers" && $0.value.items.isEmpty }
    }
    return isOpen ? "catch-all" : nil
  }
}
