import Resources
import Schemas
import YAML

extension Rule {
  static let settingOfPort = Rule(
    "L188", "setting-of-port", .warning,
    "a setting for one listener that Envoy has for the whole port",
    why:
      "Envoy has one listener for each port. If a policy asks for the PROXY protocol on one of the "
      + "Gateway's listeners there, connections to all of them need its header. tcpKeepalive and "
      + "maxAcceptPerSocketEvent are those of the port's first listener in the Gateway.",
    bad: "HTTPS listeners a and b on port 443, proxyProtocol in a policy with sectionName: b",
    good: "proxyProtocol in a policy for the whole Gateway",
    reference: Citation.envoyGateway("internal/xds/translator/proxy_protocol.go"),
    .bundle { index, report in
      for (document, places) in index.clientListeners.sorted(by: { $0.key < $1.key }) {
        // In plain HTTP the policies themselves are refused, which L18 reports.
        let shared = places.filter { !$0.listener.isPlainHTTP }
        for place in shared {
          guard let policy = index.clientTraffic(of: place)?.policy, let path = policy.proxyHeader,
            let other = index.listeners(onPortOf: place).first(where: {
              index.clientTraffic(of: $0)?.policy.proxyHeader == nil
            })
          else { continue }
          report.add(
            "the header of the PROXY protocol is needed on all of port \(place.listener.port ?? 0), "
              + "so that connections to listener \(other.listener.name) without it are closed; "
              + "target the whole Gateway, or use another port", at: path, in: document)
          break
        }
        for (name, field) in Policy.settingsOfPort {
          guard
            let (place, first) = shared.lazy.compactMap({ index.replaced(field, at: $0) }).first
          else { continue }
          report.add(
            "\(name) has no effect on listener \(place.listener.name): "
              + "\(first.listener.name) is the first listener on port "
              + "\(place.listener.port ?? 0); write it for that one or the whole Gateway",
            at: field, in: document)
        }
      }
    })
}

extension ResourceIndex {
  fileprivate func clientTraffic(of place: KnownListener) -> PolicyAttachments.Holder? {
    clientTraffic(gateway: place.gateway.name, listener: place.listener.name)
  }

  /// A listener whose value of a field that of the first on its port replaces, and that one; nil
  /// where its own holds.
  fileprivate func replaced(_ field: Path, at place: KnownListener)
    -> (place: KnownListener, first: KnownListener)?
  {
    let (first, holder) = first(onPortOf: place)
    guard !first.isSame(as: place), let wanted = clientTraffic(of: place)?.policy.node[field],
      holder?.policy.node[field] != wanted
    else { return nil }
    return (place, first)
  }
}

extension Policy {
  /// What Envoy has once for each port (envoyproxy/gateway v1.8.1, internal/xds/translator/listener.go,
  /// buildXdsTCPListener).
  fileprivate static let settingsOfPort = [
    (name: "tcpKeepalive", path: Path.to("spec", "tcpKeepalive")),
    ("maxAcceptPerSocketEvent", .to("spec", "connection", "maxAcceptPerSocketEvent")),
  ]
}
