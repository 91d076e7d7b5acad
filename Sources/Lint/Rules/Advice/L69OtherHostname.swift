import Resources
import Schemas
import YAML

extension Rule {
  static let otherHostname = Rule(
    "L69", "other-hostname", .warning,
    "a BackendTLSPolicy with another hostname than the Backend's",
    why: "The certificate is checked against the policy's hostname, which is also sent as the "
      + "server name (SNI). A provider has no certificate for other hosts.",
    bad: "Backend api.openai.com, BackendTLSPolicy {validation: {hostname: api.anthropic.com}}",
    good: "Backend api.openai.com, BackendTLSPolicy {validation: {hostname: api.openai.com}}",
    reference: Upstream.gatewayAPICRD("backendtlspolicies"),
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      for (index, policy) in bundle.tlsPolicies where !policy.hasAlternativeNames {
        guard let hostname = policy.hostname else { continue }
        for target in policy.backends {
          guard let hosts = bundle.backends[target]?.backend.hosts, let host = hosts.first,
            !hosts.contains(hostname)
          else { continue }
          let path = Path.to("spec", "validation", "hostname")
          let isAlone = policy.targets.count == 1
          let message =
            "Backend \(target.name) leads to \(host), not to \(hostname); use the Backend's host"
          if isAlone {
            report.add(
              message, at: path, in: index, fix: "write hostname \(host)",
              .set(path, .string(host)))
          } else {
            report.add(message, at: path, in: index)
          }
          break
        }
      }
    })
}
