import Resources
import Manifest

extension Rule {
  static let closedListener = Rule(
    "L22", .error, .controller, "a Gateway that takes no routes of the route's namespace",
    why: "A listener without allowedRoutes takes routes of the Gateway's own namespace only. The "
      + "AIGatewayRoute is called accepted all the same; only its HTTPRoute tells.",
    bad: "listeners: [{name: http, port: 80, protocol: HTTP}], route in another namespace",
    good: "listeners: [{allowedRoutes: {namespaces: {from: All}}, ...}]",
    .bundle { bundle, report in
      for attempt in bundle.attempts where !attempt.listeners.isEmpty {
        let gateway = attempt.gateway
        guard attempt.open.isEmpty else { continue }
        // Which namespace stands for none is known to kubectl alone.
        let isSure =
          (attempt.route.namespace == nil) == attempt.isGatewayImplied
        if attempt.listeners.allSatisfy({ !$0.isReady }) {
          report.add(
            "no listener of Gateway \(gateway.name.name) that this names is programmed, so the "
              + "route is not served", at: attempt.path, in: attempt.index)
        } else if attempt.listeners.contains(where: \.takesHTTPRoutes) {
          report.add(
            "Gateway \(gateway.name.name) takes no routes of namespace \(attempt.route.home) here; "
              + "write allowedRoutes {namespaces: {from: All}} on its listener", at: attempt.path,
            in: attempt.index, severity: isSure ? .error : .warning)
          if let fix = attempt.opening { report.attach(fix) }
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

extension ResourceIndex {
  /// What becomes of a parentRef whose Gateway is at hand.
  struct Attempt {
    /// The route's document.
    let index: Int
    let route: AIGatewayRoute
    let parent: ParentRef
    let path: Path
    let gateway: Gateway
    /// The Gateway's document.
    let document: Int
    /// Whether the Gateway's namespace is not written.
    let isGatewayImplied: Bool
    /// The listeners that it is for.
    let listeners: [Listener]
    /// Those of them that take the route.
    let open: [Listener]

    /// What lets the first of them take routes of every namespace.
    var opening: Fix? {
      listeners.first(where: \.takesHTTPRoutes).map { listener in
        let path = Path.to(
          "spec", "listeners", listener.index, "allowedRoutes", "namespaces", "from")
        return Fix(
          "let listener \(listener.name) take routes of all namespaces",
          [.set(document: document, path, .string("All"))])
      }
    }
  }

  var attempts: [Attempt] {
    guard !gateways.isEmpty else { return [] }
    return routes.flatMap { index, route in
      route.parents.enumerated().compactMap { place, parent in
        guard parent.isGateway, let (document, gateway) = gateways[route.gateway(of: parent)]
        else { return nil }
        let listeners = gateway.listeners(for: parent)
        return Attempt(
          index: index, route: route, parent: parent, path: .to("spec", "parentRefs", place),
          gateway: gateway, document: document,
          isGatewayImplied: documents[document].namespace == nil,
          listeners: listeners,
          open: listeners.filter { $0.isReady && admits(route.home, to: $0, of: gateway) })
      }
    }
  }
}
