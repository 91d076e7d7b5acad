import Resources
import Schemas
import YAML

extension Rule {
  static let forwardProxy = Rule(
    "L128.proxy", "forward-proxy-address", .error, .controller,
    "a forward proxy address that is not host:port",
    why: "The API server accepts any text, but AI Gateway reads host:port and fails on everything "
      + "else: Envoy Gateway then keeps its proxies as they were, or without a route.",
    bad: "forwardProxy: {address: http://proxy.corp}",
    good: "forwardProxy: {address: proxy.corp:3128}",
    reference: Upstream.aiGateway("internal/extensionserver/forward_proxy.go"),
    .document { document, report in
      guard document.kind == GroupKind.gatewayConfig.kind,
        let address = document.node.given("spec", "forwardProxy", "address")?.text,
        !address.isEmpty, !Variable.isIn(address), !isHostAndPort(address)
      else { return }
      report.add(
        "AI Gateway cannot read this and writes no routes to Envoy; write host:port without a "
          + "scheme, such as proxy.corp:3128", at: .to("spec", "forwardProxy", "address"))
    })

  /// Whether Go's net.SplitHostPort takes a text, and a port that is one.
  private static func isHostAndPort(_ text: String) -> Bool {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1,
      last.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let port = Int(last), 1...65535 ~= port
    else { return false }
    let host = text.dropLast(last.count + 1)
    if host.hasPrefix("[") { return host.hasSuffix("]") && host.count > 2 }
    return parts.count == 2 && !host.isEmpty
  }
}
