import Resources
import Schemas
import YAML

extension Rule {
  static let overlappingCertificates = Rule(
    "L204", "overlapping-certificates", .info, .controller,
    "listeners on one port whose certificates have a name in common",
    why:
      "A client that has a connection for one name of a certificate may send requests for all of "
      + "them over it, and miss the listener that they are for. So Envoy Gateway offers HTTP/1.1 "
      + "alone at such listeners, and gRPC, which needs HTTP/2, does not work; a list of its own in a "
      + "ClientTrafficPolicy holds all the same.",
    bad: "listeners: [{name: a, port: 443, ... certificateRefs: [{name: wildcard}]}, {name: b, "
      + "port: 443, ... certificateRefs: [{name: wildcard}]}]",
    good: "the same with ClientTrafficPolicy {tls: {alpnProtocols: [h2, http/1.1]}}",
    reference: Citation.envoyGateway("internal/gatewayapi/listener.go"),
    .bundle { index, report in
      // By the first listener of each port.
      var overlaps: [String: CertificateOverlaps] = [:]
      for (document, gateway) in index.gateways.values {
        for place in gateway.openListeners where index.offersHTTP1Alone(at: place) {
          let neighbours = index.listeners(onPortOf: place)
          guard neighbours.count > 1, let first = neighbours.first?.title else { continue }
          let known = overlaps[first] ?? CertificateOverlaps(among: neighbours, in: index)
          overlaps[first] = known
          guard let other = known.sharer(with: place) else { continue }
          report.add(
            "a certificate has a name in common with one of listener \(other.listener.name)"
              + (other.gateway.name == gateway.name ? "" : " of Gateway \(other.gateway.name)")
              + ", so that Envoy Gateway offers clients HTTP/1.1 alone and gRPC does not work; for "
              + "HTTP/2 write tls.alpnProtocols in a ClientTrafficPolicy, or use certificates of "
              + "their own",
            at: .to("spec", "listeners", place.listener.index, "tls", "certificateRefs"),
            in: document)
        }
      }
    })
}

extension ResourceIndex {
  /// Whether no ClientTrafficPolicy says which protocols a listener for HTTPS offers.
  fileprivate func offersHTTP1Alone(at place: KnownListener) -> Bool {
    place.listener.protocolName == "HTTPS"
      && clientTraffic(gateway: place.gateway.name, listener: place.listener.name)?.policy.spec
        .given("tls", "alpnProtocols") == nil
  }
}
