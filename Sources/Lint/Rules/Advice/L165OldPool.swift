import Resources
import Schemas
import YAML

extension Rule {
  static let oldPool = Rule(
    "L165", "old-pool", .warning, "an InferencePool that AI Gateway does not look at",
    why:
      "A server may have InferencePools of inference.networking.x-k8s.io besides the stable ones. "
      + "Routes lead to pools of inference.networking.k8s.io only: requests get 500 unless there is "
      + "one of that name. The fields have other names there.",
    bad: "apiVersion: inference.networking.x-k8s.io/v1alpha2",
    good: "apiVersion: inference.networking.k8s.io/v1",
    reference: Citation.aiGateway("internal/controller/inference_pool.go"),
    repair: .automatic,
    .bundle { bundle, report in
      for pool in bundle.oldPools where !bundle.pools.contains(pool.key) {
        let advice = "AI Gateway looks at InferencePools of inference.networking.k8s.io/v1 only"
        guard bundle.isAsked(for: pool.key) else {
          report.add(
            "\(advice); write that if routes are to lead to it", at: .to("apiVersion"),
            in: pool.index, severity: .info)
          continue
        }
        report.add(
          "\(advice): unless there is one of this name, requests for \(pool.name) get 500; write that",
          at: .to("apiVersion"), in: pool.index)
        report.attach(Fix("write inference.networking.k8s.io/v1", pool.stableFields))
      }
    })
}

extension ResourceIndex {
  /// Whether some route leads to a pool, of whichever group.
  fileprivate func isAsked(for pool: ObjectKey) -> Bool {
    routes.contains { _, route in
      route.rules.contains { rule in
        rule.refs.contains { ref in
          (ref.isPool || ref.hasOldPoolGroup) && target(of: ref, from: route.namespace) == pool
        }
      }
    }
  }
}

extension Document {
  /// The changes that make an InferencePool of the old group a stable one.
  fileprivate var stableFields: [DocumentEdit] {
    var edits = [
      DocumentEdit.set(
        document: index, .to("apiVersion"), .string("inference.networking.k8s.io/v1"))
    ]
    func move(_ old: String, to new: String, _ value: (Node) -> Node?) {
      guard let value = node["spec"]?.given(old).flatMap(value) else { return }
      if old != new { edits.append(.remove(document: index, .to("spec", old))) }
      edits.append(.set(document: index, .to("spec", new), value))
    }
    move("selector", to: "selector") { .map(["matchLabels": $0]) }
    move("targetPortNumber", to: "targetPorts") { .sequence([.map(["number": $0])]) }
    move("extensionRef", to: "endpointPickerRef") { picker in
      guard let name = picker["name"] else { return nil }
      var parts = ["group", "kind"].compactMap { key in
        picker.given(key).map { Mapping.Entry(key, $0) }
      }
      parts.append(Mapping.Entry("name", name))
      let port = picker.given("portNumber") ?? .integer(9002)
      parts.append(Mapping.Entry("port", .map(["number": port])))
      if let mode = picker.given("failureMode") { parts.append(Mapping.Entry("failureMode", mode)) }
      return .mapping(Mapping(parts))
    }
    return edits
  }
}
