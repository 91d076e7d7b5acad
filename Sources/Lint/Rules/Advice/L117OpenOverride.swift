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
    reference: Upstream.aiGateway("api/v1beta1/backendsecurity_policy.go"),
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
        guard let source = override.given("fromRequestHeaders"), let type = policy.type else {
          continue
        }
        let header = source.given("header")?.text ?? usualHeaders[type] ?? ""
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

  /// The header that each type reads (internal/controller/gateway.go, defaultOverrideHeaderName).
  private static let usualHeaders = [
    "APIKey": "x-aigw-api-key", "AnthropicAPIKey": "x-aigw-anthropic-api-key",
    "AzureAPIKey": "x-aigw-azure-api-key", "AzureCredentials": "x-aigw-azure-access-token",
    "GCPCredentials": "x-aigw-gcp-access-token", "AWSCredentials": "x-aigw-aws-",
  ]
}

extension ResourceIndex {
  /// Whether some policy here may write a header of requests, or all that begin like it.
  fileprivate func writes(header: String) -> Bool {
    if !policies(.extensions).all.isEmpty { return true }
    let isMeant = { (node: Node) in
      (node.text ?? node["header"]?.text ?? node["name"]?.text ?? "").lowercased()
        .hasPrefix(header)
    }
    let isAsked = securityPolicies.all.contains { holder in
      let spec = holder.policy.spec
      return spec.given("extAuth", "grpc") != nil
        || (spec.given("extAuth", "http")?.list("headersToBackend") ?? []).contains(where: isMeant)
        || (spec.given("jwt")?.list("providers") ?? []).contains {
          $0.list("claimToHeaders").contains(where: isMeant)
        }
    }
    return isAsked
      || clientPolicies.all.contains { holder in
        let changes = holder.policy.spec.given("headers", "earlyRequestHeaders")
        return ["set", "remove"].contains { changes?.list($0).contains(where: isMeant) ?? false }
      }
  }
}
