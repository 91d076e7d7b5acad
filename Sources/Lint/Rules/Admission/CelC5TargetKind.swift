import Schemas
import YAML
import Resources

extension Rule {
  static let targetKind = Rule(
    "cel.C5", "target-kind", .error, .admission, "a target of an unsupported kind",
    why: "A ClientTrafficPolicy can target only Gateways; other policies can target Gateways and "
      + "routes.",
    bad: "targetRefs: [{group: gateway.networking.k8s.io, kind: HTTPRoute, name: chat}]",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]",
    reference: Citation.envoyGatewayCRD("clienttrafficpolicies"),
    repair: .automatic,
    .policy { policy, report in
      let kinds = policy.kind.targetedKinds
      for target in policy.writtenTargets
      where !kinds.contains(target.kind) && !policy.namesAIRoute(target) {
        let path = target.path.appending("kind")
        guard policy.node[path]?.text != nil else { continue }
        if target.kind == "ListenerSet", report.release > .v0_6 {
          report.add(
            "ListenerSet as a target is known since Envoy Gateway 1.9; 1.8.1 refuses it", at: path,
            severity: .warning)
          continue
        }
        let near = NearestWord.match(for: target.kind, among: kinds) ?? "Gateway"
        report.add(
          "kind \(target.kind.quoted) cannot be a target; use \(kinds.alternatives)", at: path,
          field: .to("spec"), caution: .writing(near, for: target.kind), fix: "write \(near)",
          .set(path, .string(near)))
      }
    })
}
