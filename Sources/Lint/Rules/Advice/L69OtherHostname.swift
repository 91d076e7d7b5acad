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
    reference: Citation.gatewayAPICRD("backendtlspolicies"),
    repair: .confirmed,
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      for (index, policy) in bundle.tlsPolicies {
        if policy.authorities.isEmpty, let names = policy.alternativeHosts {
          compare(names, of: policy, in: bundle, index, &report)
        }
        // A certificate of one's own authority has the names that one gives it.
        guard !policy.hasAlternativeNames, policy.authorities.isEmpty else { continue }
        guard let hostname = policy.hostname else { continue }
        for target in policy.backends {
          guard let hosts = bundle.backends[target]?.backend.hosts, let host = hosts.first,
            !hosts.contains(hostname), ProviderHost.isPublic(host), !host.contains("/")
          else { continue }
          let path = Path.to("spec", "validation", "hostname")
          let isAlone = policy.targets.count == 1
          let message =
            "Backend \(target.name) leads to \(host), not to \(hostname); use the Backend's host"
          if isAlone {
            report.add(
              message, at: path, in: index, caution: .guess, fix: "write hostname \(host)",
              .set(path, .string(host)))
          } else {
            report.add(message, at: path, in: index)
          }
          break
        }
      }
    })

  /// Alternative names stand in the place of the hostname. A certificate may well have one that is
  /// not the host's, but hardly a provider's of another domain.
  private static func compare(
    _ names: [String], of policy: BackendTLSPolicy, in bundle: ResourceIndex, _ document: Int,
    _ report: inout Report
  ) {
    for target in policy.backends {
      guard let host = bundle.backends[target]?.backend.hosts.first, ProviderHost.isPublic(host),
        names.allSatisfy({ $0.domain != host.domain })
      else { continue }
      report.add(
        "the certificate of \(host) must have one of these names; use the Backend's host",
        at: .to("spec", "validation", "subjectAltNames"), in: document)
      return
    }
  }
}

extension String {
  /// The last two parts of a host name.
  fileprivate var domain: String { split(separator: ".").suffix(2).joined(separator: ".") }
}
