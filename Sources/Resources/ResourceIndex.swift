package import Schemas
package import YAML

/// All documents together: by kind, each with its place, and found by name.
///
/// The one reading of the objects that `Lint`, `Simulation` and the form share, so that no two of
/// them can disagree on which policy is attached or which route wins. Making it costs every
/// document once; `adding` puts a few more behind those that are there for the cost of the few, as
/// a keystroke needs it. Of documents of one kind and name the last counts, as with kubectl apply: it
/// overwrites those before it.
package struct ResourceIndex: Sendable {
  package private(set) var documents: [Document] = []
  /// The release of AI Gateway, with its companions, whose behaviour counts.
  package let release: Release
  /// Whether the documents are complete except for Gateway and backends (a form's), so a missing
  /// policy or grant is unlikely in another file.
  package let isWhole: Bool
  /// The documents that a later one of the same object overwrites.
  private var overwritten: Set<Int> = []
  /// The documents that count, later ones replacing earlier ones of the same object.
  package var current: [Document] {
    overwritten.isEmpty ? documents : documents.filter { !overwritten.contains($0.index) }
  }
  package private(set) var routes: [(index: Int, route: AIGatewayRoute)] = []
  package private(set) var mcpRoutes: [MCPRoute] = []
  /// The places of MCPRoutes among them.
  private(set) var mcpRoutePlaces: [ObjectKey: Int] = [:]
  /// The places of HTTPRouteFilters among the documents.
  private(set) var routeFilters: [ObjectKey: Int] = [:]
  package private(set) var httpRoutes: [(index: Int, route: HTTPRoute)] = []
  package private(set) var credentials: [(index: Int, credentials: BackendSecurityPolicy)] = []
  /// The policies that give each backend or pool its credentials.
  private(set) var credentialsByTarget: [PolicyTarget: [BackendSecurityPolicy]] = [:]
  private var credentialNames: Set<ObjectKey> = []
  package private(set) var tlsPolicies: [(index: Int, policy: BackendTLSPolicy)] = []
  /// The ports of each Backend that they are for, nil for all of it.
  private(set) var tlsSections: [ObjectKey: Set<String?>] = [:]
  /// The certificates that they name for each Backend.
  private(set) var tlsAuthorities: [ObjectKey: [CACertificateRef]] = [:]
  /// Why policies make Envoy Gateway refuse Backends.
  private(set) var tlsRefusals: [ObjectKey: Backend.Refusal] = [:]
  package private(set) var installations: [(index: Int, installation: ControllerConfiguration)] = []
  package private(set) var services: [ObjectKey: (index: Int, service: AIServiceBackend)] = [:]
  package private(set) var backends: [ObjectKey: (index: Int, backend: Backend)] = [:]
  package private(set) var gateways: [ObjectKey: (index: Int, gateway: Gateway)] = [:]
  /// The oldest Gateway among those that each one shares its proxies with; nil for one with proxies
  /// of its own.
  private(set) var oldestMates: [ObjectKey: ObjectKey] = [:]
  /// The listeners for HTTP on the shared proxies, by port, those of the oldest Gateway first.
  private(set) var sharedListeners: [SharedPort: [KnownListener]] = [:]
  package private(set) var grants = ReferenceGrants()
  /// The labels of the namespaces that stand among the documents; what the API server adds is
  /// there too.
  package private(set) var namespaces: [String: Labels] = [:]
  /// The names of the InferencePools.
  package private(set) var pools: Set<ObjectKey> = []
  /// The TCP ports of the cluster's Services.
  package private(set) var servicePorts: [ObjectKey: [Int]] = [:]
  /// The documents of kinds without a typed view, by kind.
  private(set) var others: [String: [Document]] = [:]
  /// The Services whose name leads to any port: those without an address of their own.
  package private(set) var openServices: Set<ObjectKey> = []
  /// The Services of type ExternalName.
  private(set) var externalServices: Set<ObjectKey> = []
  /// The Secrets that operators make of some documents.
  package private(set) var generatedSecrets: Set<ObjectKey> = []
  /// Secrets and ConfigMaps, by kind.
  private(set) var stores: [String: [ObjectKey: StoredData]] = [:]
  /// The documents whose object stands in an earlier one too, by their places.
  package private(set) var repeated: [Int] = []
  private var identities = Identities()
  private(set) var derived = Derived()
  private var holders: [Policy.Kind: [PolicyAttachments.Holder]] = [:]
  /// The policies of each kind on their targets.
  private var policies: [Policy.Kind: PolicyAttachments] = [:]
  /// The rules that each BackendTrafficPolicy gives their retries, by the policy's document.
  package private(set) var retried: [Int: [RetriedRule]] = [:]
  /// What policies can be attached to; nil where there are none.
  private(set) var policyObjects: PolicyObjects?
  /// Where each route stands among `routes`, and each HTTPRoute among `httpRoutes`.
  private(set) var routePlaces: [ObjectKey: Int] = [:]
  private(set) var httpRoutePlaces: [ObjectKey: Int] = [:]

  package init(_ documents: [Document], release: Release = .current, isWhole: Bool = false) {
    self.isWhole = isWhole
    self.release = release
    add(documents)
  }

  /// The same documents and others behind them, which costs what those few do, unless they
  /// overwrite some.
  package func adding(_ documents: [Document]) -> ResourceIndex {
    if documents.contains(where: { $0.identity.flatMap(identities.last) != nil }) {
      return ResourceIndex(self.documents + documents, release: release, isWhole: isWhole)
    }
    var index = self
    index.add(documents)
    return index
  }

  private mutating func add(_ documents: [Document]) {
    identities.begin(isLate: !self.documents.isEmpty, with: documents.count)
    derived = Derived()
    self.documents += documents
    for document in documents {
      guard let identity = document.identity else { continue }
      if identities.insert(identity, of: document.index) != nil { repeated.append(document.index) }
    }
    for document in documents {
      if let identity = document.identity, identities.last(identity) != document.index {
        overwritten.insert(document.index)
        continue
      }
      if case .policy(let policy) = document.content {
        holders[policy.kind, default: []]
          .append(PolicyAttachments.Holder(index: document.index, policy: policy))
      } else {
        take(document)
      }
    }
    checkListeners()
    guard !holders.isEmpty else { return }
    let objects = objectsOfPolicies
    policyObjects = objects
    policies = holders.mapValues { PolicyAttachments($0, in: objects) }
    if policies[.backend] != nil { retried = rulesByRetries }
  }

  /// Validates the listeners of Gateways by their certificates, and together where their class gives
  /// them the same proxies.
  private mutating func checkListeners() {
    (oldestMates, sharedListeners) = ([:], [:])
    for (key, entry) in gateways where !stores.isEmpty || entry.gateway.verifiesClients {
      guard case .gateway(let gateway) = documents[entry.index].content else { continue }
      gateways[key] = (entry.index, gateway.without(certificateProblems(of: gateway)))
    }
    guard gateways.count > 1, others[GroupKind.envoyProxy.kind] != nil else { return }
    let setup = proxySetup
    for known in setup.classes.values where setup.mergesGateways(of: known) {
      let members = gateways.values.filter { $0.gateway.className == known.name }
        .sorted { Age(of: $0.gateway.node) < Age(of: $1.gateway.node) }
      for (member, gateway) in zip(members, Gateway.merged(members.map(\.gateway))) {
        gateways[gateway.name] = (member.index, gateway)
        let oldest = members[0].gateway.name
        oldestMates[gateway.name] = oldest
        for place in gateway.openListeners {
          let port = SharedPort(oldest: oldest, port: place.listener.port)
          sharedListeners[port, default: []].append(place)
        }
      }
    }
  }

  /// The policies of a kind on their targets.
  package func policies(_ kind: Policy.Kind) -> PolicyAttachments {
    policies[kind] ?? PolicyAttachments.none
  }

  package var hasPolicies: Bool { !policies.isEmpty }
  package var clientPolicies: PolicyAttachments { policies(.client) }
  package var backendPolicies: PolicyAttachments { policies(.backend) }
  package var securityPolicies: PolicyAttachments { policies(.security) }

  /// Reads documents, which count from 0.
  package init(of documents: [Node], release: Release = .current) {
    self.init(
      documents.enumerated().map { Document($0.element, index: $0.offset, for: release) },
      release: release)
  }

  private mutating func take(_ document: Document) {
    let index = document.index
    switch document.content {
    case .route(let route):
      if routePlaces[route.key] == nil { routePlaces[route.key] = routes.count }
      routes.append((index, route))
    case .httpRoute(let route):
      if httpRoutePlaces[route.key] == nil { httpRoutePlaces[route.key] = httpRoutes.count }
      httpRoutes.append((index, route))
    case .grant(let grant): grants.add(grant, at: index)
    case .service(let service): services.keep((index, service), for: service.key)
    case .backend(let backend): backends.keep((index, backend), for: backend.key)
    case .gateway(let gateway): gateways.keep((index, gateway), for: gateway.name)
    case .credentials(let policy):
      credentials.append((index, policy))
      guard credentialNames.insert(policy.key).inserted else { return }
      for target in policy.targets {
        credentialsByTarget[PolicyTarget(kind: target.kind, target.object), default: []]
          .append(policy)
      }
    case .tlsPolicy(let policy):
      tlsPolicies.append((index, policy))
      for target in policy.targets where target.kind == .backend {
        tlsSections[target.object, default: []].insert(target.section)
        tlsAuthorities[target.object, default: []] += policy.authorities
        tlsRefusals[target.object] = tlsRefusals[target.object] ?? policy.refusal
      }
    case .namespace(let labels):
      // The API server writes this label itself.
      namespaces[document.name] = labels.adding(Labels.namespaceName, document.name)
    case .installation(let installation): installations.append((index, installation))
    case .policy: break
    case .other:
      if document.kind == GroupKind.inferencePool.kind,
        document.identity?.group == GroupKind.inferencePool.group[...]
      {
        pools.insert(document.key)
      }
      if document.kind == "Service", document.apiVersion == "v1" {
        let ports = (document.node["spec"]?.list("ports") ?? []).filter {
          $0.given("protocol")?.text ?? "TCP" == "TCP"
        }
        servicePorts.keep(ports.compactMap { $0["port"]?.integer }, for: document.key)
        let spec = document.node["spec"]
        let isExternal = spec?.given("type")?.text == "ExternalName"
        if isExternal { externalServices.insert(document.key) }
        if isExternal || spec?.given("clusterIP")?.text == "None" {
          openServices.insert(document.key)
        }
      }
      guard let kind = document.kind else { return }
      others[kind, default: []].append(document)
      if let secret = document.generatedSecret { generatedSecrets.insert(secret) }
      if document.isA(.mcpRoute) {
        mcpRoutePlaces[document.key] = mcpRoutes.count
        mcpRoutes.append(MCPRoute(document, for: release))
      }
      if document.isA(.httpRouteFilter) { routeFilters[document.key] = index }
      guard let data = StoredData(document) else { return }
      stores[kind, default: [:]].keep(data, for: document.key)
    }
  }

  /// Gateways and HTTPRoutes: those that stand here, and those that AI Gateway makes.
  private var objectsOfPolicies: PolicyObjects {
    var found: [PolicyObjects.Object] = []
    found.reserveCapacity(routes.count + httpRoutes.count)
    for (_, route) in routes {
      // An HTTPRoute that is there already keeps its labels beside those of the route
      // (envoyproxy/ai-gateway v1.1.0, internal/controller/ai_gateway_route.go).
      let written = httpRoute(route.key)?.route
      found.append(
        PolicyObjects.Object(
          labels: route.labels.over(written?.labels), age: age(of: route),
          sections: route.rules.compactMap(\.name) + [WellKnown.notFoundRule]))
    }
    for (_, route) in httpRoutes where routePlaces[route.key] == nil {
      found.append(
        PolicyObjects.Object(
          labels: route.labels, age: route.age,
          sections: (route.node["spec"]?.list("rules") ?? []).compactMap { $0["name"]?.text }))
    }
    for route in mcpRoutes {
      let labels = Labels(route.node["metadata"]?["labels"])
      for key in route.generatedRoutes where httpRoutePlaces[key] == nil {
        found.append(
          PolicyObjects.Object(
            labels: labels, age: Age(Age(of: route.node).created, key), sections: nil))
      }
    }
    return PolicyObjects(
      gateways: gateways.values.map { _, gateway in
        PolicyObjects.Object(
          labels: gateway.labels, age: Age(of: gateway.node),
          sections: gateway.listeners.isEmpty || gateway.takesListenerSets
            ? nil : gateway.listeners.map(\.name))
      }, routes: found, namespaces: namespaces, grants: grants)
  }
}

/// The last document of each object, those that were added last in a dictionary of their own: a copy
/// of all would cost more than they do.
private struct Identities: Sendable {
  private var early: [Document.Identity: Int] = [:]
  private var late: [Document.Identity: Int] = [:]
  private var isLate = false

  mutating func begin(isLate: Bool, with count: Int) {
    self.isLate = isLate
    if !isLate { early.reserveCapacity(count) }
  }

  /// Takes note of a document; gives the one of the same object before it.
  mutating func insert(_ identity: Document.Identity, of document: Int) -> Int? {
    if isLate { return late.updateValue(document, forKey: identity) }
    return early.updateValue(document, forKey: identity)
  }

  func last(_ identity: Document.Identity) -> Int? { late[identity] ?? early[identity] }
}

extension Dictionary {
  /// Sets the value of a key that has none yet.
  fileprivate mutating func keep(_ value: Value, for key: Key) {
    if self[key] == nil { self[key] = value }
  }
}
