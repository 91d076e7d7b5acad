import Resources
import Manifest

extension Rule {
  static let duplicateObject = Rule(
    "object.duplicate", .warning, "the same object twice",
    why: "The later document overwrites the earlier one.",
    bad: "two AIGatewayRoutes named chat in one namespace", good: "chat and code",
    reference: "domain.md 1.0",
    .bundle { bundle, report in
      guard bundle.documents.count > 1 else { return }
      var seen = Set<Document.Identity>(minimumCapacity: bundle.documents.count)
      for document in bundle.documents {
        guard let identity = document.identity, !seen.insert(identity).inserted else { continue }
        report.add(
          "\(identity.kind) \(document.name) stands in an earlier document too, which this one overwrites; "
            + "use another name", at: .to("metadata", "name"), in: document.index)
      }
    })
}
