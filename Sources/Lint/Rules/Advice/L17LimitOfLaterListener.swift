import Schemas
import YAML
import Resources

extension Rule {
  static let limitOfLaterListener = Rule(
    "L17.port", "limit-of-later-listener", .warning,
    "a buffer limit for a listener that is not the first on its port",
    why: "Envoy has one listener for each port, and its buffer limit is that of the port's first "
      + "listener in the Gateway. The limits of the later listeners have no effect.",
    bad: "listeners a and b on port 443, bufferLimit in a policy with sectionName: b",
    good: "bufferLimit in a policy for the whole Gateway, or with sectionName: a",
    reference: Citation.envoyGateway("internal/xds/translator/translator.go"),
    .bundle { index, report in
      for (document, places) in index.clientListeners.sorted(by: { $0.key < $1.key }) {
        // In plain HTTP the policies themselves are refused, which L18 reports.
        for place in places where !place.listener.isPlainHTTP {
          let (first, holder) = index.first(onPortOf: place)
          guard
            let own = index.clientTraffic(
              gateway: place.gateway.name, listener: place.listener.name)?.policy,
            let wanted = own.bufferLimit, !first.isSame(as: place),
            holder?.policy.bufferLimit.flatMap({ BufferLimit($0).bytes })
              != BufferLimit(wanted).bytes,
            // A policy for the first listener that drops the Gateway's limit is reported itself.
            holder == nil || holder?.policy.bufferLimit != nil
              || index.clientPolicies[.gateway(first.gateway.name)]?.policy.bufferLimit == nil
          else { continue }
          let held = holder?.policy.bufferLimit?.scalar?.text ?? "\(RuntimeDefault.bufferLimit)"
          report.add(
            "the limit has no effect on listener \(place.listener.name): "
              + "\(first.listener.name) is the first listener on port "
              + "\(place.listener.port ?? 0), and \(held) holds there; write the limit for "
              + "\(first.listener.name) or the whole Gateway", at: .bufferLimit, in: document)
          break
        }
      }
    })
}
