import Schemas
import Resources
import YAML

extension Rule {
  static let lateLabels = Rule(
    "L10", "late-labels", .info, "labels and annotations, which reach the HTTPRoute late",
    why: "They are copied to the generated HTTPRoute, but a change of only them does not trigger a "
      + "reconcile. It takes effect when spec changes next or the controller restarts.",
    bad: "metadata: {labels: {team: b}} changed, spec as it was",
    good: "metadata: {labels: {team: b}} and a change in spec",
    reference: Citation.aiGateway("internal/controller/controller.go"),
    .route { route, report in
      for key in ["labels", "annotations"] {
        guard !(route.node["metadata"]?[key]?.entries ?? []).isEmpty else { continue }
        report.add(
          "a later change of \(key) alone does not reach the generated HTTPRoute; change spec "
            + "too", at: .to("metadata", key))
        return
      }
    })
}
