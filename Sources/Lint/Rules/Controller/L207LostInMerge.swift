import Resources
import Schemas
import YAML

extension Rule {
  static let lostInMerge = Rule(
    "L207", "lost-in-merge", .warning, .controller,
    "what one of two merged policies asks for, and the result does not do",
    why: "Envoy Gateway merges a policy of a route with that of the listener or Gateway without "
      + "looking at it as the API server does. A field that only one of the two may have is then "
      + "there twice, and one counts; lists such as jwt.providers are replaced whole; and "
      + "authorization without a defaultAction takes the other's away.",
    bad: "{mergeType: StrategicMerge, authorization: {rules: [{action: Deny, ...}]}}, on the "
      + "Gateway {authorization: {defaultAction: Allow}}",
    good: "{mergeType: StrategicMerge, authorization: {defaultAction: Allow, rules: [...]}}",
    reference: Citation.envoyGateway("internal/utils/merge.go"),
    .bundle { index, report in
      for (own, parent) in index.mergedPairs(.security) {
        let merged = index.spec(of: [own, parent])
        addLostDefault(own, parent, &report)
        addSecondService(own, parent, merged, &report)
        addSecondClient(own, parent, &report)
        addLostProviders(own, parent, merged, &report)
      }
      for (own, parent) in index.mergedPairs(.backend) {
        addSecondAbort(own, parent, &report)
        addLostLimit(own, parent, &report)
      }
    })

  private typealias Holder = PolicyAttachments.Holder

  private static func addLostDefault(_ own: Holder, _ parent: Holder, _ report: inout Report) {
    guard let authorization = own.policy.spec.given("authorization"),
      authorization.given("defaultAction") == nil,
      parent.policy.spec.given("authorization", "defaultAction")?.text == "Allow"
    else { return }
    report.add(
      "merging takes defaultAction: Allow of policy \(parent.policy.name) away, and what no rule "
        + "allows is denied; write defaultAction here",
      at: .to("spec", "authorization"), in: own.index)
  }

  /// By `failOpen` Envoy Gateway goes on without `extAuth`; otherwise the policy is refused.
  private static func addSecondService(
    _ own: Holder, _ parent: Holder, _ merged: Node, _ report: inout Report
  ) {
    guard let service = merged.given("extAuth"), service.given("failOpen")?.bool == true,
      service.given("grpc") != nil, service.given("http") != nil
    else { return }
    report.add(
      "with policy \(parent.policy.name) there are both grpc and http, which Envoy Gateway refuses, "
        + "and by failOpen every request passes without authorization; use the same one in both",
      at: .to("spec", "extAuth"), in: own.index)
  }

  private static func addSecondClient(_ own: Holder, _ parent: Holder, _ report: inout Report) {
    guard own.policy.spec.given("oidc", "clientIDRef") != nil,
      own.policy.spec.given("oidc", "clientID") == nil,
      parent.policy.spec.given("oidc", "clientID") != nil
    else { return }
    report.add(
      "clientID of policy \(parent.policy.name) is there as well and is the one that counts; write "
        + "clientID here", at: .to("spec", "oidc", "clientIDRef"), in: own.index)
  }

  /// Providers of the parent that its rules ask for and that those of the route's policy replace.
  private static func addLostProviders(
    _ own: Holder, _ parent: Holder, _ merged: Node, _ report: inout Report
  ) {
    func names(_ spec: Node) -> Set<String> {
      Set((spec.given("jwt")?.list("providers") ?? []).compactMap { $0["name"]?.text })
    }
    guard own.policy.spec.given("jwt", "providers") != nil else { return }
    let lost = names(parent.policy.spec).subtracting(names(merged))
    let rules = merged.given("authorization")?.list("rules") ?? []
    let asked = rules.lazy.compactMap { $0.given("principal", "jwt", "provider")?.text }
    guard let name = asked.first(where: lost.contains) else { return }
    report.add(
      "they replace those of policy \(parent.policy.name), and authorization asks for tokens of "
        + "\(name), so that its rule never holds; repeat \(name) here",
      at: .to("spec", "jwt", "providers"), in: own.index)
  }

  private static func addSecondAbort(_ own: Holder, _ parent: Holder, _ report: inout Report) {
    let path = Path.to("spec", "faultInjection", "abort", "httpStatus")
    guard own.policy.node[path] != nil,
      parent.policy.spec.given("faultInjection", "abort")?.given("grpcStatus") != nil
    else { return }
    report.add(
      "grpcStatus of policy \(parent.policy.name) is there as well and is the one that counts; "
        + "write grpcStatus here, or httpStatus there", at: path, in: own.index)
  }

  /// A local limit for all requests, which a list of limits for some requests takes away
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/backendtrafficpolicy.go, buildLocalRateLimit).
  private static func addLostLimit(_ own: Holder, _ parent: Holder, _ report: inout Report) {
    let limits = own.policy.traffic.rateLimits.filter(\.isLocal)
    guard !limits.isEmpty, !limits.contains(where: \.isOpen),
      parent.policy.traffic.rateLimits.contains(where: { $0.isLocal && $0.isOpen })
    else { return }
    report.add(
      "the limit for all requests of policy \(parent.policy.name) does not hold here, as no rule of "
        + "this one is for all; repeat it here",
      at: .to("spec", "rateLimit", "local", "rules"), in: own.index)
  }
}
