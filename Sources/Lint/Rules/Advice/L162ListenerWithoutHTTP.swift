import Resources
import Schemas

extension Rule {
  static let listenerWithoutHTTP = Rule(
    "L162", "listener-without-http", .warning, "a listener for TCP or TLS beside AI routes",
    why: "AI Gateway looks for HTTP on every listener and stops at the first that has none "
      + "(envoyproxy/ai-gateway issue 2600): Envoy Gateway then publishes nothing for the Gateway. "
      + "The Helm value controller.logRequestHeaderAttributes: \"\" avoids it, except on a port of "
      + "AI routes.",
    bad: "listeners: [{protocol: HTTPS, ...}, {protocol: TLS, ...}]",
    good: "the listener for TLS in a Gateway of another control plane",
    reference: Citation.aiGateway("internal/extensionserver/header_to_metadata.go"),
    .bundle { index, report in
      guard !index.routes.isEmpty || !index.mcpRoutes.isEmpty else { return }
      for (document, gateway) in index.gateways.values {
        for listener in gateway.listenersWithoutHTTP {
          report.add(
            "AI Gateway stops at this listener, so that Envoy Gateway publishes nothing for the "
              + "Gateway; move it to another control plane",
            at: .to("spec", "listeners", listener.index, "protocol"), in: document)
        }
      }
    })
}
