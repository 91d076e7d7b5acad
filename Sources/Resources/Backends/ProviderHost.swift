/// What the name of a host says of who answers there.
package enum ProviderHost {
  /// The region of a host of AWS Bedrock, by which requests to it are signed; nil for other hosts
  /// (envoyproxy/ai-gateway v1.1.0, internal/internalapi/internalapi.go).
  package static func bedrockRegion(of host: String) -> String? {
    for suffix in [".vpce.amazonaws.com", ".amazonaws.com", ".api.aws"]
    where host.hasSuffix(suffix) {
      let labels = host.dropLast(suffix.utf8.count).split(separator: ".")
      guard labels.count > 1, let region = labels.last,
        ["bedrock-runtime", "bedrock-runtime-fips"].contains(labels[labels.count - 2])
      else { continue }
      return String(region)
    }
    return nil
  }

  /// The region of a host of Google Vertex AI, nil for other hosts.
  package static func vertexRegion(of host: String) -> String? {
    let suffix = "-aiplatform.googleapis.com"
    guard host.hasSuffix(suffix) else { return nil }
    let region = host.dropLast(suffix.utf8.count)
    return region.isEmpty || region.contains(".") ? nil : String(region)
  }

  /// The host of Google Vertex AI that stands for the region `global`.
  package static let globalVertex = "aiplatform.googleapis.com"

  /// The Service that a name of the cluster's own means: `vllm.ai.svc.cluster.local`.
  package static func service(of host: String) -> ObjectKey? {
    let labels = host.split(separator: ".", omittingEmptySubsequences: false)
    guard labels.count > 2, labels[2] == "svc" else { return nil }
    return ObjectKey(String(labels[1]), String(labels[0]))
  }

  /// Whether the name is one of the public internet, as far as it says.
  package static func isPublic(_ host: String) -> Bool {
    guard IPAddress.bytes(host) == nil, let last = host.split(separator: ".").last,
      last.utf8.count < host.utf8.count
    else { return false }
    return !["svc", "local", "internal", "lan", "corp", "home", "arpa", "localhost", "test"]
      .contains(last)
  }
}

extension String {
  /// The text without a character at its ends.
  package func trimmed(_ character: Character) -> String {
    var rest = self[...]
    while rest.first == character { rest = rest.dropFirst() }
    while rest.last == character { rest = rest.dropLast() }
    return String(rest)
  }
}
