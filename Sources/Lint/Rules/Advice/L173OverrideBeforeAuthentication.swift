import Resources
import Schemas
import YAML

extension Rule {
  static let overrideBeforeAuthentication = Rule(
    "L173", "override-before-authentication", .warning,
    "a responseOverride beside authentication on a Gateway with AI routes",
    why: "Envoy Gateway puts the filter of responseOverride first, and AI Gateway puts its own "
      + "before that. Then AI Gateway reads bodies of anybody, and lists the models to anybody, "
      + "before the SecurityPolicy is asked. OAuth of an MCPRoute comes with such an override. With "
      + "a requestBuffer AI Gateway comes behind authentication.",
    bad: "{responseOverride: [...]} beside a SecurityPolicy {apiKeyAuth: ...}",
    good: "the same with requestBuffer: {limit: 50Mi}",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { bundle, report in
      let guards = bundle.securityPolicies.attachments.filter {
        !$0.holder.policy.authentication.isEmpty
      }
      guard !guards.isEmpty else { return }
      var gateways: Set<ObjectKey> = []
      for (_, route) in bundle.routes {
        gateways.formUnion(bundle.places(of: route.attachment).map(\.gateway))
      }
      for gateway in gateways.sorted() {
        guard let early = bundle.earlyReading(at: gateway),
          guards.contains(where: { bundle.isAt(gateway, $0.target) })
        else { continue }
        report.add(
          "by \(early.title) AI Gateway reads requests to Gateway \(gateway.name) before clients are "
            + "authenticated, and lists the models to anybody; set requestBuffer in a "
            + "BackendTrafficPolicy of the Gateway", at: early.path, in: early.document)
      }
    })
}

extension ResourceIndex {
  /// Whether a policy on a target holds for requests to a Gateway.
  fileprivate func isAt(_ gateway: ObjectKey, _ target: PolicyTarget) -> Bool {
    if target.kind == GroupKind.gateway.kind { return target.object == gateway }
    let attachment =
      route(target.object)?.route.attachment ?? httpRoute(target.object)?.route.attachment
    return attachment.map { places(of: $0).contains { $0.gateway == gateway } } ?? false
  }
}
