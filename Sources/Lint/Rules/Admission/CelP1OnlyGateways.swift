import Schemas
import YAML
import Resources

extension Rule {
  static let onlyGateways = Rule(
    "cel.P1", "only-gateways", .error, .admission, "a parentRef that does not refer to a Gateway",
    why: "An AIGatewayRoute can attach only to Gateways.",
    bad: "parentRefs: [{name: a, kind: Service}]",
    good: "parentRefs: [{name: a, kind: Gateway}]",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .automatic,
    .route { route, report in
      for (index, parent) in route.parents.enumerated() where parent.kind != "Gateway" {
        let path = Path.to("spec", "parentRefs", index, "kind")
        guard parent.kind != "ListenerSet" else {
          report.add(
            "kind ListenerSet is not supported, and no AIGatewayRoute is served on its listeners; name a "
              + "Gateway with a listener of its own for the route", at: path,
            field: .to("spec", "parentRefs"))
          continue
        }
        report.add(
          "kind \(parent.kind.quoted) is not supported; use Gateway", at: path,
          field: .to("spec", "parentRefs"), caution: .writing("Gateway", for: parent.kind),
          fix: "write Gateway", .set(path, .string("Gateway")))
      }
    })
}
