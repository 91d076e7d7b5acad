import Kinds
import Manifest

/// What ClientTrafficPolicy, BackendTrafficPolicy and SecurityPolicy share, as the rules see it.
final class Policy: Sendable {
  struct Target: Hashable, Sendable {
    let path: Path
    let group: String
    let kind: String
    let name: String
    let sectionName: String?
  }

  enum Side: Sendable { case client, backend, security }

  let node: Node
  let side: Side
  let name: String
  let namespace: String?
  let targets: [Target]
  /// Whether it also finds targets by labels, which cannot be followed here.
  let hasSelectors: Bool
  let bufferLimit: Node?

  init(_ node: Node, side: Side) {
    self.node = node
    self.side = side
    name = node["metadata"]?["name"]?.text ?? ""
    namespace = node["metadata"]?["namespace"]?.text
    let spec = node["spec"]
    var targets: [Target] = []
    func add(_ node: Node, at path: Path) {
      targets.append(
        Target(
          path: path, group: node["group"]?.text ?? "", kind: node["kind"]?.text ?? "",
          name: node["name"]?.text ?? "", sectionName: node["sectionName"]?.text))
    }
    for (index, node) in (spec?["targetRefs"]?.items ?? []).enumerated() {
      add(node, at: .to("spec", "targetRefs", index))
    }
    if let old = spec?["targetRef"], !old.isNull { add(old, at: .to("spec", "targetRef")) }
    self.targets = targets
    hasSelectors = !(spec?["targetSelectors"]?.items ?? []).isEmpty
    let limit = spec?["connection"]?["bufferLimit"]
    bufferLimit = limit?.isNull == true ? nil : limit
  }

  var home: String { namespace ?? Namespace.fallback }

  /// The targets of one kind in Gateway API's group.
  func targets(kind: String) -> [Target] {
    targets.filter { $0.kind == kind && $0.group == "gateway.networking.k8s.io" }
  }
}
