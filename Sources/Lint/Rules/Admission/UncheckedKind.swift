import Schemas
import Resources

extension Rule {
  static let uncheckedKind = Rule(
    "kind.unchecked", "unchecked-kind", .info, .admission, "a kind that is not checked",
    why: "aigw-wizard does not know its fields; only a cluster can validate them.",
    bad: "{apiVersion: v1, kind: Secret}",
    good: "{apiVersion: aigateway.envoyproxy.io/v1beta1, kind: AIGatewayRoute}",
    reference: Citation.kubernetes("staging/src/k8s.io/apimachinery/pkg/api/meta/errors.go"),
    .document { document, report in
      guard let kind = document.kind, let apiVersion = document.apiVersion, !kind.isEmpty,
        ResourceKind.isVersion(apiVersion), document.resource == nil, kind != "List",
        document.node.listKind == nil, ResourceKind.known(like: kind, in: apiVersion) == nil,
        !document.isPlainProxy, !document.isOldPool,
        KnownGroup.of(apiVersion).map({ $0.kinds.contains(kind) && $0.serves(apiVersion) }) ?? true
      else { return }
      report.add(
        document.partlyKnownResource == nil
          ? "kind \(kind) of \(apiVersion) is not checked: its fields are not known here"
          : "kind \(kind) of \(apiVersion) is checked in part: not all of these fields are known here",
        at: .to("kind"))
    })
}

extension Document {
  /// Whether it is an InferencePool of which L165 speaks.
  fileprivate var isOldPool: Bool {
    kind == GroupKind.inferencePool.kind
      && apiVersion?.hasPrefix("\(ResourceKind.oldPoolGroup)/") == true
  }

  /// Whether it is an EnvoyProxy with no other fields than those that are known of that kind.
  fileprivate var isPlainProxy: Bool {
    guard let resource = partlyKnownResource else { return false }
    return !resource.checked(node, for: .current).violations.contains { $0.rule == .unknown }
  }
}
