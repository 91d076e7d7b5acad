import Resources
import Schemas
import YAML

extension Rule {
  static let otherBedrockRegion = Rule(
    "L91", "other-bedrock-region", .warning,
    "AWS credentials for another region than the Bedrock host's",
    why: "Up to AI Gateway 1.0 requests are signed for bedrock-runtime.REGION.amazonaws.com with "
      + "the policy's region, and AWS answers 403 if they go elsewhere. 1.1 signs for the host's "
      + "own region, but for the policy's at hosts in China; the policy's region is where tokens "
      + "are exchanged.",
    bad: "awsCredentials: {region: us-east-1}, Backend bedrock-runtime.eu-west-1.amazonaws.com",
    good: "awsCredentials: {region: eu-west-1}, Backend bedrock-runtime.eu-west-1.amazonaws.com",
    reference: Citation.aiGateway("internal/backendauth/aws.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard !bundle.backends.isEmpty else { return }
      for (index, policy) in bundle.credentials where policy.type == "AWSCredentials" {
        guard let region = policy.region else { continue }
        let signed = "bedrock-runtime.\(region.name).amazonaws.com"
        let places = bundle.hosts(of: policy).compactMap { place in
          ProviderHost.writtenBedrockRegion(of: place.host).map { (place: place, region: $0) }
        }
        let isOld = bundle.release < .v1_1
        for (place, other) in places
        where (other != region.name || isOld && place.host != signed)
          // L90 reports a host whose region does not exist.
          && ProviderHost.isAWSRegion(other)
        {
          let isAlone = Set(places.map(\.region)).count == 1
          let isUnknown = ProviderHost.bedrockRegion(of: place.host) == nil
          let effect =
            isUnknown && !isOld
            ? "requests there are signed for the policy's region, and AWS answers 403"
            : isOld
              ? "AI Gateway \(bundle.release.rawValue) signs for \(signed), and AWS answers 403"
              : "1.1 signs for the host's region, but releases before it for the policy's, which AWS "
                + "answers with 403"
          let remedy = isAlone ? "write \(other)" : "give it a policy of its own"
          report.add(
            "Backend \(place.backend.key.name) leads to \(place.host), the policy is for "
              + "\(region.name): \(effect); "
              + (other == region.name ? "use a Backend for \(signed)" : remedy),
            at: isAlone ? region.path : place.path, in: index,
            severity: isOld || isUnknown ? .error : .warning)
          guard isAlone, other != region.name else { continue }
          report.attach(
            Fix(
              "write region \(other)", [.set(document: index, region.path, .string(other))],
              // Of two regions that there are either may be meant.
              caution: ProviderHost.isAWSRegion(region.name)
                ? .guess : .writing(other, for: region.name)))
          break
        }
      }
    })
}
