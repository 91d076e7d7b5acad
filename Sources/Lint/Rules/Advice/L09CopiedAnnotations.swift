import Schemas
import Resources
import YAML

extension Rule {
  static let copiedAnnotations = Rule(
    "L09", "copied-annotations", .warning, "a GitOps tracking annotation",
    why: "Annotations are copied to the generated HTTPRoute. A tool that tracks its objects by "
      + "annotations may take the copy for one of its own and delete it.",
    bad: "annotations: {argocd.argoproj.io/tracking-id: apps}", good: "annotations: {owner: ml}",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
    repair: .automatic,
    .route { route, report in
      let entries = route.node["metadata"]?["annotations"]?.entries ?? []
      for entry in entries where entry.key == "argocd.argoproj.io/tracking-id" {
        let path = Path.to("metadata", "annotations", entry.key)
        report.add(
          "this annotation is copied to the generated HTTPRoute, which Argo CD may then delete; "
            + "leave it out", at: path, fix: "remove \(entry.key)",
          .remove(route.node.emptied(by: path)))
      }
    })
}
