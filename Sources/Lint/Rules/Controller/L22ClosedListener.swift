import Schemas
import Resources

extension Rule {
  static let closedListener = Rule(
    "L22", "closed-listener", .error, .controller,
    "a Gateway that admits no routes from the route's namespace",
    why: "A listener without allowedRoutes admits only routes from the Gateway's own namespace. "
      + "The AIGatewayRoute or MCPRoute is reported as Accepted anyway; only the status of its "
      + "HTTPRoute shows the problem.",
    bad: "listeners: [{name: http, port: 80, protocol: HTTP}], route in another namespace",
    good: "listeners: [{allowedRoutes: {namespaces: {from: All}}, ...}]",
    reference: Citation.gatewayAPICRD("gateways"),
    .bundle { bundle, report in
      // The namespaces of the routes that name each Gateway.
      lazy var namespaces = bundle.attempts.reduce(into: [ObjectKey: Set<String>]()) {
        $0[$1.gateway.name, default: []].insert($1.route.namespace)
      }
      for attempt in bundle.attempts where !attempt.listeners.isEmpty {
        let gateway = attempt.gateway
        guard attempt.open.isEmpty else { continue }
        // Which namespace stands for none is known to kubectl alone.
        let isSure = attempt.isNamespaceImplied == attempt.isGatewayImplied
        if attempt.listeners.allSatisfy({ !$0.isReady }) {
          report.add(
            "none of the listeners that this parentRef selects on Gateway \(gateway.name.name) is "
              + "programmed, so the route is not served", at: attempt.path, in: attempt.index)
        } else if attempt.listeners.contains(where: \.takesHTTPRoutes) {
          report.add(
            "Gateway \(gateway.name.name) takes no routes of namespace \(attempt.route.namespace) here; "
              + "write allowedRoutes {namespaces: {from: All}} on its listener", at: attempt.path,
            in: attempt.index, severity: isSure ? .error : .warning)
          if let fix = attempt.opening(to: namespaces[gateway.name] ?? []) { report.attach(fix) }
        } else {
          let advice =
            attempt.listeners.contains(where: \.isHTTP)
            ? "leave allowedRoutes.kinds out, or add HTTPRoute"
            : "use one with protocol HTTP or HTTPS"
          report.add(
            "no listener of Gateway \(gateway.name.name) takes HTTPRoutes; \(advice)",
            at: attempt.path, in: attempt.index)
        }
      }
    })
}
