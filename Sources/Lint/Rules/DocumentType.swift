import Kinds
import Manifest

extension Rule {
  static let documentType = Rule(
    "schema.kind", .error, .admission, "an apiVersion or kind that no server knows",
    why: "Without both lines, or with a version that is not served, the object is refused.",
    bad: "{apiVersion: aigateway.envoyproxy.io/v1, kind: AIGatewayRoute}",
    good: "{apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute}",
    reference: "domain.md 1.1",
    .document { document, report in
      guard case .mapping = document.node else {
        report.add(
          "the document is no object; write apiVersion, kind, metadata and spec", at: .root)
        return
      }
      if document.apiVersion?.isEmpty ?? true { nameVersion(of: document, &report) }
      guard let kind = document.kind, !kind.isEmpty else {
        report.add("kind is missing; write a kind such as AIGatewayRoute", at: .to("kind"))
        return
      }
      guard let resource = document.resource else {
        if let apiVersion = document.apiVersion, !apiVersion.isEmpty,
          !Resource.isVersion(apiVersion)
        {
          report.add(
            "apiVersion \(apiVersion.quoted) is no group and version; "
              + "use one such as aigateway.envoyproxy.io/v1beta1", at: .to("apiVersion"))
        }
        nameKnownKind(near: kind, in: document, &report)
        return
      }
      guard let apiVersion = document.apiVersion, !apiVersion.isEmpty,
        resource.version(of: apiVersion) == nil
      else { return }
      report.add(
        "apiVersion \(apiVersion.quoted) does not serve \(kind); "
          + "use \(resource.apiVersions.alternatives)", at: .to("apiVersion"),
        fix: "write \(resource.apiVersions[0])",
        .set(.to("apiVersion"), .string(resource.apiVersions[0])))
    })

  private static func nameVersion(of document: Document, _ report: inout Report) {
    guard let resource = document.resource else {
      report.add(
        "apiVersion is missing; write one such as aigateway.envoyproxy.io/v1beta1",
        at: .to("apiVersion"))
      return
    }
    report.add(
      "apiVersion is missing; use \(resource.apiVersions.alternatives)", at: .to("apiVersion"),
      fix: "write \(resource.apiVersions[0])",
      .set(.to("apiVersion"), .string(resource.apiVersions[0])))
  }

  static let uncheckedKind = Rule(
    "kind.unchecked", .info, .admission, "a kind that is not known here",
    why: "Its fields are not looked at; only a cluster can tell whether they are right.",
    bad: "{apiVersion: v1, kind: Secret}",
    good: "{apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute}",
    reference: "domain.md 1.0",
    .document { document, report in
      guard let kind = document.kind, let apiVersion = document.apiVersion, !kind.isEmpty,
        Resource.isVersion(apiVersion), document.resource == nil,
        Resource.known(like: kind, in: apiVersion) == nil
      else { return }
      report.add(
        "kind \(kind) of \(apiVersion) is not checked: its fields are not known here",
        at: .to("kind"))
    })

  private static func nameKnownKind(
    near kind: String, in document: Document, _ report: inout Report
  ) {
    guard let known = Resource.known(like: kind, in: document.apiVersion) else { return }
    report.add(
      "kind \(kind.quoted) does not exist; use \(known)", at: .to("kind"),
      fix: "write \(known)", .set(.to("kind"), .string(known)))
  }
}
