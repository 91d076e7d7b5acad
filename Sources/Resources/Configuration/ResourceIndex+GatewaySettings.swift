import Schemas
import YAML

extension ResourceIndex {
  /// The settings among the documents that make the configuration of a Gateway invalid, each with
  /// its document.
  package func invalidSettings(of gateway: ObjectKey) -> [(document: Int, setting: InvalidSetting)]
  {
    var found: [(document: Int, setting: InvalidSetting)] = []
    func add(_ document: Int, _ settings: [InvalidSetting]) {
      found += (settings + jointSettings(of: documents[document])).map { (document, $0) }
    }
    if let own = gateways[gateway]?.index { add(own, []) }
    var attached: Set<ObjectKey> = []
    for (document, route) in routes where route.attachment.gateways.contains(gateway) {
      attached.insert(route.key)
      add(document, route.invalidSettings)
    }
    let plain = plainHTTPRoutes.filter { $0.route.attachment.gateways.contains(gateway) }
    attached.formUnion(plain.map(\.route.key))
    for (document, route) in plain { add(document, route.invalidSettings) }
    for side in Policy.Kind.allCases {
      for attachment in policies(side).attachments {
        let target = attachment.target
        let isHere =
          target.kind == GroupKind.gateway.kind
          ? target.object == gateway
          : target.kind == GroupKind.httpRoute.kind && attached.contains(target.object)
        if isHere { add(attachment.holder.index, attachment.holder.policy.invalidSettings) }
      }
    }
    var services: Set<ObjectKey> = []
    var pools: Set<ObjectKey> = []
    var used = Set(plain.flatMap { $0.route.backends.map(\.object) })
    for (_, route) in routes where attached.contains(route.key) {
      for ref in route.rules.flatMap(\.refs) where ref.isLive {
        if ref.isPool {
          pools.insert(target(of: ref, from: route.namespace))
        } else {
          services.insert(ref.target(from: route.namespace))
        }
        if let backend = backend(of: ref, in: route) { used.insert(backend.key) }
      }
    }
    for key in used.sorted() {
      if let (document, backend) = backends[key] { add(document, backend.invalidSettings) }
    }
    let filters = Set(plain.flatMap { $0.route.filters })
    for filter in others(.httpRouteFilter) where filters.contains(filter.key) {
      add(filter.index, filter.invalidSettings(in: release))
    }
    if let own = gateways[gateway]?.gateway, let proxy = knownProxy(of: own),
      proxy.refusals.isEmpty
    {
      add(proxy.index, documents[proxy.index].invalidSettings(in: release))
    }
    if let key = gateways[gateway]?.gateway.configuration {
      for config in others(.gatewayConfig) where config.key == key {
        add(config.index, config.invalidSettings(in: release))
      }
    }
    for policy in quotaPolicies where policy.targets.contains(where: services.contains) {
      add(policy.index, documents[policy.index].invalidSettings(in: release))
    }
    for route in mcpRoutes where route.attachment.gateways.contains(gateway) {
      add(
        route.index,
        route.invalidSettings + route.writtenSettings(in: release) + route.policySettings)
      found += invalidSettings(of: route)
    }
    let policiesOfTargets =
      services.sorted().map { credentials(of: .aiServiceBackend, $0) }
      + pools.sorted().map { credentials(of: .inferencePool, $0) }
    // Of a backend with several policies AI Gateway writes nothing.
    for policies in policiesOfTargets where policies.count == 1 {
      found += policies.flatMap(invalidSettings(of:))
    }
    return found
  }
}
