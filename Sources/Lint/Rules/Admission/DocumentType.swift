import Schemas
import YAML
import Resources

extension Rule {
  static let documentType = Rule(
    "schema.kind", "document-type", .error, .admission, "a missing or unknown apiVersion or kind",
    why: "An object without apiVersion or kind, or with a version that is not served, is refused.",
    bad: "{apiVersion: aigateway.envoyproxy.io/v1, kind: AIGatewayRoute}",
    good: "{apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute}",
    reference: Citation.kubernetes("staging/src/k8s.io/apimachinery/pkg/api/meta/errors.go"),
    stage: .addressing,
    repair: .automatic,
    .document { document, report in
      guard case .mapping = document.node else {
        report.add(
          "the document is not an object; write apiVersion, kind, metadata and spec", at: .root)
        return
      }
      if document.apiVersion?.isEmpty ?? true { nameVersion(of: document, &report) }
      guard let kind = document.kind, !kind.isEmpty else {
        report.add("kind is missing; write a kind such as AIGatewayRoute", at: .to("kind"))
        return
      }
      guard document.node.listKind == nil else {
        refuseList(document, &report)
        return
      }
      guard let resource = document.resource else {
        nameUnknown(kind, in: document, &report)
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

  /// Reports why kubectl takes no objects out of a list; those that it takes out are checked alone.
  private static func refuseList(_ document: Document, _ report: inout Report) {
    switch document.node["items"] {
    case .sequence(let items)? where items.isEmpty:
      report.add("items is empty; kubectl refuses a list without objects", at: .to("items"))
    case .sequence?:
      report.add(
        "a List is nested in a List, which kubectl rejects; put its objects into the outer one",
        at: .to("kind"))
    case .scalar?, .mapping?: report.add("items has to be a list of objects", at: .to("items"))
    case nil:
      report.add("items is missing; kubectl refuses a list without objects", at: .to("items"))
    }
  }

  /// Says what is wrong with a kind whose fields are not known here.
  private static func nameUnknown(
    _ kind: String, in document: Document, _ report: inout Report
  ) {
    if let known = ResourceKind.known(like: kind, in: document.apiVersion) {
      report.add(
        "kind \(kind.quoted) does not exist; use \(known)", at: .to("kind"),
        fix: "write \(known)", .set(.to("kind"), .string(known)))
    }
    guard let apiVersion = document.apiVersion, !apiVersion.isEmpty else { return }
    if !ResourceKind.isVersion(apiVersion) {
      report.add(
        "apiVersion \(apiVersion.quoted) is not a group and version; "
          + "use one such as aigateway.envoyproxy.io/v1beta1", at: .to("apiVersion"))
    } else if kind == "List" {
      report.add(
        "kind List of \(apiVersion.quoted) is not a list; write apiVersion: v1",
        at: .to("apiVersion"), fix: "write v1", .set(.to("apiVersion"), .string("v1")))
    } else if let group = KnownGroup.of(apiVersion),
      ResourceKind.known(like: kind, in: apiVersion) == nil
    {
      nameUnserved(kind, in: group, of: apiVersion, &report)
    }
  }

  private static func nameUnserved(
    _ kind: String, in group: KnownGroup, of apiVersion: String, _ report: inout Report
  ) {
    if !group.kinds.contains(kind) {
      report.add(
        "kind \(kind.quoted) does not exist in \(group.name); use "
          + group.kinds.filter { $0 != "EnvoyGateway" }.alternatives, at: .to("kind"))
    } else if !group.serves(apiVersion) {
      report.add(
        "apiVersion \(apiVersion.quoted) is not served; use "
          + group.versions.map { "\(group.name)/\($0)" }.alternatives, at: .to("apiVersion"))
    }
  }

  private static func nameVersion(of document: Document, _ report: inout Report) {
    guard let resource = document.resource else {
      report.add(
        document.kind == "List"
          ? "apiVersion is missing; write v1"
          : "apiVersion is missing; write one such as aigateway.envoyproxy.io/v1beta1",
        at: .to("apiVersion"))
      return
    }
    report.add(
      "apiVersion is missing; use \(resource.apiVersions.alternatives)", at: .to("apiVersion"),
      fix: "write \(resource.apiVersions[0])",
      .set(.to("apiVersion"), .string(resource.apiVersions[0])))
  }
}
