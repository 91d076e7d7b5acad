package import YAML

/// Where AI Gateway looks for the credential of each request, in place of a configured one
/// (envoyproxy/ai-gateway v1.1.0, internal/controller/gateway.go,
/// internal/backendauth/credential_override.go).
package struct CredentialOverride: Sendable {
  /// The headers that all have to be there, in lower case; empty for metadata, of which AI Gateway
  /// 1.1 gets none.
  package let headers: [String]
  /// The headers that AI Gateway takes out of the requests.
  package let inputs: [String]
  /// Whether the configured credential stands in.
  package let fallsBack: Bool

  /// Nil where the policy asks for none.
  package init?(_ policy: BackendSecurityPolicy) {
    let override = policy.spec.given("credentialOverride")
    let source = override?.given("fromRequestHeaders")
    guard let node = source ?? override?.given("fromDynamicMetadata") else { return nil }
    fallsBack = node.given("fallbackToConfigured")?.bool ?? true
    let name = source.flatMap { CredentialOverride.header(of: $0, for: policy)?.lowercased() }
    let isAWS = policy.type == "AWSCredentials"
    let parts = isAWS ? ["access-key-id", "secret-access-key"] : [""]
    headers = name.map { name in parts.map { name + $0 } } ?? []
    inputs = headers + (name.map { isAWS ? [$0 + "session-token"] : [] } ?? [])
  }

  /// The header that `fromRequestHeaders` reads, or what the names of all begin with for AWS.
  package static func header(of source: Node, for policy: BackendSecurityPolicy) -> String? {
    source.given("header")?.text ?? policy.type.flatMap { usualHeaders[$0] }
  }

  private static let usualHeaders = [
    "APIKey": "x-aigw-api-key", "AnthropicAPIKey": "x-aigw-anthropic-api-key",
    "AzureAPIKey": "x-aigw-azure-api-key", "AzureCredentials": "x-aigw-azure-access-token",
    "GCPCredentials": "x-aigw-gcp-access-token", "AWSCredentials": "x-aigw-aws-",
  ]
}
