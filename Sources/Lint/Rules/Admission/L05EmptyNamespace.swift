import Schemas
import Resources
import YAML

extension Rule {
  static let emptyNamespace = Rule(
    "L05", "empty-namespace", .error, .admission, "an empty namespace",
    why: "An empty namespace is probably meant as the route's own: leave the field out. The API "
      + "server requires at least one character.",
    bad: "{name: openai, namespace: \"\"}", good: "{name: openai}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"), stage: .checking,
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.traits.contains(.nowhere) else { return }
      for (index, ref) in rule.refs.enumerated() where ref.namespace?.isEmpty == true {
        let path = Path.to("backendRefs", index, "namespace")
        report.add(
          "namespace is empty; leave it out for the route's own", at: path,
          fix: "remove namespace", .remove(path))
      }
    })
}
