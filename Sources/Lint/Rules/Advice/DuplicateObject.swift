import Resources
import Manifest

extension Rule {
  static let duplicateObject = Rule(
    "object.duplicate", .warning, "the same object twice",
    why: "The later document overwrites the earlier one.",
    bad: "two AIGatewayRoutes named chat in one namespace", good: "chat and code",
    reference: "domain.md 1.0",
    .bundle { bundle, report in
      for place in bundle.repeated {
        guard let identity = bundle.documents[place].identity else { continue }
        report.add(
          "\(identity.kind) \(identity.key.name) stands in an earlier document too, which this one "
            + "overwrites; use another name", at: .to("metadata", "name"), in: place)
      }
    })
}
