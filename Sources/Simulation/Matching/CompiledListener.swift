import Resources

/// A listener of the Gateway with the virtual hosts that Envoy Gateway makes for it (envoyproxy/gateway
/// v1.8.1, internal/xds/translator/translator.go).
struct CompiledListener: Sendable {
  struct VirtualHost: Sendable {
    /// A host, `*.suffix`, or `*`.
    let domain: String
    /// In the order in which they are tried.
    let candidates: [Candidate]
  }

  /// Nil where the Gateway is not among the documents and no route names a listener.
  let name: String?
  let port: Int?
  /// In lower case, nil for any.
  let hostname: String?
  /// Whether it speaks plain HTTP, so that Envoy has one table of hosts for all on its port.
  let isPlain: Bool
  /// Whether a ListenerSet brings it.
  let isOfSet: Bool
  let hosts: [VirtualHost]
  private let places: [String: Int]

  init(
    name: String?, port: Int?, hostname: String?, isPlain: Bool, isOfSet: Bool = false,
    routesByDomain: [(domain: String, routes: Set<Int>)], candidates: [Candidate], routeCount: Int
  ) {
    self.name = name
    self.port = port
    self.hostname = hostname
    self.isPlain = isPlain
    self.isOfSet = isOfSet
    hosts = routesByDomain.map { domain, routes in
      VirtualHost(
        domain: domain,
        candidates: routes.count == routeCount
          ? candidates : candidates.filter { routes.contains($0.precedence.route) })
    }
    places = Dictionary(
      routesByDomain.enumerated().map { ($1.domain, $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The virtual host of a request's host: the host itself, else the longest suffix, else `*`.
  func virtualHost(for host: String?) -> VirtualHost? {
    if let host {
      if let place = places[host] { return hosts[place] }
      let suffixes = hosts.filter { host.lies(under: $0.domain) }
      if let longest = suffixes.max(by: { $0.domain.utf8.count < $1.domain.utf8.count }) {
        return longest
      }
    }
    return places["*"].map { hosts[$0] }
  }

  /// How well its own hostname fits a host: higher is better, nil is not at all.
  func fit(_ host: String?) -> Int? {
    guard let hostname else { return 0 }
    guard let host else { return hosts.isEmpty ? nil : 0 }
    if hostname == host { return .max }
    return host.lies(under: hostname) ? hostname.utf8.count : nil
  }
}

extension CompiledListener.VirtualHost {
  /// How closely its domain names a host; higher is better.
  func closeness(to host: String?) -> Int {
    domain == host ? .max : domain == "*" ? 0 : domain.utf8.count
  }

  /// The first match that takes a request.
  func first(_ indexedRequest: IndexedRequest) -> Candidate? {
    candidates.first { !$0.rule.isDropped && $0.condition.mismatch(indexedRequest) == nil }
  }
}
