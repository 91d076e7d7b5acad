import Resources
import Schemas
import YAML

extension Rule {
  static let openOverride = Rule(
    "L117.source", "open-override", .warning,
    "a credential override that any client, or no client, can supply",
    why: "The header with the credential is accepted from any client unless an earlier filter "
      + "overwrites it. Metadata of other filters never reaches AI Gateway's filter in 1.1, which "
      + "requests none from Envoy.",
    bad: "credentialOverride: {fromRequestHeaders: {}} alone",
    good: "the same and a SecurityPolicy {extAuth: {http: {headersToBackend: [x-aigw-api-key]}}}",
    reference: Citation.aiGateway("api/v1beta1/backendsecurity_policy.go"),
    .bundle { bundle, report in
      lazy var gatewaysOfServices = bundle.gatewaysOfServices
      for (index, policy) in bundle.credentials {
        guard let override = policy.spec.given("credentialOverride") else { continue }
        let path = Path.to("spec", "credentialOverride")
        if override.given("fromDynamicMetadata") != nil {
          report.add(
            "AI Gateway 1.1 gets no metadata of other filters: every request takes the configured "
              + "credential, or 401; use fromRequestHeaders",
            at: path.appending("fromDynamicMetadata"), in: index)
        }
        guard let source = override.given("fromRequestHeaders"), policy.type != nil else {
          continue
        }
        let header = CredentialOverride.header(of: source, for: policy) ?? ""
        guard !bundle.writes(header: header.lowercased()) else { continue }
        let isNear = gatewaysOfServices.contains { service, gateways in
          policy.targets.contains { $0.object == service }
            && gateways.contains { bundle.gateways[$0] != nil }
        }
        report.add(
          "no policy here overwrites header \(header), so that any client can send a credential of "
            + "its own; let a SecurityPolicy's extAuth write it",
          at: path.appending("fromRequestHeaders"), in: index,
          severity: isNear ? .warning : .info)
      }
    })
}
