import Schemas
import YAML
import Resources

extension Rule {
  static let groupWithKind = Rule(
    "cel.B1", "group-with-kind", .error, .admission, "group without kind, or kind without group",
    why: "An InferencePool needs both, an AIServiceBackend neither.",
    bad: "{name: p, kind: InferencePool}",
    good: "{name: p, group: inference.networking.k8s.io, kind: InferencePool}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() where (ref.group == nil) != (ref.kind == nil) {
        let path = Path.to("backendRefs", index)
        let isPool = ref.kind == "InferencePool" || ref.group == "inference.networking.k8s.io"
        let key = ref.kind == nil ? "group" : "kind"
        if isPool {
          let other = ref.kind == nil ? "kind" : "group"
          let value = ref.kind == nil ? "InferencePool" : "inference.networking.k8s.io"
          report.add(
            "\(key) needs \(other) beside it; write \(other) \(value)",
            at: path.appending(key), field: path, fix: "write \(other) \(value)",
            .set(path.appending(other), .string(value)))
        } else {
          report.add(
            "group and kind go together; leave both out for an AIServiceBackend",
            at: path.appending(key), field: path, fix: "remove \(key)", .remove(path.appending(key))
          )
        }
      }
    })
}
