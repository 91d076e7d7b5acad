import Schemas
import YAML

/// An InferencePool: model servers behind an endpoint picker
/// (kubernetes-sigs/gateway-api-inference-extension v1.0.2, CRD inferencepools).
package struct InferencePool: Sendable {
  /// The place of its document.
  package let index: Int
  package let key: ObjectKey
  /// The picker's object, which is taken for a Service whatever its kind (envoyproxy/ai-gateway
  /// v1.1.0, internal/extensionserver/inferencepool.go).
  package let picker: ObjectKey
  package let pickerKind: String
  /// The port at which the picker is asked.
  package let pickerPort: Int
  package let failureMode: String?
  /// Which Pods of the namespace are its model servers.
  package let selector: LabelSelector
  package let targetPorts: [Int]

  /// Reads a document, nil for other kinds.
  init?(_ document: Document) {
    guard document.kind == GroupKind.inferencePool.kind,
      document.identity?.group == GroupKind.inferencePool.group[...],
      let spec = document.node["spec"], let reference = spec.given("endpointPickerRef"),
      let name = reference["name"]?.text
    else { return nil }
    index = document.index
    key = document.key
    picker = ObjectKey(document.namespace, name)
    pickerKind = reference.given("kind")?.text ?? "Service"
    pickerPort = reference.given("port", "number")?.integer ?? InferencePool.defaultPickerPort
    failureMode = reference.given("failureMode")?.text
    selector = LabelSelector(spec.given("selector"))
    targetPorts = spec.list("targetPorts").compactMap { $0["number"]?.integer }
  }

  private static let defaultPickerPort = 9002
}

/// The Pods that a Deployment or the like makes, or a Pod itself.
package struct Workload: Sendable {
  package let key: ObjectKey
  package let kind: String
  package let labels: Labels
  /// The ports that its containers name.
  package let ports: Set<Int>

  /// Reads a document, nil for kinds that make no Pods.
  init?(_ document: Document) {
    guard let kind = document.kind else { return nil }
    let pod: Node? =
      switch kind {
      case "Pod": document.node
      case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet":
        document.node.given("spec", "template")
      case _: nil
      }
    guard let pod else { return nil }
    key = document.key
    self.kind = kind
    labels = Labels(pod["metadata"]?["labels"])
    let containers = pod["spec"]?.list("containers") ?? []
    ports = Set(
      containers.flatMap { $0.list("ports").compactMap { $0["containerPort"]?.integer } })
  }
}

extension ResourceIndex {
  /// The InferencePools among the documents, in their order.
  package var inferencePools: [InferencePool] {
    pools.isEmpty ? [] : documents.compactMap(InferencePool.init)
  }

  /// What makes Pods in some namespaces.
  package func workloads(in namespaces: Set<String>) -> [Workload] {
    documents.compactMap { namespaces.contains($0.namespace) ? Workload($0) : nil }
  }
}
