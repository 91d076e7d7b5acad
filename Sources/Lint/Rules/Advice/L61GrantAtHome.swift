import Schemas
import Resources
import YAML

extension Rule {
  static let grantAtHome = Rule(
    "L61", "grant-at-home", .error, "a ReferenceGrant in the referring object's namespace",
    why: "A ReferenceGrant belongs in the namespace of the object that is referred to; elsewhere "
      + "it has no effect.",
    bad: "metadata: {namespace: team-a}, from: [{kind: AIGatewayRoute, namespace: team-a}]",
    good: "metadata: {namespace: shared}, from: [{kind: AIGatewayRoute, namespace: team-a}]",
    reference: Citation.envoyGateway("internal/gatewayapi/helpers.go"),
    .grant { grant, report in
      guard let namespace = grant.writtenNamespace, !grant.from.isEmpty,
        grant.from.allSatisfy({ $0.namespace == namespace })
      else { return }
      report.add(
        "the grant is in \(namespace), where the references come from; put it into the "
          + "namespace of the backends", at: .to("metadata", "namespace"))
    })
}
