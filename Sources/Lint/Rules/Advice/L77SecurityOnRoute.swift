import Resources
import Schemas
import YAML

extension Rule {
  static let securityOnRoute = Rule(
    "L77", "security-on-route", .warning,
    "a SecurityPolicy with authentication on a single AI route",
    why: "Clients are authenticated before the model is known, by the policy of the route whose "
      + "path matches first, usually the oldest on the Gateway. Only authorization and rate limits "
      + "are those of the route that serves the model.",
    bad: "SecurityPolicy {targetRefs: [HTTPRoute chat], apiKeyAuth: ...}",
    good: "SecurityPolicy {targetRefs: [Gateway gw], apiKeyAuth: ...}",
    reference: Citation.envoyGateway("internal/xds/translator/httpfilters.go"),
    repair: .automatic,
    .bundle { bundle, report in
      lazy var early = bundle.earlyReadings
      for attachment in bundle.securityPolicies.attachments
      where attachment.target.kind == GroupKind.httpRoute.kind {
        let (index, policy) = (attachment.holder.index, attachment.holder.policy)
        guard !policy.authentication.isEmpty,
          let route = bundle.route(attachment.target.object)?.route,
          // Told as L173: then tokens are those of the model's route.
          policy.authentication.contains(where: Policy.switchedAuthentication.contains)
            || !bundle.ports(of: route.attachment).contains(where: { early[$0] != nil })
        else { continue }
        let isSelected = attachment.path.steps.contains(.key("targetSelectors"))
        let gateways = Set(route.parents.filter(\.isGateway).map(route.gateway))
        // Then all requests are its own, as long as no other route comes.
        let isAlone =
          attachment.target.section == nil && !gateways.isEmpty
          && gateways.allSatisfy {
            bundle.gateways[$0] != nil && !bundle.serves(othersThan: route, on: $0)
          }
        report.add(
          isAlone
            ? "authentication follows the first route of a Gateway, not the model: a second route "
              + "beside \(route.name) may take or lose it; target the Gateway"
            : "authentication does not follow the model of AI route \(route.name); target its Gateway",
          at: isSelected ? attachment.path : attachment.path.appending("kind"), in: index,
          severity: isAlone ? .info : nil)
        guard !isSelected, gateways.count == 1, let gateway = gateways.first,
          gateway.namespace == policy.namespace
        else { continue }
        report.attach(
          Fix(
            "target Gateway \(gateway.name)",
            [
              .set(document: index, attachment.path.appending("kind"), .string("Gateway")),
              .set(document: index, attachment.path.appending("name"), .string(gateway.name)),
              .remove(document: index, attachment.path.appending("sectionName")),
            ], caution: bundle.serves(othersThan: route, on: gateway) ? .guess : nil))
      }
    })
}

extension ResourceIndex {
  /// Whether other routes are on a Gateway, whose clients a policy for it asks as well.
  fileprivate func serves(othersThan route: AIGatewayRoute, on gateway: ObjectKey) -> Bool {
    routes.contains { $0.route !== route && $0.route.attachment.gateways.contains(gateway) }
      || (plainHTTPRoutes + grpcRoutes).contains {
        $0.route.attachment.gateways.contains(gateway)
      }
      || mcpRoutes.contains { $0.attachment.gateways.contains(gateway) }
  }
}
