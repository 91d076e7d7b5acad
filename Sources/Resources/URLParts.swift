import YAML

/// The parts of a URL as they are written: nothing is decoded, and nobody says that they are valid.
package struct URLParts: Sendable {
  /// Empty where the URL begins with `//`.
  package let scheme: Substring
  /// What stands between `//` and the next slash: user info, host and port. Envoy Gateway leaves the
  /// query of a URL without path there, too (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/securitypolicy.go).
  package let authority: Substring
  /// What follows from that slash on, with query and fragment.
  package let path: Substring

  /// Nil where the text has no `//` at its beginning or behind a scheme.
  package init?(_ url: String) {
    guard let mark = url[...].range(ofFirst: "//"), url[..<mark.lowerBound].last ?? ":" == ":"
    else {
      return nil
    }
    scheme = url[..<mark.lowerBound].dropLast()
    authority = url[mark.upperBound...].prefix { $0 != "/" }
    path = url[authority.endIndex...]
  }

  /// The host, of an IPv6 address without brackets; nil where there is none.
  package var host: String? {
    let host =
      server.hasPrefix("[") ? server.dropFirst().prefix { $0 != "]" } : server.prefix { $0 != ":" }
    return host.isEmpty ? nil : String(host)
  }

  /// The port; nil where there is none.
  package var port: Int? {
    let end = server.hasPrefix("[") ? server.drop { $0 != "]" } : server
    return Int(end.drop { $0 != ":" }.dropFirst())
  }

  /// The host and the port.
  private var server: Substring {
    let place = authority.prefix { $0 != "?" && $0 != "#" }
    return place.lastIndex(of: "@").map { place[$0...].dropFirst() } ?? place
  }
}
