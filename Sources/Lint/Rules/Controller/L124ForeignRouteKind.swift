import Resources
import Schemas
import YAML

extension Rule {
  static let foreignRouteKind = Rule(
    "L124", "foreign-route-kind", .error, .controller,
    "a listener that allows a kind of route it cannot serve",
    why: "An AIGatewayRoute attaches to a listener as its generated HTTPRoute. A kind in "
      + "allowedRoutes.kinds that the listener's protocol does not support keeps the listener from "
      + "being programmed, and nothing attached to it is served.",
    bad: "kinds: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute}]",
    good: "kinds: [{kind: HTTPRoute}]",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for (index, gateway) in bundle.gateways.values {
        for listener in gateway.listeners {
          guard case .routeKind(let kind) = listener.problem else { continue }
          let path = Path.to("spec", "listeners", listener.index, "allowedRoutes", "kinds")
          guard kind == GroupKind.aiGatewayRoute.kind, listener.isHTTP else {
            report.add(
              "the protocol of the listener serves no \(kind), so it is not programmed; leave the "
                + "kind out", at: path, in: index)
            continue
          }
          report.add(
            "an AIGatewayRoute attaches as the HTTPRoute made of it, and this kind keeps the "
              + "listener from being programmed; write kind HTTPRoute", at: path, in: index,
            fix: "write kind HTTPRoute",
            .set(path, .sequence([.map(["kind": .string(GroupKind.httpRoute.kind)])])))
        }
      }
    })
}
