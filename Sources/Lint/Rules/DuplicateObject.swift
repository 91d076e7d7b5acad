import Manifest

extension Rule {
  static let duplicateObject = Rule(
    "object.duplicate", .warning, "the same object twice",
    why: "The later document overwrites the earlier one.",
    bad: "two AIGatewayRoutes named chat in one namespace", good: "chat and code",
    reference: "domain.md 1.0",
    .bundle { bundle, report in
      guard bundle.documents.count > 1 else { return }
      var seen: Set<Identity> = []
      for document in bundle.documents where !document.name.isEmpty {
        guard let kind = document.kind, !seen.insert(Identity(document, kind)).inserted
        else { continue }
        report.add(
          "\(kind) \(document.name) stands in an earlier document too, which this one overwrites; "
            + "use another name", at: .to("metadata", "name"), in: document.index)
      }
    })
}

/// What makes two documents one object in a cluster.
private struct Identity: Hashable {
  let group: Substring
  let kind: String
  let title: ObjectKey

  init(_ document: Document, _ kind: String) {
    group = (document.apiVersion ?? "").prefix { $0 != "/" }
    self.kind = kind
    title = document.title
  }
}
