import Schemas
import Resources
import YAML

extension Rule {
  static let grantWildcard = Rule(
    "L63", "grant-wildcard", .error, .admission, "a wildcard as a namespace in a ReferenceGrant",
    why: "ReferenceGrants have no wildcards; each namespace needs its own entry.",
    bad: "from: [{kind: HTTPRoute, namespace: \"*\"}]",
    good: "from: [{kind: HTTPRoute, namespace: team-a}]",
    reference: Citation.gatewayAPICRD("referencegrants"), stage: .checking,
    .grant { grant, report in
      for (index, source) in grant.from.enumerated() where source.namespace.contains("*") {
        report.add(
          "grants know no wildcard; list each namespace",
          at: .to("spec", "from", index, "namespace"))
      }
    })
}
