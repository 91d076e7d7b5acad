import Resources
import Schemas
import YAML

extension Rule {
  static let overrideBeforeAuthentication = Rule(
    "L173", "override-before-authentication", .warning,
    "AI Gateway before authentication on a Gateway with AI routes",
    why: "Envoy Gateway puts the filter of responseOverride first, and AI Gateway puts its own "
      + "before that. Then AI Gateway reads bodies of anybody, and lists the models to anybody, "
      + "before the SecurityPolicy is asked. OAuth of an MCPRoute comes with such an override. With "
      + "a requestBuffer AI Gateway comes behind authentication. filterOrder of an EnvoyProxy may do the "
      + "same with filters before which AI Gateway puts its own, such as those of rate limits.",
    bad: "{responseOverride: [...]} beside a SecurityPolicy {apiKeyAuth: ...}",
    good: "the same with requestBuffer: {limit: 50Mi}",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { bundle, report in
      let guards = bundle.securityPolicies.attachments.filter {
        !$0.holder.policy.authentication.isEmpty
      }
      guard !guards.isEmpty, !bundle.routes.isEmpty else { return }
      let guarded = Set(guards.flatMap { bundle.ports(of: $0.target) })
      let served = Set(bundle.routes.flatMap { bundle.ports(of: $0.route.attachment) })
      let early = bundle.earlyReadings.filter {
        guarded.contains($0.key) && served.contains($0.key)
      }
      var seen: Set<String> = []
      for (port, early) in early.sorted(by: { $0.key < $1.key })
      where seen.insert("\(early.title) \(port.gateway)").inserted {
        report.add(
          "by \(early.title) AI Gateway reads requests to Gateway \(port.gateway.name) before "
            + "clients are authenticated, and lists the models to anybody; \(early.advice(for: bundle.release))",
          at: early.path, in: early.document)
      }
    })
}
