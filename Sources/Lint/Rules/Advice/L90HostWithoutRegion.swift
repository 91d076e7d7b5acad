import Resources
import Schemas
import YAML

extension Rule {
  static let hostWithoutRegion = Rule(
    "L90", "host-without-region", .error, "a Bedrock or Vertex AI host that no region has",
    why: "Bedrock has no host without a region, and bedrock.REGION.amazonaws.com is for managing "
      + "models, not for inference: requests get 503 or 404. aiplatform.googleapis.com is Vertex "
      + "AI's host for the region global, and those of eu and us are "
      + "aiplatform.REGION.rep.googleapis.com.",
    bad: "fqdn: {hostname: bedrock-runtime.amazonaws.com, port: 443}",
    good: "fqdn: {hostname: bedrock-runtime.us-east-1.amazonaws.com, port: 443}",
    reference: Citation.aiGateway("internal/internalapi/internalapi.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for (index, backend) in bundle.knownBackends {
        for endpoint in backend.endpoints {
          guard case .host(let host) = endpoint.address, let other = OtherHost(host) else {
            continue
          }
          let path = endpoint.path.parent.appending("hostname")
          report.add("\(host) \(other.problem); write \(other.host)", at: path, in: index)
          guard other.isCertain else { continue }
          report.attach(
            Fix("write \(other.host)", [.set(document: index, path, .string(other.host))]))
        }
      }
      for (index, policy) in bundle.credentials where policy.type == "GCPCredentials" {
        guard let region = policy.region, region.name != "global",
          let place = bundle.hosts(of: policy).first(where: { $0.host == ProviderHost.globalVertex }
          )
        else { continue }
        report.add(
          "Backend \(place.backend.key.name) leads to \(place.host), which is for region global; "
            + "use \(ProviderHost.vertex(for: region.name)), or region global", at: region.path,
          in: index,
          severity: .warning)
      }
    })
}

/// A host of AWS or Google that is none for requests.
private struct OtherHost {
  let problem: String
  /// The host that is meant, and whether that is certain.
  let host: String
  let isCertain: Bool

  init?(_ host: String) {
    if let region = ProviderHost.vertexRegion(of: host), host.hasPrefix("\(region)-"),
      ProviderHost.vertexMultiRegions.contains(region) || region == "global"
    {
      problem = "does not exist"
      self.host = ProviderHost.vertex(for: region)
      isCertain = true
      return
    }
    if Variable.isIn(host) { return nil }
    if let region = ProviderHost.vertexRegion(of: host),
      !ProviderHost.isVertexRegion(region)
    {
      problem = "names \(region), which is no region of Google Cloud"
      self.host = ProviderHost.vertex(for: "REGION")
      isCertain = false
      return
    }
    if let region = ProviderHost.writtenBedrockRegion(of: host), !ProviderHost.isAWSRegion(region) {
      problem = "names \(region), which is no region of AWS"
      self.host = "bedrock-runtime.REGION.amazonaws.com"
      isCertain = false
      return
    }
    let labels = host.split(separator: ".")
    guard labels.suffix(2) == ["amazonaws", "com"], let first = labels.first else { return nil }
    switch (first, labels.count) {
    case ("bedrock-runtime", 3), ("bedrock", 3):
      problem = "has no region"
      self.host = "bedrock-runtime.REGION.amazonaws.com"
      isCertain = false
    case ("bedrock", 4):
      problem = "is where models are managed, not asked"
      self.host = "bedrock-runtime." + labels.dropFirst().joined(separator: ".")
      isCertain = true
    case _: return nil
    }
  }
}
