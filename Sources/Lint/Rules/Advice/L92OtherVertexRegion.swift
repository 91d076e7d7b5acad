import Resources
import Schemas
import YAML

extension Rule {
  static let otherVertexRegion = Rule(
    "L92", "other-vertex-region", .error,
    "GCP credentials for another region than the Vertex AI host's",
    why: "The policy's region becomes part of the path of every request. A host of another region "
      + "answers 404 or 400, so one policy can serve backends of one region only.",
    bad: "gcpCredentials: {region: us-central1}, Backend us-east5-aiplatform.googleapis.com",
    good: "gcpCredentials: {region: us-east5}, Backend us-east5-aiplatform.googleapis.com",
    reference: Citation.aiGateway("internal/backendauth/gcp.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      for (index, policy) in bundle.credentials where policy.type == "GCPCredentials" {
        guard let region = policy.region else { continue }
        let places = bundle.hosts(of: policy).compactMap { place in
          ProviderHost.vertexRegion(of: place.host).map { (place: place, region: $0) }
        }
        let isAlone = Set(places.map(\.region)).count == 1
        for (place, other) in places
        // There is no such host of global, which L90 tells.
        where other != region.name && other != "global"
          && ProviderHost.isVertexRegion(other)
        {
          report.add(
            "Backend \(place.backend.key.name) is in region \(other), and the policy puts "
              + "\(region.name) into the path: requests get 404; "
              + (isAlone ? "write \(other)" : "give it a policy with region \(other)"),
            at: isAlone ? region.path : place.path, in: index,
            // Whether a host for many regions takes one of them is not written down.
            severity: ProviderHost.vertexMultiRegions.contains(other) ? .warning : .error)
          guard isAlone else { continue }
          report.attach(
            Fix(
              "write region \(other)", [.set(document: index, region.path, .string(other))],
              // Of two regions that there are either may be meant.
              caution: ProviderHost.isVertexRegion(region.name)
                ? .guess : .writing(other, for: region.name)))
          break
        }
      }
    })
}
