import Schemas
import YAML
import Resources

extension Rule {
  static let onlyPools = Rule(
    "cel.B2", "only-pools", .error, .admission, "a backendRef to an unsupported kind",
    why: "Apart from AIServiceBackends, which are named without group and kind, only "
      + "InferencePools are accepted.",
    bad: "{name: s, group: gateway.envoyproxy.io, kind: Backend}", good: "{name: s}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .confirmed,
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() {
        guard let group = ref.group, let kind = ref.kind,
          group != "inference.networking.k8s.io" || kind != "InferencePool",
          !ref.isWrittenService, !ref.hasOldPoolGroup
        else { continue }
        let path = Path.to("backendRefs", index)
        report.add(
          "kind \(kind.quoted) of group \(group.quoted) is not supported; leave both out for an "
            + "AIServiceBackend, or use InferencePool of inference.networking.k8s.io",
          at: path.appending("kind"), field: path, caution: .guess,
          fix: "remove group and kind",
          .remove(path.appending("group")), .remove(path.appending("kind")))
      }
    })
}
