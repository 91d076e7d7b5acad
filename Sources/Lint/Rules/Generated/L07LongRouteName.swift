import Schemas
import Resources
import YAML

extension Rule {
  static let longRouteName = Rule(
    "L07", "long-route-name", .error, .generated, "a route name longer than 222 characters",
    why: "The generated HTTPRouteFilter adds a prefix of 31 characters to the name, and names are "
      + "limited to 253.",
    bad: "metadata: {name: (230 characters)}", good: "metadata: {name: openai-route}",
    reference: Citation.aiGateway("internal/controller/ai_gateway_route.go"),
    .route { route, report in
      let count = route.name.utf8.count
      guard count > 222, count <= 253 else { return }
      report.add(
        "name has \(count) characters and the generated HTTPRouteFilter's would be too long; "
          + "use at most 222", at: .to("metadata", "name"))
    })
}
