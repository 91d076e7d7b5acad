import Schemas
import Resources
import YAML

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
          : "kind \(kind) of \(apiVersion) is checked in part: what Kubernetes says of Pods is not known "
            + "here",
        at: .to("kind"))
    })
}

extension Document {
  /// Whether it is an InferencePool of which L165 speaks.
  fileprivate var isOldPool: Bool {
    kind == GroupKind.inferencePool.kind
      && apiVersion?.hasPrefix("\(ResourceKind.oldPoolGroup)/") == true
  }

  /// Whether it is an EnvoyProxy without fields whose parts are Kubernetes' own.
  fileprivate var isPlainProxy: Bool {
    guard partlyKnownResource != nil else { return false }
    let objects = node["spec"]?.given("provider", "kubernetes")?.entries.map(\.value) ?? []
    let parts = objects + objects.compactMap { $0.given("container") }
    return parts.allSatisfy { part in Self.partsOfKubernetes.allSatisfy { part[$0] == nil } }
  }

  private static let partsOfKubernetes = [
    "behavior", "env", "initContainers", "metrics", "patch", "pod", "resources", "securityContext",
    "strategy", "volumeMounts",
  ]
}
