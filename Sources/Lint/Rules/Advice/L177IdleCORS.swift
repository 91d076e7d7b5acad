import Resources
import Schemas
import YAML

extension Rule {
  static let idleCORS = Rule(
    "L177", "idle-cors", .warning,
    "cors for AI routes whose rules all ask for the model",
    why: "Envoy's filter passes over routes that answer by themselves. Before the model is known, "
      + "requests meet the rule route-not-found, which does: preflights get 404, and answers lack the "
      + "headers that browsers ask for. A rule with backends and without matches comes before it.",
    bad: "SecurityPolicy {targetRefs: [Gateway gw], cors: ...}, matches for models only",
    good: "the same with a last rule without matches",
    reference: Citation.envoyGateway("internal/xds/translator/cors.go"),
    .bundle { bundle, report in
      lazy var routes = bundle.routes.map { ($0.route, bundle.places(of: $0.route.attachment)) }
      lazy var others = bundle.plainHTTPRoutes.flatMap { bundle.places(of: $0.route.attachment) }
      for attachment in bundle.securityPolicies.attachments
      where attachment.holder.policy.spec.given("cors") != nil {
        let target = attachment.target
        let isOfRoute = target.kind == GroupKind.httpRoute.kind && target.section == nil
        guard isOfRoute || target.kind == GroupKind.gateway.kind else { continue }
        func isCovered(_ place: (gateway: ObjectKey, listener: String?)) -> Bool {
          place.gateway == target.object
            && (target.section == nil || place.listener == target.section)
        }
        // Where another route comes first, L77.filters tells it.
        let covered =
          isOfRoute
          ? routes.filter { $0.0.key == target.object && routes.count == 1 }.map(\.0)
          : routes.filter { $0.1.contains(where: isCovered) }.map(\.0)
        guard let first = covered.first,
          covered.allSatisfy({ $0.firstRules == [WellKnown.notFoundRule] })
        else { continue }
        // It may be meant for others.
        let isShared = !isOfRoute && others.contains(where: isCovered)
        report.add(
          "cors does nothing for AI route \(first.name): before its model is known a request meets "
            + "\(WellKnown.notFoundRule), which Envoy's CORS filter passes over; write a rule without "
            + "matches", at: .to("spec", "cors"), in: attachment.holder.index,
          severity: isShared ? .info : nil)
      }
    })
}
