import Resources
import Schemas
import YAML

extension Rule {
  static let unusedObject = Rule(
    "L148", "unused-object", .info, "an object that no other document uses",
    why: "It has no effect by itself. Usually it is a leftover, or the object that should use it "
      + "has the wrong name.",
    bad: "Backend old, which no AIServiceBackend names", good: "the documents without Backend old",
    reference: Citation.aiGatewayCRD("aiservicebackends"),
    .bundle { bundle, report in
      for unused in bundle.unusedObjects where !unused.document.name.hasPrefix("ai-eg-") {
        let document = unused.document
        guard let kind = document.kind, !document.name.isEmpty else { continue }
        report.add(
          "no \(unused.user) here uses \(kind) \(document.name); remove it unless others do",
          at: .to("metadata", "name"), in: document.index)
      }
    })
}

extension ResourceIndex {
  /// An object, and what would use it.
  fileprivate struct Unused {
    let document: Document
    let user: String
  }

  /// Objects that nothing uses though the documents hold what would.
  fileprivate var unusedObjects: [Unused] {
    // What a variable stands for may be any of the names.
    documents.contains(where: \.hasVariables)
      ? [] : unusedServices + unusedBackends + unusedClasses + unusedSecrets + unusedGrants
  }

  private var unusedServices: [Unused] {
    guard !routes.isEmpty, !services.isEmpty else { return [] }
    var named: Set<ObjectKey> = []
    for (_, route) in routes {
      for rule in route.rules {
        for ref in rule.refs where !ref.isPool { named.insert(ref.target(from: route.namespace)) }
      }
    }
    return services.filter { !named.contains($0.key) }.map {
      Unused(document: documents[$0.value.index], user: "AIGatewayRoute")
    }
  }

  private var unusedBackends: [Unused] {
    let servers = mcpRoutes
    guard !services.isEmpty || !servers.isEmpty, !backends.isEmpty else { return [] }
    let named = Set(services.values.compactMap(\.service.backend))
    let idle = backends.filter { !named.contains($0.key) }
    guard !idle.isEmpty else { return [] }
    // One that an MCPRoute takes for a Service by mistake is not to be removed.
    var others = Set(servers.flatMap { $0.servers.map(\.name) })
    for document in documents {
      if case .tlsPolicy = document.content { continue }
      document.node.collectNames(ofKind: GroupKind.backend.kind, into: &others)
    }
    return idle.filter { !others.contains($0.key.name) }.map {
      Unused(
        document: documents[$0.value.index],
        user: servers.isEmpty ? "AIServiceBackend" : "AIServiceBackend or MCPRoute")
    }
  }

  private var unusedClasses: [Unused] {
    guard !gateways.isEmpty else { return [] }
    let named = Set(gateways.values.compactMap(\.gateway.className))
    return others(.gatewayClass).filter { !named.contains($0.name) }.map {
      Unused(document: $0, user: "Gateway")
    }
  }

  /// Secrets with the credential of a provider whose name stands nowhere else.
  private var unusedSecrets: [Unused] {
    guard !credentials.isEmpty else { return [] }
    let keys: Set = ["apiKey", "credentials", "client-secret", GoogleKey.fileName]
    let used = Set(credentials.flatMap { $0.credentials.secrets.map(\.secret.name) })
    return stored("Secret").compactMap { key in
      guard !used.contains(key.name), let data = stored("Secret", key),
        data.entries.contains(where: { keys.contains($0.key) }),
        !documents.contains(where: { document in
          document.index != data.index && document.node.hasText { $0 == key.name }
        })
      else { return nil }
      return Unused(document: documents[data.index], user: "BackendSecurityPolicy")
    }
  }

  /// Grants for routes that are all here, and none of which leads there.
  private var unusedGrants: [Unused] {
    let routeNamespaces = Set(routes.map(\.route.namespace))
    let plain = Set(httpRoutes.map(\.route.key.namespace))
    return grants.all.compactMap { index, grant in
      let isKnown = grant.from.allSatisfy { from in
        (from.source == .aiGatewayRoute || from.source == .httpRoute)
          && routeNamespaces.contains(from.namespace) && !plain.contains(from.namespace)
      }
      guard isKnown, !grant.from.isEmpty else { return nil }
      let sources = Set(grant.from.map(\.namespace))
      let isUsed = routes.contains { _, route in
        sources.contains(route.namespace) && leads(route, into: grant.namespace)
      }
      return isUsed ? nil : Unused(document: documents[index], user: "route")
    }
  }

  /// Whether a route leads into a namespace, itself or by a backend's backendRef.
  private func leads(_ route: AIGatewayRoute, into namespace: String) -> Bool {
    route.rules.contains { rule in
      rule.refs.contains { ref in
        let target = ref.target(from: route.namespace)
        return target.namespace == namespace
          || !ref.isPool && service(target)?.backend?.namespace == namespace
      }
    }
  }
}

extension Node {
  /// Collects the names in references to objects of a kind.
  fileprivate func collectNames(ofKind kind: String, into names: inout Set<String>) {
    switch self {
    case .scalar: break
    case .sequence(let items):
      for item in items { item.collectNames(ofKind: kind, into: &names) }
    case .mapping(let mapping):
      if let name = mapping["name"]?.text, mapping["kind"]?.text == kind { names.insert(name) }
      for entry in mapping.entries { entry.value.collectNames(ofKind: kind, into: &names) }
    }
  }
}
