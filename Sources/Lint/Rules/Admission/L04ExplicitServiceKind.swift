import Schemas
import YAML
import Resources

extension Rule {
  static let explicitServiceKind = Rule(
    "L04", "explicit-service-kind", .error, .admission,
    "a backendRef that writes out group and kind of AIServiceBackend",
    why: "The documentation calls them the default, but the CRD's validation accepts only "
      + "InferencePool there.",
    bad: "{name: openai, group: aigateway.envoyproxy.io, kind: AIServiceBackend}",
    good: "{name: openai}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .automatic,
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      for (index, ref) in rule.refs.enumerated() where ref.isWrittenService {
        let path = Path.to("backendRefs", index)
        report.add(
          "group and kind are allowed only for an InferencePool; remove them: an AIServiceBackend "
            + "is the default",
          at: path.appending("kind"), field: path, fix: "remove group and kind",
          .remove(path.appending("group")), .remove(path.appending("kind")))
      }
    })
}
