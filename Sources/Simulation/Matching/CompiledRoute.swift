import Schemas
import YAML
import Resources

/// A route of a Gateway, made ready for requests.
final class CompiledRoute: Sendable {
  let name: ObjectKey
  let kind: GroupKind
  /// It as it is written, a GRPCRoute as an HTTPRoute.
  let node: Node
  let age: Age
  let attachment: GatewayAttachment
  /// In lower case.
  let hostnames: [String]
  let rules: [CompiledRule]
  /// What it names of each Gateway.
  private let sections: [ObjectKey: Sections]
  /// What it names of each ListenerSet, which only an HTTPRoute may.
  private let setSections: [ObjectKey: Sections]

  /// The listeners of one Gateway or ListenerSet that parentRefs name.
  private struct Sections {
    var isWhole = false
    var names: Set<String> = []
    var ports: Set<Int> = []
    var pairs: Set<Pair> = []

    struct Pair: Hashable {
      let name: String
      let port: Int
    }

    func have(listener name: String?, port: Int?) -> Bool {
      if isWhole { return true }
      if let name, names.contains(name) { return true }
      if let port, ports.contains(port) { return true }
      guard let name, let port else { return false }
      return pairs.contains(Pair(name: name, port: port))
    }
  }

  init(_ route: AIGatewayRoute, age: Age, rootPrefix: String, _ slots: inout HeaderIndex) {
    node = route.node
    kind = .aiGatewayRoute
    name = route.key
    self.age = age
    attachment = route.attachment
    hostnames = attachment.hostnames.map { $0.lowercased() }
    sections = CompiledRoute.sections(of: attachment, by: \.isGateway)
    setSections = [:]
    var rules: [CompiledRule] = []
    for rule in route.rules {
      rules.append(
        CompiledRule(rule.node, index: rule.index, rootPrefix: rootPrefix, &slots))
    }
    rules.append(CompiledRule(notFoundBelow: rootPrefix))
    self.rules = rules
  }

  init(_ route: HTTPRoute, in index: ResourceIndex, _ slots: inout HeaderIndex) {
    node = route.node
    kind = route.kind
    name = route.key
    age = route.age
    attachment = route.attachment
    hostnames = attachment.hostnames.map { $0.lowercased() }
    sections = CompiledRoute.sections(of: attachment, by: \.isGateway)
    setSections = CompiledRoute.sections(of: attachment, by: \.isListenerSet)
    var rules: [CompiledRule] = []
    for (place, rule) in (route.node["spec"]?.list("rules") ?? []).enumerated() {
      // Envoy Gateway drops such a rule.
      if rule.given("sessionPersistence", "idleTimeout") != nil { continue }
      rules.append(
        CompiledRule(
          rule, index: place, cookies: index.cookieMatches(of: rule, in: route), &slots))
    }
    self.rules = rules
  }

  /// Whether AI Gateway's processor runs on it.
  var isAI: Bool { kind == .aiGatewayRoute }

  private static func sections(
    of attachment: GatewayAttachment, by isMeant: (ParentRef) -> Bool
  ) -> [ObjectKey: Sections] {
    var found: [ObjectKey: Sections] = [:]
    for parent in attachment.parents where isMeant(parent) {
      let gateway = parent.gateway(from: attachment.namespace)
      switch (parent.sectionName, parent.port) {
      case (nil, nil): found[gateway, default: Sections()].isWhole = true
      case (let name?, nil): found[gateway, default: Sections()].names.insert(name)
      case (nil, let port?): found[gateway, default: Sections()].ports.insert(port)
      case (let name?, let port?):
        found[gateway, default: Sections()].pairs.insert(Sections.Pair(name: name, port: port))
      }
    }
    return found
  }

  /// Whether a parentRef names a Gateway.
  func isAttached(to gateway: ObjectKey) -> Bool { sections[gateway] != nil }

