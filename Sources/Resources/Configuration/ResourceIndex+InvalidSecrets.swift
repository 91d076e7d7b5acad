import Schemas
import YAML

extension ResourceIndex {
  /// What a policy reads from Secrets that AI Gateway's sidecar does not take: it makes all of its
  /// configuration anew or none (envoyproxy/ai-gateway v1.1.0, internal/filterapi/runtime.go,
  /// internal/backendauth).
  package func invalidSettings(of policy: BackendSecurityPolicy)
    -> [(document: Int, setting: InvalidSetting)]
  {
    policy.secrets.compactMap { use in
      guard let stored = stored("Secret", use.secret), let entry = stored.entry(use.key),
        let advice = entry.value.flatMap({ policy.advice(on: $0, from: use) })
      else { return nil }
      return (stored.index, entry.invalid(for: .sidecar, advice))
    }
  }

  /// What an MCPRoute reads from Secrets that makes an address invalid
  /// (internal/controller/mcp_route.go; envoyproxy/go-control-plane,
  /// envoy/type/matcher/v3/regex.pb.validate.go).
  package func invalidSettings(of route: MCPRoute) -> [(document: Int, setting: InvalidSetting)] {
    route.secrets.compactMap { use in
      guard route.node[use.path.parent]?.given("queryParam") != nil,
        let stored = stored("Secret", use.secret), let entry = stored.entry(use.key),
        entry.value?.contains(where: \.isNewline) == true
      else { return nil }
      return (stored.index, entry.invalid(for: .envoyGateway, "write the key without line ends"))
    }
  }
}

extension BackendSecurityPolicy {
  fileprivate func advice(on value: String, from use: SecretUse) -> String? {
    switch (type, use.path) {
    case ("AzureAPIKey", .to("spec", "azureAPIKey", "secretRef")) where value.isEmpty:
      return "the key is empty; write one"
    case ("AWSCredentials", _) where use.key == "credentials":
      guard case .half(let half, let missing) = AWSCredentialsFile(value).problem else {
        return nil
      }
      return "[default] has \(half) and no \(missing); write both"
    case _: return nil
    }
  }
}

extension StoredData.Entry {
  fileprivate func invalid(for component: InvalidSetting.Component, _ advice: String)
    -> InvalidSetting
  {
    InvalidSetting(path: .to(block, key), component: component, advice: advice, replacement: nil)
  }
}
