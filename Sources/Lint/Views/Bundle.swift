import Manifest

/// All documents together, sorted by kind, each with its index.
struct Bundle: Sendable {
  let documents: [Document]
  private(set) var routes: [(index: Int, route: Route)] = []
  private(set) var clientPolicies: [(index: Int, policy: Policy)] = []
  private(set) var backendPolicies: [(index: Int, policy: BackendPolicy)] = []
  private(set) var grants: [(index: Int, grant: Grant)] = []
  /// The backend policies on each route.
  private var attachments: [ObjectIdentifier: [Attachment]] = [:]

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
    for (_, route) in routes { attachments[ObjectIdentifier(route)] = attached(to: route) }
  }

  /// The backend policies that hold for a rule, the nearest first, up to the first that replaces
  /// those behind it (domain.md 1.5, L41).
  func policies(for rule: RouteRule, of route: Route) -> [Attachment] {
    var found: [Attachment] = []
    for attachment in attachments[ObjectIdentifier(route)] ?? [] {
      if let name = attachment.ruleName, name != rule.name { continue }
      found.append(attachment)
      if !attachment.policy.isMerged { break }
    }
    return found
  }

  /// The policy whose retries hold for a rule.
  func retry(for rule: RouteRule, of route: Route) -> Attachment? {
    for attachment in attachments[ObjectIdentifier(route)] ?? [] {
      if let name = attachment.ruleName, name != rule.name { continue }
      if attachment.policy.hasRetry { return attachment }
      if !attachment.policy.isMerged { return nil }
    }
    return nil
  }

  /// Whether a policy finds its targets by labels, so that nothing can be said about what it covers.
  var hasBackendSelectors: Bool { backendPolicies.contains { $0.policy.policy.hasSelectors } }

  /// A policy on a route or on its Gateway.
  struct Attachment: Sendable {
    let index: Int
    let policy: BackendPolicy
    /// The one rule that it is for, nil for the whole route.
    let ruleName: String?
    /// 0 for a policy on a rule, 1 on the HTTPRoute, 2 on a listener, 3 on the Gateway.
    fileprivate let distance: Int
  }

  /// The policies on a route, the nearest first.
  private func attached(to route: Route) -> [Attachment] {
    var found: [Attachment] = []
    for (index, policy) in backendPolicies {
      for target in policy.policy.targets where target.group == "gateway.networking.k8s.io" {
        guard let distance = distance(of: target, in: policy.policy.home, to: route) else {
          continue
        }
        found.append(
          Attachment(
            index: index, policy: policy, ruleName: distance == 0 ? target.sectionName : nil,
            distance: distance))
      }
    }
    return found.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
  }

  private func distance(of target: Policy.Target, in namespace: String, to route: Route) -> Int? {
    switch target.kind {
    case "HTTPRoute":
      guard target.name == route.name, namespace == route.home else { return nil }
      return target.sectionName == nil ? 1 : 0
    case "Gateway":
      let isOurs = route.parents.contains {
        $0.name == target.name && route.namespace(of: $0) == namespace
      }
      guard isOurs else { return nil }
      return target.sectionName == nil ? 3 : 2
    default: return nil
    }
  }
}
