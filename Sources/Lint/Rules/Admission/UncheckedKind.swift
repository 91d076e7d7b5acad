import Kinds
import Resources

extension Rule {
  static let uncheckedKind = Rule(
    "kind.unchecked", .info, .admission, "a kind that is not known here",
    why: "Its fields are not looked at; only a cluster can tell whether they are right.",
    bad: "{apiVersion: v1, kind: Secret}",
    good: "{apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute}",
    reference: "domain.md 1.0",
    .document { document, report in
      guard let kind = document.kind, let apiVersion = document.apiVersion, !kind.isEmpty,
        Resource.isVersion(apiVersion), document.resource == nil, kind != "List",
        document.node.listKind == nil, Resource.known(like: kind, in: apiVersion) == nil,
        Group.of(apiVersion).map({ $0.kinds.contains(kind) && $0.serves(apiVersion) }) ?? true
      else { return }
      report.add(
        "kind \(kind) of \(apiVersion) is not checked: its fields are not known here",
        at: .to("kind"))
    })
}
