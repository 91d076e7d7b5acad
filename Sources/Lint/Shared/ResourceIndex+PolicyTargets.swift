import Resources
import Schemas
import YAML

extension ResourceIndex {
  /// The objects here that policies of some kinds of target may be for; HTTPRoutes also by the names of
  /// the AIGatewayRoutes and MCPRoutes that they are made of.
  func policyTargets(of kinds: Set<String>) -> [String: ObjectPresence] {
    var targets: [String: ObjectPresence] = [:]
    if kinds.contains(GroupKind.gateway.kind) {
      targets[GroupKind.gateway.kind] = ObjectPresence(of: namedGateways)
    }
    if kinds.contains(GroupKind.httpRoute.kind) {
      targets[GroupKind.httpRoute.kind] = ObjectPresence(
        of: routes.map(\.route.key) + httpRoutes.map(\.route.key)
          + mcpRoutes.flatMap(\.generatedRoutes))
    }
    return targets
  }

  /// The names of the rules of an HTTPRoute that stands here or is made here, nil for others.
  func ruleNames(of key: ObjectKey) -> [String]? {
    route(key)?.route.rules.compactMap(\.name)
      ?? httpRoute(key)?.route.node["spec"]?.list("rules").compactMap { $0["name"]?.text }
  }

  /// The documents of the policies that likely hold for nothing.
  var idlePolicies: Set<Int> {
    lazy var targets = policyTargets(of: [GroupKind.gateway.kind, GroupKind.httpRoute.kind])
    let holders = Policy.Kind.allCases.flatMap { policies($0).all }
    return Set(
      holders.filter { !hasTarget($0.policy) && isIdle($0.policy, among: targets) }.map(\.index))
  }

  /// Whether a target of a policy is one of the documents, all of it.
  private func hasTarget(_ policy: Policy) -> Bool {
    policy.targets.contains { target in
      let key = ObjectKey(policy.namespace, target.name)
      return target.sectionName == nil
        && (gateways[key] != nil || route(key) != nil || httpRoute(key) != nil)
    }
  }

  /// Whether none of the targets of a policy is among those here, nor any that its labels find.
  private func isIdle(_ policy: Policy, among targets: [String: ObjectPresence]) -> Bool {
    !(policy.targets.isEmpty && policy.selectors.isEmpty)
      && policy.targets.allSatisfy { isMissing($0, of: policy, among: targets) }
      && policy.selectors.allSatisfy { selector in
        targets[selector.kind]?.holdsSome(in: policy.namespace) == true
          && selects(nothingBy: selector, of: policy)
      }
  }

  private func isMissing(
    _ target: Policy.Target, of policy: Policy, among targets: [String: ObjectPresence]
  ) -> Bool {
    guard target.group == APIGroup.gatewayAPI, let presence = targets[target.kind],
      !presence.isEmpty, !Variable.isIn(target.name)
    else { return false }
    let key = ObjectKey(policy.namespace, target.name)
    if let missing = presence.missingObject(key) { return missing.severity <= .warning }
    guard let section = target.sectionName, section != WellKnown.notFoundRule,
      !Variable.isIn(section)
    else { return false }
    guard target.kind == GroupKind.gateway.kind else {
      return ruleNames(of: key).map { !$0.contains(section) } ?? false
    }
    // Other files may have ListenerSets.
    guard let gateway = gateways[key]?.gateway, !gateway.takesListenerSets else { return false }
    return !gateway.listeners.isEmpty && !listenerNames(of: gateway).contains(section)
  }

  /// The names of the listeners of a Gateway and of its ListenerSets here.
  func listenerNames(of gateway: Gateway) -> [String] {
    gateway.listeners.map(\.name)
      + listenerSets(of: gateway).flatMap { $0.node["spec"]?.list("listeners") ?? [] }
      .compactMap { $0["name"]?.text }
  }

  /// The Gateways that stand here or are named by routes.
  private var namedGateways: Set<ObjectKey> {
    Set(gateways.keys).union(routes.lazy.flatMap(\.route.attachment.gateways))
      .union(httpRoutes.lazy.flatMap(\.route.attachment.gateways))
      .union(mcpRoutes.lazy.flatMap(\.attachment.gateways))
  }
}
