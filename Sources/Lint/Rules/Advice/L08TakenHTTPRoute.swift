import Schemas
import Resources
import YAML

extension Rule {
  static let takenHTTPRoute = Rule(
    "L08", "taken-httproute", .warning, "an HTTPRoute with the same name as the AIGatewayRoute",
    why: "The controller takes over an HTTPRoute with that name and overwrites its rules.",
    bad: "HTTPRoute web beside AIGatewayRoute web",
    good: "HTTPRoute web beside AIGatewayRoute chat",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
    .bundle { bundle, report in
      for (_, plain) in bundle.httpRoutes where !plain.isGenerated {
        guard let (index, route) = bundle.route(plain.key) else { continue }
        report.add(
          "the HTTPRoute \(route.name) of these documents would be overwritten; "
            + "use another name", at: .to("metadata", "name"), in: index)
      }
    })
}
