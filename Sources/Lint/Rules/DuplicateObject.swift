import Manifest

extension Rule {
  static let duplicateObject = Rule(
    "object.duplicate", .warning, "the same object twice",
    why: "The later document overwrites the earlier one.",
    bad: "two AIGatewayRoutes named chat in one namespace", good: "chat and code",
    reference: "domain.md 1.0",
    .bundle { bundle, report in
      var seen: [String: [Document]] = [:]
      for document in bundle.documents where !document.name.isEmpty {
        let twins = seen[document.name, default: []]
        seen[document.name] = twins + [document]
        guard let kind = document.kind, twins.contains(where: { $0.isSameObject(as: document) })
        else { continue }
        report.add(
          "\(kind) \(document.name) stands in an earlier document too, which this one overwrites; "
            + "use another name", at: .to("metadata", "name"), in: document.index)
      }
    })
}

extension Document {
  /// Whether both would be one object in a cluster, given the same name.
  fileprivate func isSameObject(as other: Document) -> Bool {
    kind == other.kind && home == other.home && group == other.group
  }

  private var group: Substring { (apiVersion ?? "").prefix { $0 != "/" } }
}
