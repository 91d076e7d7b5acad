import Manifest

/// A route of a Gateway, made ready for requests.
final class ServedRoute: Sendable {
  let name: ObjectKey
  /// Whether AI Gateway's processor runs on it.
  let isAI: Bool
  /// The AIGatewayRoute or HTTPRoute.
  let node: Node
  let hostnames: [String]
  let parents: [Parent]
  let rules: [ServedRule]

  struct Parent: Sendable {
    let gateway: ObjectKey
    let sectionName: String?
    let port: Int?
  }

  init(_ node: Node, isAI: Bool, rootPrefix: String, _ slots: inout Slots) {
    self.node = node
    self.isAI = isAI
    let name = ObjectKey(of: node)
    self.name = name
    hostnames = (node["spec"]?.list("hostnames") ?? []).compactMap { $0.text?.lowercased() }
    parents = ServedRoute.parents(of: node)
    var rules: [ServedRule] = []
    for (index, rule) in (node["spec"]?.list("rules") ?? []).enumerated() {
      rules.append(
        ServedRule(rule, index: index, isAI: isAI, rootPrefix: rootPrefix, &slots))
    }
    if isAI { rules.append(ServedRule(notFoundBelow: rootPrefix)) }
    self.rules = rules
  }

  /// The Gateways that a route names.
  static func parents(of node: Node) -> [Parent] {
    let home = ObjectKey(of: node).namespace
    return (node["spec"]?.list("parentRefs") ?? []).compactMap { parent in
      guard parent["kind"]?.text ?? "Gateway" == "Gateway" else { return nil }
      return Parent(
        gateway: ObjectKey(
          namespace: parent["namespace"]?.text ?? home, name: parent["name"]?.text ?? ""),
        sectionName: parent["sectionName"]?.text, port: parent["port"]?.integer)
    }
  }
}

/// A rule of such a route.
final class ServedRule: Sendable {
  let node: Node
  /// From 0; nil for the rule that the controller adds.
  let index: Int?
  let name: String?
  let conditions: [Condition]
  /// Whether the conditions are the rule's own matches, or what a rule without any stands for.
  let hasMatches: Bool
  /// Whether RE2 refuses an expression in it, so that the whole rule is dropped.
  let isDropped: Bool

  init(_ node: Node, index: Int, isAI: Bool, rootPrefix: String, _ slots: inout Slots) {
    self.node = node
    self.index = index
    name = node["name"]?.text
    let matches = node.list("matches")
    hasMatches = !matches.isEmpty
    var conditions: [Condition] = []
    conditions.reserveCapacity(max(1, matches.count))
    for match in matches {
      conditions.append(
        isAI
          ? Condition(match, prefix: rootPrefix, &slots) : Condition(httpMatch: match, &slots))
    }
    // The API server's default, which is not the controller's prefix (domain.md 2.4).
    if matches.isEmpty { conditions.append(Condition(prefix: "/")) }
    self.conditions = conditions
    isDropped = conditions.contains { $0.invalidHeader != nil || $0.hasInvalidPath }
  }

  init(notFoundBelow prefix: String) {
    node = .null
    index = nil
    name = Generated.notFoundRule
    conditions = [Condition(prefix: prefix)]
    hasMatches = false
    isDropped = false
  }

  /// The name in quotes, or the number from 0, to speak of the rule.
  var title: String {
    guard let index else { return "the rule route-not-found" }
    return name.map { "rule \(index) (\($0))" } ?? "rule \(index)"
  }
}

/// One match of one rule of a route, as Envoy tries it.
final class Candidate: Sendable {
  let route: ServedRoute
  let rule: ServedRule
  /// The match's place in its rule; 0 where the rule has none.
  let place: Int
  let condition: Condition
  let precedence: Precedence

  init(_ route: ServedRoute, _ rule: ServedRule, _ place: Int, _ precedence: Precedence) {
    self.route = route
    self.rule = rule
    self.place = place
    condition = rule.conditions[place]
    self.precedence = precedence
  }

  /// The match's place, nil where the rule has none of its own.
  var match: Int? { rule.hasMatches ? place : nil }

  /// `route, rule, match` in words.
  var title: String {
    "\(rule.title) of \(route.name)" + (match.map { ", match \($0)" } ?? "")
  }
}

/// Why a match did not take a request.
enum Loss: Hashable, Sendable {
  /// Its route lives in another virtual host.
  case host
  /// RE2 refuses an expression of its rule.
  case dropped
  case header(Int)
  case path
  case method
  case query(Int)
  /// It fits, but another one goes first.
  case outranked(by: Precedence.Criterion)
}
