import Resources
import Schemas
import YAML

extension Rule {
  static let unansweredProbes = Rule(
    "L178", "unanswered-probes", .warning, "a health check behind AI Gateway",
    why:
      "Where AI Gateway stands before all filters, as with a responseOverride, it reads what asks "
      + "for the health of the proxy as well, and answers 404: a load balancer takes the proxies out. "
      + "With a requestBuffer AI Gateway comes behind the health check.",
    bad: "{healthCheck: {path: /healthz}} beside {responseOverride: [...]}",
    good: "the same with requestBuffer: {limit: 50Mi}",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { bundle, report in
      let checked = bundle.clientPolicies.attachments.filter {
        $0.holder.policy.healthCheckPath != nil
      }
      guard !checked.isEmpty, !bundle.routes.isEmpty else { return }
      let early = bundle.earlyReadings.filter { $0.value.takesProbes }
      let served = Set(bundle.routes.flatMap { bundle.ports(of: $0.route.attachment) })
      var seen: Set<Int> = []
      for attachment in checked {
        let reading = bundle.ports(of: attachment.target).sorted()
          .lazy.filter(served.contains).compactMap { early[$0] }.first
        guard let reading, seen.insert(attachment.holder.index).inserted else { continue }
        report.add(
          "by \(reading.title) AI Gateway reads probes before the health check does, and answers 404; "
            + reading.advice(for: bundle.release), at: .to("spec", "healthCheck", "path"),
          in: attachment.holder.index)
      }
    })
}

extension EarlyReading {
  /// How to have AI Gateway behind other filters again.
  func advice(for release: Release) -> String {
    if isOrdered { return "leave that order out" }
    return release >= .v1_0
      ? "set requestBuffer in a BackendTrafficPolicy of the Gateway"
      : "from AI Gateway 1.0 on a requestBuffer keeps it behind"
  }
}
