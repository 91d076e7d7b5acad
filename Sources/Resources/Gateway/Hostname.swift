/// Hosts as listeners and routes write them: `api.example.com` or `*.example.com`.
package enum Hostname {
  /// The hosts for which a route is served by a listener with a hostname of its own, in the order
  /// of the route; `*` for any (envoyproxy/gateway v1.8.1, internal/gatewayapi/helpers.go,
  /// computeHosts).
  package static func served(of route: [String], on listener: String?) -> [String] {
    guard let listener, !listener.isEmpty else { return route.isEmpty ? ["*"] : route }
    guard !route.isEmpty else { return [listener] }
    return route.compactMap { host in
      if host == listener || host.lies(under: listener) { return host }
      return listener.lies(under: host) ? listener : nil
    }
  }

  /// Why Envoy Gateway does not send requests on to a host by this name, nil where it does
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/validate.go, validateHostname).
  static func problem(ofTarget name: String) -> String? {
    if IPAddress.bytes(name) != nil {
      return "hostname \(name) is an IP address; use a name, or leave it out"
    }
    let long = name.split(separator: ".").first { $0.utf8.count > 63 }
    return long.map { "\($0) in the hostname has more than 63 characters; use fewer" }
  }
}

extension String {
  /// Whether a host, or a narrower wildcard, lies under a wildcard such as `*.example.com`.
  package func lies(under wildcard: String) -> Bool {
    guard wildcard.hasPrefix("*.") else { return false }
    let suffix = wildcard.utf8.dropFirst()
    return utf8.count > suffix.count && utf8.suffix(suffix.count).elementsEqual(suffix)
  }

  /// Whether a host lies under a wildcard with one label more.
  package func liesOneLabel(under wildcard: String) -> Bool {
    guard lies(under: wildcard) else { return false }
    return !utf8.dropLast(wildcard.utf8.count - 1).contains(UInt8(ascii: "."))
  }
}
