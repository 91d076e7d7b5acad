import Schemas
import YAML
import Resources

extension Rule {
  static let oldPoolGroup = Rule(
    "L06", "old-pool-group", .error, .admission, "the old API group of InferencePool",
    why: "Only the API group of the stable InferencePool is accepted.",
    bad: "{name: pool, group: inference.networking.x-k8s.io, kind: InferencePool}",
    good: "{name: pool, group: inference.networking.k8s.io, kind: InferencePool}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() where ref.hasOldPoolGroup {
        let path = Path.to("backendRefs", index, "group")
        report.add(
          "group \"\(ResourceKind.oldPoolGroup)\" is the old one; "
            + "use inference.networking.k8s.io", at: path, field: path.parent,
          fix: "write inference.networking.k8s.io",
          .set(path, .string("inference.networking.k8s.io")))
      }
    })
}
