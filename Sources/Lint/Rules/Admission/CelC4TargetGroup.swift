import Schemas
import YAML
import Resources

extension Rule {
  static let targetGroup = Rule(
    "cel.C4", "target-group", .error, .admission, "a target of an unsupported API group",
    why: "Only Gateway API objects can be targets.",
    bad: "targetRefs: [{group: gateway.envoyproxy.io, kind: Gateway, name: gw}]",
    good: "targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: gw}]",
    reference: Citation.envoyGatewayCRD("clienttrafficpolicies"),
    repair: .automatic,
    .policy { policy, report in
      for target in policy.writtenTargets
      where target.group != "gateway.networking.k8s.io" && !policy.namesAIRoute(target) {
        let path = target.path.appending("group")
        guard policy.node[path]?.text != nil else { continue }
        report.add(
          "group \(target.group.quoted) cannot be a target; use gateway.networking.k8s.io",
          at: path, field: .to("spec"), fix: "write gateway.networking.k8s.io",
          .set(path, .string("gateway.networking.k8s.io")))
      }
      for (index, selector) in (policy.node["spec"]?["targetSelectors"]?.items ?? []).enumerated() {
        guard let group = selector["group"]?.text, group != "gateway.networking.k8s.io" else {
          continue
        }
        report.add(
          "group \(group.quoted) cannot be a target; use gateway.networking.k8s.io",
          at: .to("spec", "targetSelectors", index, "group"),
          field: .to("spec", "targetSelectors", index))
      }
    })
}
