import Resources
import Schemas
import YAML

extension Rule {
  static let wideForwardProxy = Rule(
    "L198", "wide-forward-proxy", .warning, .controller,
    "a forward proxy that takes more requests than those of its Gateway",
    why: "AI Gateway looks for a forward proxy at all Gateways of a route, and sends the route's "
      + "requests through the first one, whichever Gateway they came through. They go there for every "
      + "AIServiceBackend, for those in the cluster too, which an Internet proxy usually cannot reach.",
    bad: "parentRefs: [{name: edge}, {name: inner}], GatewayConfig of edge with forwardProxy",
    good: "a route for edge and another one for inner",
    reference: Citation.aiGateway("internal/extensionserver/forward_proxy.go"),
    .bundle { index, report in
      var reported: Set<ObjectKey> = []
      for (document, route) in index.routes {
        let proxies = index.forwardProxies(of: route)
        guard let used = proxies.lazy.compactMap(\.proxy).first else { continue }
        for (parent, proxy) in proxies where proxy?.address != used.address {
          let name = route.gateway(of: route.parents[parent]).name
          report.add(
            (proxy == nil
              ? "requests that come through Gateway \(name) go through forward proxy "
              : "of two forward proxies the first is used: requests that come through Gateway "
                + "\(name) go through ")
              + "\(used.address) of GatewayConfig \(used.configuration.name), too; give the "
              + "Gateway a route of its own", at: .to("spec", "parentRefs", parent), in: document)
        }
        for ref in route.rules.flatMap(\.refs) where ref.isLive && !ref.isPool {
          guard let backend = index.backend(of: ref, in: route),
            let host = backend.endpoints.lazy.compactMap(\.innerAddress).first,
            reported.insert(backend.key).inserted, let place = index.backends[backend.key]?.index
          else { continue }
          report.add(
            "requests for \(host) go through forward proxy \(used.address) of GatewayConfig "
              + "\(used.configuration.name), which has to reach it; otherwise lead to it by a route "
              + "of another Gateway", at: .to("spec", "endpoints"), in: place, severity: .info)
        }
      }
    })
}

extension Backend.Endpoint {
  /// The host or address of one that is no place of the internet, as far as it says.
  fileprivate var innerAddress: String? {
    switch address {
    case .host(let host): ProviderHost.isPublic(host) ? nil : host
    case .ip(let address): IPAddress.isPrivate(address) ? address : nil
    case .socket: nil
    }
  }
}