  /// Whether a parentRef names one of some ListenerSets.
  func isAttached(toOneOf sets: [ObjectKey]) -> Bool {
    !setSections.isEmpty && sets.contains { setSections[$0] != nil }
  }

  /// Whether a parentRef is for a listener; one of a Gateway that is not known may lack a name or a
  /// port.
  func names(listener name: String?, port: Int?, of gateway: ObjectKey) -> Bool {
    sections[gateway]?.have(listener: name, port: port) ?? false
  }

  /// Whether a parentRef is for a listener of a ListenerSet.
  func names(_ other: SetListener) -> Bool {
    setSections[other.set]?.have(listener: other.listener.name, port: other.listener.port) ?? false
  }
}

/// A rule of such a route.
final class CompiledRule: Sendable {
  let node: Node
  /// From 0; nil for the rule that the controller adds.
  let index: Int?
  let name: String?
  /// What a condition is made of.
  struct Origin: Sendable {
    let match: Int
    var isPreflight = false
  }

  /// One for each match, or, where a filter asks for cookies, for each match with each of its own;
  /// with `cors` another one for preflights.
  let conditions: [RequestMatcher]
  /// Of each condition.
  let origins: [Origin]
  /// Whether the conditions are the rule's own matches, or what a rule without any stands for.
  let hasMatches: Bool
  /// Whether RE2 refuses an expression in it, so that the whole rule is dropped.
  let isDropped: Bool

  /// A rule of an AIGatewayRoute.
  convenience init(_ node: Node, index: Int, rootPrefix: String, _ slots: inout HeaderIndex) {
    let conditions = node.list("matches").map {
      RequestMatcher($0, prefix: rootPrefix, &slots)
    }
    self.init(node, index: index, conditions, conditions.indices.map { Origin(match: $0) })
  }

  /// A rule of an HTTPRoute, with what a filter asks of cookies.
  ///
  /// A filter with `cors` also takes the preflights of matches with another method, which come without
  /// cookies (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go).
  convenience init(_ node: Node, index: Int, cookies: [Node], _ slots: inout HeaderIndex) {
    let matches = node.list("matches")
    let choices = cookies.isEmpty ? [.null] : cookies
    let answersPreflights = node.list("filters").contains { $0.given("cors") != nil }
    var conditions: [RequestMatcher] = []
    var origins: [Origin] = []
    for (place, match) in (matches.isEmpty && !cookies.isEmpty ? [.null] : matches).enumerated() {
      for choice in choices {
        let condition = RequestMatcher(httpMatch: match, cookies: choice, &slots)
        conditions.append(condition)
        origins.append(Origin(match: place))
        guard answersPreflights, condition.cookies.isEmpty,
          condition.method ?? "OPTIONS" != "OPTIONS"
        else { continue }
        conditions.append(RequestMatcher(preflightOf: condition, &slots))
        origins.append(Origin(match: place, isPreflight: true))
      }
    }
    self.init(node, index: index, conditions, origins)
  }

  private init(_ node: Node, index: Int, _ conditions: [RequestMatcher], _ origins: [Origin]) {
    self.node = node
    self.index = index
    name = node["name"]?.text
    hasMatches = !node.list("matches").isEmpty
    // The API server's default, which is not the controller's prefix.
    self.conditions = conditions.isEmpty ? [RequestMatcher(prefix: "/")] : conditions
    self.origins = origins.isEmpty ? [Origin(match: 0)] : origins
    isDropped = conditions.contains { $0.hasInvalidExpression }
  }

  init(notFoundBelow prefix: String) {
    node = .null
    index = nil
    name = WellKnown.notFoundRule
    conditions = [RequestMatcher(prefix: prefix)]
    origins = [Origin(match: 0)]
    hasMatches = false
    isDropped = false
  }

  /// The title in messages: `rule 2 (gpt-4o)`.
  var title: String {
    guard let index else { return "the rule \(WellKnown.notFoundRule)" }
    return RouteRule.title(of: node, index: index)
  }
}
