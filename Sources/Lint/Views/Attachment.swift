/// A BackendTrafficPolicy on a route or on its Gateway.
struct Attachment: Sendable {
  /// The policy's document.
  let index: Int
  let policy: BackendPolicy
  /// The one rule that it is for, nil for the whole route.
  let ruleName: String?
  /// 0 for a policy on a rule, 1 on the HTTPRoute, 2 on a listener, 3 on the Gateway.
  private let distance: Int

  /// Whether it is on the Gateway, for all its routes.
  var isWide: Bool { distance > 1 }

  /// What policies name as their target.
  struct Target: Hashable, Sendable {
    let kind: String
    let name: ObjectKey
  }

  typealias Targets = [Target: [(index: Int, policy: BackendPolicy, section: String?)]]

  static func byTarget(_ policies: [(index: Int, policy: BackendPolicy)]) -> Targets {
    var targets: Targets = [:]
    for (index, policy) in policies {
      for target in policy.policy.targets where target.group == "gateway.networking.k8s.io" {
        let name = ObjectKey(policy.policy.home, target.name)
        let section = target.sectionName
        // Of two policies on one target only the older one holds (domain.md L16).
        guard
          targets[Target(kind: target.kind, name: name)]?.contains(where: { $0.section == section })
            != true
        else { continue }
        targets[Target(kind: target.kind, name: name), default: []].append((index, policy, section))
      }
    }
    return targets
  }

  /// The policies on a route, the nearest first.
  static func all(on route: Route, from targets: Targets) -> [Attachment] {
    var found: [Attachment] = []
    for (index, policy, section) in targets[Target(kind: "HTTPRoute", name: route.title)] ?? [] {
      found.append(
        Attachment(
          index: index, policy: policy, ruleName: section, distance: section == nil ? 1 : 0))
    }
    for gateway in Set(route.parents.map(route.gateway)) {
      for (index, policy, section) in targets[Target(kind: "Gateway", name: gateway)] ?? [] {
        found.append(
          Attachment(
            index: index, policy: policy, ruleName: nil, distance: section == nil ? 3 : 2))
      }
    }
    return found.sorted { ($0.distance, $0.index) < ($1.distance, $1.index) }
  }
}
