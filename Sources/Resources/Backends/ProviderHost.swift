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

  /// The region that a host of AWS Bedrock is written for, also in China, whose hosts no request is
  /// signed by.
  package static func writtenBedrockRegion(of host: String) -> String? {
    bedrockRegion(of: host)
      ?? (host.hasSuffix(".amazonaws.com.cn") ? bedrockRegion(of: String(host.dropLast(3))) : nil)
  }

  /// The service of AWS that a host is of where that is one of Bedrock's: `bedrock-runtime`,
  /// `bedrock-agent`.
  package static func bedrockService(of host: String) -> String? {
    let labels = host.split(separator: ".")
    guard ["amazonaws.com", "api.aws", "amazonaws.com.cn"].contains(where: host.hasSuffix) else {
      return nil
    }
    return labels.first { $0 == "bedrock" || $0.hasPrefix("bedrock-") }.map(String.init)
  }

  /// The region of a host of Google Vertex AI, nil for other hosts
  /// (docs.cloud.google.com/vertex-ai/generative-ai/docs/learn/locations).
  package static func vertexRegion(of host: String) -> String? {
    let labels = host.split(separator: ".")
    if labels.count == 5, labels[0] == "aiplatform",
      labels[2...] == ["rep", "googleapis", "com"]
    {
      return String(labels[1])
    }
    let suffix = "-aiplatform.googleapis.com"
    guard host.hasSuffix(suffix) else { return nil }
    let region = host.dropLast(suffix.utf8.count)
    return region.isEmpty || region.contains(".") ? nil : String(region)
  }

  /// Whether a text is a region that Vertex AI may have, one of many or `global`.
  package static func isVertexRegion(_ text: String) -> Bool {
    isGoogleRegion(text) || vertexMultiRegions.contains(text) || text == "global"
  }

  /// Whether a text has the form of a region of AWS: `eu-west-1`, `us-gov-east-1`
  /// (docs.aws.amazon.com/global-infrastructure/latest/regions).
  package static func isAWSRegion(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 2, let number = Int(parts[parts.count - 1]), (1...9).contains(number) else {
      return false
    }
    let areas = [
      "af", "ap", "ca", "cn", "eu", "il", "me", "mx", "sa", "us", "us-gov", "us-iso", "us-isob",
      "us-isof", "eu-isoe", "eusc-de",
    ]
    return areas.contains(parts.dropLast(2).joined(separator: "-"))
      && directions.contains(parts[parts.count - 2])
  }

  /// Whether a text has the form of a region of Google Cloud: `us-central1`, `europe-west12`
  /// (docs.cloud.google.com/compute/docs/regions-zones).
  private static func isGoogleRegion(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let areas = [
      "africa", "asia", "australia", "europe", "me", "northamerica", "southamerica", "us",
    ]
    guard parts.count == 2, areas.contains(String(parts[0])) else { return false }
    let direction = parts[1].prefix { !$0.isNumber }
    return directions.contains(String(direction)) && Int(parts[1].dropFirst(direction.count)) != nil
  }

  private static let directions: Set = [
    "central", "east", "north", "northeast", "northwest", "south", "southeast", "southwest", "west",
  ]

  /// The host of Google Vertex AI that stands for the region `global`.
  package static let globalVertex = "aiplatform.googleapis.com"

  /// The regions of Vertex AI that stand for many, whose hosts are written differently.
  package static let vertexMultiRegions: Set<String> = ["eu", "us"]

  /// The host of Google Vertex AI that serves a region.
  package static func vertex(for region: String) -> String {
    if region == "global" { return globalVertex }
    return vertexMultiRegions.contains(region)
      ? "aiplatform.\(region).rep.googleapis.com" : "\(region)-aiplatform.googleapis.com"
  }

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
