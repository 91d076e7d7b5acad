import Manifest

/// All documents together, sorted by kind, each with its index.
struct Bundle: Sendable {
  let documents: [Document]
  private(set) var routes: [(index: Int, route: Route)] = []
  private(set) var clientPolicies: [(index: Int, policy: Policy)] = []
  private(set) var backendPolicies: [(index: Int, policy: BackendPolicy)] = []
  private(set) var grants: [(index: Int, grant: Grant)] = []

  init(_ documents: [Document]) {
    self.documents = documents
    for document in documents {
      switch document.content {
      case .route(let route): routes.append((document.index, route))
      case .clientPolicy(let policy): clientPolicies.append((document.index, policy))
      case .backendPolicy(let policy): backendPolicies.append((document.index, policy))
      case .grant(let grant): grants.append((document.index, grant))
      case .other: break
      }
    }
  }

  /// The backend policies that hold for a rule, the nearest first, up to the first that replaces
  /// those behind it (domain.md 1.5, L41).
  func policies(for rule: RouteRule, of route: Route) -> [(index: Int, policy: BackendPolicy)] {
    let ranked = backendPolicies.compactMap { index, policy -> (Int, Int, BackendPolicy)? in
      nearness(of: policy, to: rule, of: route).map { ($0, index, policy) }
    }
    var found: [(index: Int, policy: BackendPolicy)] = []
    for (_, index, policy) in ranked.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
      found.append((index, policy))
      if !policy.isMerged { break }
    }
    return found
  }

  /// The policy whose retries hold for a rule.
  func retry(for rule: RouteRule, of route: Route) -> (index: Int, policy: BackendPolicy)? {
    policies(for: rule, of: route).first { $0.policy.hasRetry }
  }

  /// Whether a policy finds its targets by labels, so that nothing can be said about what it covers.
  var hasBackendSelectors: Bool { backendPolicies.contains { $0.policy.policy.hasSelectors } }

  /// 0 for a policy on the rule, 1 on the HTTPRoute, 2 on a listener, 3 on the Gateway.
  private func nearness(of policy: BackendPolicy, to rule: RouteRule, of route: Route) -> Int? {
    var best: Int?
    for target in policy.policy.targets where target.group == "gateway.networking.k8s.io" {
      var rank: Int?
      if target.kind == "HTTPRoute" {
        if target.name == route.name, policy.policy.home == route.home,
          target.sectionName == nil || target.sectionName == rule.name
        {
          rank = target.sectionName == nil ? 1 : 0
        }
      } else if target.kind == "Gateway",
        route.parents.contains(where: {
          $0.name == target.name && route.namespace(of: $0) == policy.policy.home
        })
      {
        rank = target.sectionName == nil ? 3 : 2
      }
      if let rank, rank < best ?? .max { best = rank }
    }
    return best
  }
}
