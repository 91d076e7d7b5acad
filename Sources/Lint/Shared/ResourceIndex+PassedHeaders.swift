import Resources
import YAML

extension ResourceIndex {
  /// Whether a header of clients, in lower case, reaches the provider behind an AIServiceBackend, as
  /// far as is known.
  func passes(header: String, to key: ObjectKey) -> Bool {
    guard let service = service(key), !service.node["spec"].changes(header: header) else {
      return false
    }
    guard let policy = credentials(of: .aiServiceBackend, key).first else {
      // Its credentials may stand in another file, unless others of the namespace stand here.
      return credentials.contains { $0.credentials.key.namespace == key.namespace }
    }
    if CredentialOverride(policy)?.headers.contains(header) == true { return false }
    return policy.header.map { $0 != header } ?? false
  }
}

extension Node? {
  /// Whether `headerMutation` of an AIServiceBackend or a backendRef takes a header out of requests, or
  /// writes it anew.
  func changes(header: String) -> Bool {
    let mutation = self?.given("headerMutation")
    return (mutation?.list("remove") ?? []).contains { $0.text?.lowercased() == header }
      || (mutation?.list("set") ?? []).contains { $0["name"]?.text?.lowercased() == header }
  }
}

extension BackendSecurityPolicy {
  /// The header that it sets for the provider (internal/backendauth).
  fileprivate var header: String? {
    switch type {
    case "APIKey", "AWSCredentials", "AzureCredentials", "GCPCredentials": "authorization"
    case "AzureAPIKey": "api-key"
    case "AnthropicAPIKey": "x-api-key"
    case _: nil
    }
  }
}
