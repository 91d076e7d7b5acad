import Manifest

/// A listener of the Gateway with the virtual hosts that Envoy Gateway makes for it (domain.md 3.3).
struct Listener: Sendable {
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
  let hosts: [VirtualHost]
  private let places: [String: Int]

  init(
    name: String?, port: Int?, hostname: String?, attached: Set<Int>, candidates: [Candidate],
    routes: [ServedRoute]
  ) {
    self.name = name
    self.port = port
    self.hostname = hostname
    var domains: [String] = []
    var members: [String: Set<Int>] = [:]
    for route in attached.sorted() {
      for domain in Listener.domains(of: routes[route].hostnames, under: hostname) {
        if members[domain] == nil { domains.append(domain) }
        members[domain, default: []].insert(route)
      }
    }
    let everyone = attached.count == routes.count
    hosts = domains.map { domain in
      let routes = members[domain] ?? []
      let isWhole = everyone && routes.count == attached.count
      return VirtualHost(
        domain: domain,
        candidates: isWhole
          ? candidates : candidates.filter { routes.contains($0.precedence.route) })
    }
    places = Dictionary(uniqueKeysWithValues: domains.enumerated().map { ($1, $0) })
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

  /// How well the listener's own hostname fits a host: higher is better, nil is not at all.
  func fit(_ host: String?) -> Int? {
    guard let hostname else { return 0 }
    guard let host else { return hosts.isEmpty ? nil : 0 }
    if hostname == host { return .max }
    return host.lies(under: hostname) ? hostname.utf8.count : nil
  }

  /// The domains under which a route is found.
  private static func domains(of hostnames: [String], under listener: String?) -> [String] {
    guard let listener, !listener.isEmpty else { return hostnames.isEmpty ? ["*"] : hostnames }
    guard !hostnames.isEmpty else { return [listener] }
    return hostnames.compactMap { host in
      if host == listener || host.lies(under: listener) { return host }
      return listener.lies(under: host) ? listener : nil
    }
  }
}

extension String {
  /// Whether a host, or a narrower wildcard, lies under a wildcard such as `*.example.com`.
  func lies(under wildcard: String) -> Bool {
    guard wildcard.hasPrefix("*.") else { return false }
    let suffix = wildcard.utf8.dropFirst()
    return utf8.count > suffix.count && utf8.suffix(suffix.count).elementsEqual(suffix)
  }

  /// Whether a host lies under a wildcard with one label more.
  func liesOneLabel(under wildcard: String) -> Bool {
    guard lies(under: wildcard) else { return false }
    return !utf8.dropLast(wildcard.utf8.count - 1).contains(UInt8(ascii: "."))
  }
}
