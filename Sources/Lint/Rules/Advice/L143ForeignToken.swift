import Resources
import Schemas
import YAML

extension Rule {
  static let foreignToken = Rule(
    "L143.issuer", "foreign-token", .info, "an MCPRoute that takes tokens for any audience",
    why:
      "AI Gateway compares tokens with the audiences only, not with the issuer, by whose keys "
      + "they have to be signed. Without audiences a token that was made for something else is let in.",
    bad: "oauth: {issuer: https://id.example.com}",
    good: "oauth: {issuer: https://id.example.com, audiences: [https://mcp.example.com]}",
    reference: Citation.aiGateway("internal/controller/mcp_route_security_policy.go"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        guard let oauth = route.spec.given("securityPolicy", "oauth"),
          oauth.list("audiences").isEmpty
        else { continue }
        report.add(
          "any token that the issuer's keys sign is let in, whatever it is for and, as AI Gateway does "
            + "not compare the issuer, whoever issued it; write audiences",
          at: .to("spec", "securityPolicy", "oauth"), in: route.index)
      }
    })
}
