import Resources
import Schemas
import YAML

extension Rule {
  static let forwardProxy = Rule(
    "L128.proxy", "forward-proxy-address", .error, .controller,
    "a forward proxy address that is not host:port",
    why: "The API server accepts any text, but AI Gateway reads host:port and fails on everything "
      + "else: Envoy Gateway then keeps its proxies as they were, or without a route.",
    bad: "forwardProxy: {address: http://10.0.0.9}",
    good: "forwardProxy: {address: 10.0.0.9:3128}",
    reference: Citation.aiGateway("internal/extensionserver/forward_proxy.go"),
    .document { document, report in
      guard document.kind == GroupKind.gatewayConfig.kind else { return }
      for setting in document.invalidSettings where setting.refuser == .extensionServer {
        report.add(
          "AI Gateway cannot read this and writes no routes to Envoy; \(setting.advice)",
          at: setting.path)
      }
    })
}
