import Resources
import Schemas
import YAML

extension Rule {
  static let shortStream = Rule(
    "L30.stream", "short-stream", .warning,
    "a limit of a policy that ends requests before their timeout",
    why:
      "maxStreamDuration limits a whole request and its answer, streamed ones included, and "
      + "streamIdleTimeout the time in which nothing is sent, as before the first byte of an answer, "
      + "whatever the timeouts of the route are.",
    bad: "BackendTrafficPolicy {timeout: {http: {maxStreamDuration: 30s}}}, timeouts: "
      + "{request: 300s}",
    good: "BackendTrafficPolicy {timeout: {http: {maxStreamDuration: 300s}}}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { bundle, report in
      let policies = bundle.backendPolicies.all + bundle.clientPolicies.all
      guard policies.contains(where: { StreamLimit.isSet(in: $0.policy.node) }) else { return }
      var reported: Set<Place> = []
      for (_, route) in bundle.routes {
        let places = bundle.places(of: route.attachment)
        let clients = places.map {
          bundle.appliedClientTraffic(gateway: $0.gateway, listener: $0.listener)
        }
        for rule in route.rules {
          for (place, client) in zip(places, clients) {
            let traffic = bundle.traffic(
              ofRule: rule.name, of: route.key, gateway: place.gateway, listener: place.listener)
            for kind in StreamLimit.Kind.allCases {
              guard let limit = StreamLimit(kind, traffic, client), limit.isShort(for: rule),
                reported.insert(Place(document: limit.holder.index, path: limit.path)).inserted
              else { continue }
              let message = limit.message(for: "\(rule.title) of AIGatewayRoute \(route.name)")
              report.add(
                message, at: limit.path, in: limit.holder.index,
                severity: kind == .duration ? .warning : .info)
            }
          }
        }
      }
    })

  private struct Place: Hashable {
    let document: Int
    let path: Path
  }
}

extension StreamLimit {
  /// Whether it ends requests of a rule that the rule itself would let go on.
  fileprivate func isShort(for rule: RouteRule) -> Bool {
    guard milliseconds < rule.total ?? .max else { return false }
    let pause = rule.streamIdle.flatMap { $0 == 0 ? nil : $0 }
    return kind == .duration || milliseconds < pause ?? .max
  }

  fileprivate func message(for rule: String) -> String {
    switch kind {
    case .duration:
      "every request and stream of \(rule) ends after \(text), before its own timeout; raise "
        + "maxStreamDuration, or leave it out"
    case .pause:
      "requests of \(rule) end with 504 where a provider sends nothing for \(text), as before the "
        + "first byte of a long answer, though their own timeout is longer; raise streamIdleTimeout, or "
        + "leave it out"
    }
  }
}
