import Schemas
import YAML

/// What AI Gateway reads.
extension InvalidSettingCollector {
  /// What clients are told about tokens: in a header, and in the body of an answer (envoyproxy/ai-gateway
  /// v1.1.0, internal/controller/mcp_route_security_policy.go).
  mutating func checkMetadata(in oauth: Path, for release: Release) {
    let metadata = oauth.appending("protectedResourceMetadata")
    let scopes = metadata.appending("scopesSupported")
    checkCommandOperators(at: metadata.appending("resource"))
    for index in (object[scopes]?.items ?? []).indices {
      checkCommandOperators(at: scopes.appending(index))
    }
    guard release.readsCommandOperatorsInDirectResponses else { return }
    checkCommandOperators(at: oauth.appending("issuer"))
    for field in ["resourceName", "resourceDocumentation", "resourcePolicyUri"] {
      checkCommandOperators(at: metadata.appending(field))
    }
  }

  /// Costs that are computed by an expression.
  mutating func checkCosts(in path: Path) {
    for (index, cost) in (object[path]?.items ?? []).enumerated()
    where cost["type"]?.text == "CEL" {
      let place = path.appending(index).appending("cel")
      guard let expression = cost.given("cel") else {
        add(place, "type CEL needs an expression; write cel", component: .aiGateway)
        continue
      }
      guard let text = expression.text, let problem = CostExpression.problem(in: text) else {
        continue
      }
      add(place, "the cost expression is not valid: \(problem)", component: .aiGateway)
    }
  }

  /// The headers by which quotas distinguish clients, which nothing reads before Envoy does
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/quota_ratelimit.go).
  mutating func checkQuotas(in path: Path) {
    for (index, quota) in (object[path]?.items ?? []).enumerated() {
      for (number, rule) in (quota.given("quota")?.list("bucketRules") ?? []).enumerated() {
        for place in rule.list("clientSelectors").indices {
          checkMatchExpressions(
            in: path.appending(index).appending(
              .to("quota", "bucketRules", number, "clientSelectors", place, "headers")))
        }
      }
    }
  }

  /// The address of a forward proxy: AI Gateway splits it, and Envoy takes IP addresses only
  /// (envoyproxy/ai-gateway v1.1.0, internal/extensionserver/forward_proxy.go; envoyproxy/envoy v1.38.1,
  /// source/extensions/transport_sockets/http_11_proxy/config.cc).
  mutating func checkForwardProxy(at path: Path) {
    guard let address = object[path]?.text, !address.isEmpty, !Variable.isIn(address) else {
      return
    }
    guard let host = Self.host(of: address) else {
      add(
        path, "write host:port without a scheme, such as 10.0.0.9:3128", component: .extensionServer
      )
      return
    }
    if IPAddress.bytes(String(host.prefix { $0 != "%" })) == nil {
      add(
        path,
        "\(host) is not an IP address, and Envoy does not look up the names of proxies; write the "
          + "address, such as 10.0.0.9:3128", component: .envoy)
    }
  }

  /// The host of a text that Go's net.SplitHostPort takes, with a port that is one; nil for others.
  private static func host(of text: String) -> Substring? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard let last = parts.last, parts.count > 1,
      last.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let port = Int(last), 1...65535 ~= port
    else { return nil }
    let host = text.dropLast(last.count + 1)
    if host.hasPrefix("[") {
      return host.hasSuffix("]") && host.count > 2 ? host.dropFirst().dropLast() : nil
    }
    return parts.count == 2 && !host.isEmpty ? host : nil
  }

  /// Regular expressions for the tools of an MCP server.
  mutating func checkToolExpressions(in path: Path) {
    for (place, item) in (object[path]?.items ?? []).enumerated() {
      guard let problem = item.text?.problemAsExpression else { continue }
      add(path.appending(place), problem, component: .mcpProxy)
    }
  }
}
