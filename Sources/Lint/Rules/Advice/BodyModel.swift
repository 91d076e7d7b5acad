import Resources
import Schemas
import YAML

extension Rule {
  static let bodyModel = Rule(
    "body.model", "body-model", .warning, "a body mutation that changes the model",
    why: "It is applied after AI Gateway has written the model of modelNameOverride, which is then "
      + "lost for providers that read the model in the body. Those that read it in the path go by "
      + "modelNameOverride still.",
    bad: "{modelNameOverride: gpt-4o, bodyMutation: {set: [{path: model, value: gpt-4.1}]}}",
    good: "{modelNameOverride: gpt-4.1}",
    reference: Citation.aiGateway("internal/extproc/processor_impl.go"),
    .bundle { bundle, report in
      for (document, route) in bundle.routes {
        for rule in route.rules {
          for (index, ref) in rule.refs.enumerated() where ref.hasMutation && !ref.isPool {
            report.addModelChanges(
              ref.node.given("bodyMutation"),
              at: .to("spec", "rules", rule.index, "backendRefs", index),
              for: bundle.service(ref.target(from: route.namespace))?.api, in: document)
          }
        }
      }
    })
}
