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
    repair: .automatic,
    .bundle { bundle, report in
      // The namespaces of the routes that name each Gateway.
      lazy var namespaces = bundle.knownParents.reduce(into: [ObjectKey: Set<String>]()) {
        $0[$1.gateway.name, default: []].insert($1.route.namespace)
      }
      for known in bundle.knownParents where !known.listeners.isEmpty {
        let gateway = known.gateway
        guard known.open.isEmpty else { continue }
        // Which namespace stands for none is known to kubectl alone.
        let isSure = known.isNamespaceImplied == known.isGatewayImplied
        if known.listeners.allSatisfy({ !$0.isReady }) {
          report.add(
            "none of the listeners that this parentRef selects on Gateway \(gateway.name.name) is "
              + "programmed, so the route is not served", at: known.path, in: known.index)
        } else if known.listeners.contains(where: \.takesHTTPRoutes) {
          report.add(
            "Gateway \(gateway.name.name) takes no routes of namespace \(known.route.namespace) here; "
              + "write allowedRoutes {namespaces: {from: All}} on its listener", at: known.path,
            in: known.index, severity: isSure ? .error : .warning)
          if let fix = known.opening(to: namespaces[gateway.name] ?? []) { report.attach(fix) }
        } else {
          let advice =
            known.listeners.contains(where: \.isHTTP)
            ? "leave allowedRoutes.kinds out, or add HTTPRoute"
            : "use one with protocol HTTP or HTTPS"
          report.add(
            "no listener of Gateway \(gateway.name.name) takes HTTPRoutes; \(advice)",
            at: known.path, in: known.index)
        }
      }
    })
}
