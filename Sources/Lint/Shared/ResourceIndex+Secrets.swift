import Resources

/// What reads keys from Secrets to show them to backends.
struct SecretReader {
  let index: Int
  let namespace: String
  let secrets: [BackendSecurityPolicy.SecretUse]
  /// What is read, and what comes of it where that is not possible.
  let what: String
  let effect: String
}

extension ResourceIndex {
  /// The Secrets that stand among the documents, or are made of some of them.
  var knownSecrets: ObjectPresence {
    ObjectPresence(of: stored("Secret") + generatedSecrets)
  }

  /// BackendSecurityPolicies, and MCPRoutes with keys for their servers.
  var secretReaders: [SecretReader] {
    credentials.map { index, policy in
      SecretReader(
        index: index, namespace: policy.key.namespace, secrets: policy.secrets,
        what: policy.type ?? "the policy", effect: "requests get 500")
    }
      + mcpRoutes.map { route in
        SecretReader(
          index: route.index, namespace: route.key.namespace, secrets: route.secrets,
          what: "the key of an MCP server", effect: "the route is not accepted")
      }
  }
}
