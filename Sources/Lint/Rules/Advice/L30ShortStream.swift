import Resources
import Schemas
import YAML

extension Rule {
  static let shortStream = Rule(
    "L30.stream", "short-stream", .warning,
    "maxStreamDuration that ends requests before their timeout",
    why:
      "It limits a whole request and its answer, streamed ones included, whatever the timeouts of "
      + "the route are.",
    bad: "BackendTrafficPolicy {timeout: {http: {maxStreamDuration: 30s}}}, timeouts: "
      + "{request: 300s}",
    good: "BackendTrafficPolicy {timeout: {http: {maxStreamDuration: 300s}}}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    .bundle { bundle, report in
      let policies = bundle.backendPolicies.all + bundle.clientPolicies.all
      guard policies.contains(where: { StreamLimit.isSet(in: $0.policy.node) }) else { return }
      var reported: Set<Int> = []
      for (_, route) in bundle.routes {
        let places = bundle.places(of: route.attachment)
        let clients = places.map {
          bundle.appliedClientTraffic(gateway: $0.gateway, listener: $0.listener)
        }
        for rule in route.rules {
          for (place, client) in zip(places, clients) {
            let traffic = bundle.traffic(
              ofRule: rule.name, of: route.key, gateway: place.gateway, listener: place.listener)
            guard let limit = StreamLimit(traffic, client),
              limit.milliseconds < rule.total ?? .max, reported.insert(limit.holder.index).inserted
            else { continue }
            report.add(
              "every request and stream of \(rule.title) of AIGatewayRoute \(route.name) ends after "
                + "\(limit.text), before its own timeout; raise maxStreamDuration, or leave it out",
              at: limit.path, in: limit.holder.index)
          }
        }
      }
    })
}
