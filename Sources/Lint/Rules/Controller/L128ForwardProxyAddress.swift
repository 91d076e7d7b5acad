import Resources
import Schemas
import YAML

extension Rule {
  static let forwardProxyAddress = Rule(
    "L128.proxy", "forward-proxy-address", .error, .controller,
    "a forward proxy address that is not IP:port",
    why: "The API server accepts any text, but AI Gateway reads host:port and fails on everything "
      + "else: Envoy Gateway then keeps its proxies as they were, or without a route. Of the hosts "
      + "Envoy takes IP addresses only: it refuses the clusters of all AIGatewayRoutes of the "
      + "Gateway where the proxy is named.",
    bad: "forwardProxy: {address: proxy.corp:3128}",
    good: "forwardProxy: {address: 10.0.0.9:3128}",
    reference: Citation.aiGateway("internal/extensionserver/forward_proxy.go"),
    .document { document, report in
      guard document.kind == GroupKind.gatewayConfig.kind else { return }
      for setting in document.invalidSettings(in: report.release) {
        switch setting.component {
        case .extensionServer:
          report.add(
            "AI Gateway cannot read this and writes no routes to Envoy; \(setting.advice)",
            at: setting.path)
        case .envoy:
          report.add(
            "Envoy refuses the clusters of every AIGatewayRoute of the Gateway; \(setting.advice)",
            at: setting.path)
        case .envoyGateway, .aiGateway, .sidecar, .mcpProxy, .client: continue
        }
      }
    })
}
