package import Schemas

/// The Envoy clusters that Envoy Gateway makes of the Backends of an AI route's rule, which decide
/// what AI Gateway can write to each (envoyproxy/gateway v1.8.1, internal/ir/xds.go,
/// internal/xds/translator/translator.go; envoyproxy/ai-gateway v1.1.0,
/// internal/extensionserver/post_translate_modify.go).
package enum EnvoyClusters: Sendable {
  /// One, in which each backend has its own priority.
  case one
  /// One of each backend, and why: weights count among all of them, priorities do not.
  case each(because: String)
  /// One whose IP addresses Envoy reads elsewhere: AI Gateway writes no priorities, and takes every
  /// request for one to the first backendRef.
  case apart

  /// Whether AI Gateway writes the priorities of backendRefs, which Envoy refuses above 128.
  package func writesPriorities(in release: Release) -> Bool {
    switch self {
    case .one: true
    case .each: release >= .v1_1
    case .apart: false
    }
  }
}

extension ResourceIndex {
  /// The clusters of the Backends that take traffic in a rule of a route of some Gateways; nil
  /// stands for one that is not among the documents. `isZoned` says whether the load balancing is
  /// zone-aware, `isFiltered` whether a backendRef has filters of its own, as only those of plain
  /// HTTPRoutes do.
  package func envoyClusters(
    of backends: [Backend?], through gateways: [Gateway], isZoned: Bool,
    isFiltered: Bool = false
  ) -> EnvoyClusters {
    let known = backends.compactMap { $0 }
    let refused = known.first { backend in
      refusal(of: backend) != nil
        || gateways.contains { refusal(of: backend, through: $0) != nil }
    }
    if let refused {
      return .each(
        because: "Backend \(refused.key.name) is refused, which makes a cluster of each backend")
    }
    if isFiltered {
      return .each(because: "filters of a backendRef make a cluster of each backend")
    }
    if isZoned {
      return .each(because: "zone-aware load balancing makes a cluster of each backend")
    }
    if known.mixedAddresses != nil {
      return .each(because: "Backends by IP address and by host name are mixed")
    }
    if release.schemaSet >= .v0_7, known.contains(where: \.isWebSocket),
      known.contains(where: \.isHTTP2)
    {
      return .each(because: "Backends for WebSocket, which is HTTP/1, and for HTTP/2 are mixed")
    }
    let isApart = !backends.isEmpty && backends.allSatisfy { $0?.hasAddresses ?? false }
    return isApart ? .apart : .one
  }
}

extension [Backend] {
  /// The first that has a host name and the first that has an IP address; nil where one is missing.
  package var mixedAddresses: (named: Backend, numbered: Backend)? {
    guard let named = first(where: { !$0.hosts.isEmpty }),
      let numbered = first(where: \.hasAddresses)
    else { return nil }
    return (named, numbered)
  }
}
