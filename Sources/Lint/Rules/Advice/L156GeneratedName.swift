import Resources
import Schemas
import YAML

extension Rule {
  static let generatedName = Rule(
    "L156", "generated-name", .warning, "an object whose name the API server is to make up",
    why:
      "kubectl apply, and with it GitOps tools, refuse generateName: they have to find the object "
      + "again. kubectl create makes a new object each time, and nothing can refer to it by name.",
    bad: "metadata: {generateName: chat-}", good: "metadata: {name: chat}",
    reference: Citation.kubernetes("staging/src/k8s.io/kubectl/pkg/cmd/apply/apply.go"),
    .document { document, report in
      guard document.resource != nil, document.name.isEmpty,
        document.node["metadata"]?.given("generateName") != nil
      else { return }
      report.add(
        "kubectl apply does not take generateName; write name",
        at: .to("metadata", "generateName"))
    })
}
