import Schemas
import Resources
import YAML

extension Rule {
  static let unreachableRule = Rule(
    "L46", "unreachable-rule", .warning, "a rule that is never reached",
    why: "If two rules match everything, the first one gets all requests. The same applies to a "
      + "regular expression on a header after one that matches every value of that header. With "
      + "preserveRouteOrder the rule route-not-found of an older AIGatewayRoute takes everything of a "
      + "younger one.",
    bad: "rules: [{backendRefs: [{name: a}]}, {backendRefs: [{name: b}]}]",
    good: "rules: [{backendRefs: [{name: a}, {name: b}]}]",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    .bundle { bundle, report in
      let isAtRoot = bundle.rootPrefix == nil
      for (document, route) in bundle.routes where route.rules.count > 1 {
        if bundle.keepsOrder(of: route.attachment) {
          evaluate(inOrder: route, document, isAtRoot, &report)
        } else {
          evaluate(route, document, isAtRoot, &report)
        }
      }
      if isAtRoot { addShadowed(in: bundle, &report) }
    })

  /// AIGatewayRoutes that are tried behind route-not-found of an older one.
  private static func addShadowed(in bundle: ResourceIndex, _ report: inout Report) {
    guard !bundle.proxySetup.proxies.isEmpty else { return }
    for (document, route, owner) in bundle.routesBehindOthers
    where bundle.keepsOrder(of: route.attachment) {
      let isSure = bundle.age(of: owner).differsInTime(from: bundle.age(of: route))
      report.add(
        "no rule is ever reached: with preserveRouteOrder \(WellKnown.notFoundRule) of "
          + "AIGatewayRoute \(owner.name), which "
          + (isSure ? "is older" : "of routes of one age comes first by namespace/name")
          + ", takes every request; use other hostnames, or one route for both",
        at: .to("spec"), in: document)
    }
  }

  /// Where rules are tried in the order in which they stand, a rule is dead behind matches that ask
  /// for less than its own; of those with more headers less they are not looked for.
  private static func evaluate(
    inOrder route: AIGatewayRoute, _ document: Int, _ isAtRoot: Bool, _ report: inout Report
  ) {
    var catchAll: RouteRule?
    var owners: [Int: (rule: RouteRule, match: RouteMatch)] = [:]
    for rule in route.rules {
      let takers = rule.candidates.map { match in
        catchAll
          ?? match.narrowerKeys.lazy.compactMap { owners[$0] }
          .first { $0.match.conditions.isStrictSubset(of: match.conditions) }?.rule
      }
      if !takers.contains(where: { $0 == nil }), let owner = takers.first ?? nil {
        report.add(
          "\(rule.title) is never reached: with preserveRouteOrder \(owner.title) takes its "
            + "requests; put it before that one",
          at: .to("spec", "rules", rule.index), in: document)
      }
      if rule.isDropped || rule.matches.isEmpty && !isAtRoot { continue }
      for match in rule.candidates {
        if match.headers.isEmpty { catchAll = catchAll ?? rule }
        if owners[match.key] == nil { owners[match.key] = (rule, match) }
      }
    }
  }

  /// A rule without matches has the path `/`, which an empty match shares only where the
  /// controller has no root prefix.
  private static func evaluate(
    _ route: AIGatewayRoute, _ document: Int, _ isAtRoot: Bool, _ report: inout Report
  ) {
    var catchAll: RouteRule?
    var wide: [String: (rule: RouteRule, fitsEmpty: Bool)] = [:]
    for rule in route.rules {
      var owner: RouteRule?
      let isDead = rule.candidates.allSatisfy { match in
        if match.headers.isEmpty {
          owner = owner ?? catchAll
          return catchAll != nil
        }
        guard let name = match.soleRegexName, let first = wide[name] else { return false }
        owner = owner ?? first.rule
        return first.fitsEmpty || !match.fitsEmptyValue
      }
      if isDead, let owner {
        report.add(
          "\(rule.title) is never reached: \(owner.title) takes its requests; "
            + "give it its own matches, or join the two",
          at: .to("spec", "rules", rule.index), in: document)
      }
      // Behind the answer 404 of a root prefix, which is reported itself.
      if rule.isDropped || rule.matches.isEmpty && !isAtRoot { continue }
      for match in rule.candidates {
        if match.headers.isEmpty { catchAll = catchAll ?? rule }
        if let name = match.soleRegexName, wide[name] == nil, match.fitsEveryValue {
          wide[name] = (rule, match.fitsEmptyValue)
        }
      }
    }
  }
}

extension RouteMatch {
  /// The lower-case name of the only header, where it is matched by a regular expression.
  fileprivate var soleRegexName: String? {
    guard headers.count == 1, let header = headers.first, header.isRegex else { return nil }
    return header.name.lowercased()
  }
}
