import Resources
import Schemas
import YAML

extension Rule {
  static let unheededSetting = Rule(
    "L205", "unheeded-setting", .warning, .controller,
    "settings that Envoy Gateway does not heed before a later release",
    why: "Envoy Gateway 1.8.1 accepts some settings and goes on as if they were left out: "
      + "xRateLimitHeaders Off, a routingType of a policy in another namespace, an empty alpnProtocols "
      + "beside an EnvoyProxy that has some, and backendRequest beside a retry without backoff.",
    bad: "HTTPRoute {timeouts: {request: 60s, backendRequest: 5s}, retry: {attempts: 3}}",
    good: "HTTPRoute {timeouts: {request: 60s, backendRequest: 5s}, retry: {attempts: 3, "
      + "backoff: 25ms}}",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"), repair: .automatic,
    .bundle { index, report in
      addLimitHeaders(in: index, &report)
      addRoutingTypes(in: index, &report)
      addEmptyProtocols(in: index, &report)
      addTimeouts(in: index, &report)
    })

  /// Headers about limits that a rule turns off: envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/ratelimit.go, local_ratelimit.go.
  private static func addLimitHeaders(in index: ResourceIndex, _ report: inout Report) {
    let areOff = index.clientPolicies.all.contains {
      $0.policy.spec.given("headers", "disableRateLimitHeaders")?.bool == true
    }
    guard !areOff else { return }
    for holder in index.backendPolicies.all {
      for type in ["global", "local"] {
        let rules = holder.policy.spec.given("rateLimit", type)?.list("rules") ?? []
        for (number, rule) in rules.enumerated()
        where rule.given("xRateLimitHeaders")?.text == "Off" {
          report.add(
            "Envoy Gateway before 1.8.2 sends the headers all the same; write "
              + "headers.disableRateLimitHeaders: true in a ClientTrafficPolicy",
            at: .to("spec", "rateLimit", type, "rules", number, "xRateLimitHeaders"),
            in: holder.index)
        }
      }
    }
  }

  /// envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtrafficpolicy.go, BuildBTPRoutingTypeIndex.
  private static func addRoutingTypes(in index: ResourceIndex, _ report: inout Report) {
    for attachment in index.backendPolicies.attachments {
      let policy = attachment.holder.policy
      guard policy.spec.given("routingType") != nil,
        attachment.target.object.namespace != policy.namespace
      else { continue }
      report.add(
        "Envoy Gateway before 1.9 does not look at it for \(attachment.target.kind) "
          + "\(attachment.target.object), which is in another namespace; write a policy in "
          + attachment.target.object.namespace,
        at: .to("spec", "routingType"), in: attachment.holder.index)
    }
  }

  /// envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtlspolicy.go, mergeClientTLSConfigs.
  private static func addEmptyProtocols(in index: ResourceIndex, _ report: inout Report) {
    func protocols(_ node: Node, _ path: Path) -> [Node]? { node[path]?.items }
    let usual = Path.to("spec", "backendTLS", "alpnProtocols")
    guard
      let proxy = index.proxySetup.orderedProxies.first(where: {
        protocols($0.node, usual)?.isEmpty == false
      })
    else { return }
    let own = Path.to("spec", "tls", "alpnProtocols")
    for (place, _) in index.backends.values
    where protocols(index.documents[place].node, own)?.isEmpty == true {
      report.add(
        "Envoy Gateway before 1.8.2 takes an empty list for none, and the protocols of EnvoyProxy "
          + "\(proxy.key.name) hold; write those of this Backend", at: own, in: place)
    }
  }

  /// envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go, processHTTPRouteRules.
  private static func addTimeouts(in index: ResourceIndex, _ report: inout Report) {
    for (document, route) in index.plainHTTPRoutes {
      for (number, rule) in (route.node["spec"]?.list("rules") ?? []).enumerated() {
        guard let retry = rule.given("retry"), retry.given("backoff") == nil,
          rule.given("timeouts", "backendRequest") != nil
        else { continue }
        report.add(
          "Envoy Gateway before 1.8.2 does not limit tries beside a retry without backoff; write "
            + "retry.backoff, such as 25ms",
          at: .to("spec", "rules", number, "timeouts", "backendRequest"), in: document,
          fix: "write retry.backoff: 25ms",
          .set(.to("spec", "rules", number, "retry", "backoff"), .string("25ms")))
      }
    }
  }
}
