import Manifest

/// All documents together, sorted by kind, each with its index, and found by name.
///
/// Nothing here or in a rule compares every document with every other: what belongs together is
/// found in a table, so that the cost grows with the number of documents.
struct Bundle: Sendable {
  let documents: [Document]
  private(set) var routes: [(index: Int, route: Route)] = []
  private(set) var clientPolicies: [(index: Int, policy: Policy)] = []
  private(set) var backendPolicies: [(index: Int, policy: BackendPolicy)] = []
  private(set) var securityPolicies: [(index: Int, policy: Policy)] = []
  private(set) var credentials: [(index: Int, credentials: Credentials)] = []
  private(set) var tlsPolicies: [(index: Int, policy: TLSPolicy)] = []
  private(set) var plainRoutes: [(index: Int, route: PlainRoute)] = []
  private(set) var installations: [(index: Int, installation: Installation)] = []
  private(set) var services: [ObjectKey: ServiceBackend] = [:]
  private(set) var backends: [ObjectKey: (index: Int, backend: Backend)] = [:]
  private(set) var gateways: [ObjectKey: (index: Int, gateway: Gateway)] = [:]
  private(set) var grants = Grants()
  /// Where each route stands among `routes`; of two with one name the first.
  private var routePlaces: [ObjectKey: Int] = [:]
  /// The backend policies on each route.
  private var attachments: [ObjectIdentifier: [Attachment]] = [:]
  /// The rules of routes that a policy gives their retries, by the policy's document.
  private(set) var retried: [Int: [(route: Route, rule: RouteRule)]] = [:]

  init(_ documents: [Document]) {
    self.documents = documents
    for document in documents { take(document) }
    for (place, entry) in routes.enumerated() where routePlaces[entry.route.title] == nil {
      routePlaces[entry.route.title] = place
    }
    guard !backendPolicies.isEmpty else { return }
    let targets = Attachment.byTarget(backendPolicies)
    for (_, route) in routes {
      attachments[ObjectIdentifier(route)] = Attachment.all(on: route, from: targets)
      for rule in route.rules {
        guard let attachment = retry(for: rule, of: route) else { continue }
        retried[attachment.index, default: []].append((route, rule))
      }
    }
  }

  private mutating func take(_ document: Document) {
    let index = document.index
    switch document.content {
    case .route(let route): routes.append((index, route))
    case .clientPolicy(let policy): clientPolicies.append((index, policy))
    case .backendPolicy(let policy): backendPolicies.append((index, policy))
    case .securityPolicy(let policy): securityPolicies.append((index, policy))
    case .grant(let grant): grants.add(grant, document)
    case .service(let service): services[service.name] = service
    case .backend(let backend): backends[backend.name] = (index, backend)
    case .gateway(let gateway): gateways[gateway.name] = (index, gateway)
    case .credentials(let policy): credentials.append((index, policy))
    case .tlsPolicy(let policy): tlsPolicies.append((index, policy))
    case .plainRoute(let route): plainRoutes.append((index, route))
    case .installation(let installation): installations.append((index, installation))
    case .other: break
    }
  }

  /// The route of a name, and so of the HTTPRoute made of it.
  func route(_ name: ObjectKey) -> (index: Int, route: Route)? {
    routePlaces[name].map { routes[$0] }
  }

  /// The routes in the order in which they would be asked if all were of one age.
  var routesInOrder: [(index: Int, route: Route)] {
    routes.sorted { $0.route.precedes($1.route) }
  }

  /// The Backend of a backendRef, as far as the documents say.
  func backend(of ref: BackendRef, in route: Route) -> Backend? {
    guard !ref.isPool, !services.isEmpty else { return nil }
    return services[ref.target(from: route.home)]?.backend.flatMap { backends[$0]?.backend }
  }

  /// The backend policies on a route, the nearest first.
  func attachments(on route: Route) -> [Attachment] { attachments[ObjectIdentifier(route)] ?? [] }

  /// The backend policies that hold for a rule, the nearest first, up to the first that replaces
  /// those behind it (domain.md 1.5, L41).
  func policies(for rule: RouteRule, of route: Route) -> [Attachment] {
    var found: [Attachment] = []
    for attachment in attachments(on: route) {
      if let name = attachment.ruleName, name != rule.name { continue }
      found.append(attachment)
      if !attachment.policy.isMerged { break }
    }
    return found
  }

  /// The policy whose retries hold for a rule.
  func retry(for rule: RouteRule, of route: Route) -> Attachment? {
    for attachment in attachments(on: route) {
      if let name = attachment.ruleName, name != rule.name { continue }
      if attachment.policy.hasRetry { return attachment }
      if !attachment.policy.isMerged { return nil }
    }
    return nil
  }

  /// Whether a policy finds its targets by labels, so that nothing can be said about what it covers.
  var hasBackendSelectors: Bool { backendPolicies.contains { $0.policy.policy.hasSelectors } }
}
