import Resources
import Schemas
import YAML

extension Rule {
  static let providerType = Rule(
    "L122.type", "provider-type", .error, .admission, "an EnvoyProxy provider without a type",
    why: "The schema requires the type and has no default.",
    bad: "provider: {kubernetes: {...}}", good: "provider: {type: Kubernetes, kubernetes: {...}}",
    reference: Citation.envoyGatewayCRD("envoyproxies"), stage: .blocking,
    repair: .automatic,
    .document { document, report in
      guard document.partlyKnownResource != nil,
        let provider = document.node.given("spec", "provider"),
        provider.given("type") == nil
      else { return }
      let path = Path.to("spec", "provider", "type")
      report.add(
        "type is missing; write type: Kubernetes", at: path, fix: "write type: Kubernetes",
        .set(path, .string("Kubernetes")))
    })
}
