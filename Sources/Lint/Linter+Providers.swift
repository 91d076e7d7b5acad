package import Resources
import Schemas

extension Linter {
  /// Why providers are likely to answer requests with an error that the gateway passes on to them, by
  /// the document that is the reason. Costs as much as all findings of the documents.
  package static func providerFindings(in index: ResourceIndex) -> [Int: [Finding]] {
    var linter = Linter(target: index.release, remembers: false, isWhole: index.isWhole)
    let found = linter.findings(in: index).filter {
      $0.severity < .info && providerRules.contains($0.rule)
    }
    return Dictionary(grouping: found, by: \.document)
  }

  /// The rules of what is sent to a provider and of the connection to it, but for those whose effect
  /// the gateway itself answers with.
  private static let providerRules = Set(
    [
      .plainTextToTLS, .otherHostname, .tlsToPlainText, .oneNameForHosts, .twoTLSPolicies,
      .tlsSection, .invalidCACertificates,
      .ignoredVersion, .ignoredPrefix, .missingVersion, .prefixOfEndpoint, .otherPrefix,
      .foreignModel, .placeholderHost, .hostWithoutRegion, .otherBedrockRegion, .otherVertexRegion,
      .unfitHost, .credentialsOfOtherKind, .placeholderCredential, .malformedAPIKey, .awsProfile,
      .unfitOIDCExchange,
      .noProxyIdentity, .credentialOverride,
    ].map { (rule: Rule) in rule.id })
}
