import Resources
import Schemas
import YAML

extension Rule {
  static let laterPrefix = Rule(
    "L152", "later-prefix", .warning, "a schema prefix that the release ignores",
    why: "Since 0.7 the schema Anthropic uses the prefix. Before that, requests go to /v1 whatever "
      + "it says, and the provider answers 404. Fields that a release does not have at all are "
      + "reported as schema.release.",
    bad: "schema: {name: Anthropic, prefix: /api/v1}, release 0.6",
    good: "release 0.7, or a backend that serves /v1",
    reference: Citation.aiGateway("internal/controller/gateway.go", release: "v0.7.0"),
    .service { service, report in
      guard report.release < .v0_7, service.schema == "Anthropic", let prefix = service.prefix,
        !["", "v1", "/v1", "/v1/", "v1/"].contains(prefix)
      else { return }
      report.add(
        "AI Gateway \(report.release.rawValue) reads no prefix of schema Anthropic and asks below "
          + "/v1; use 0.7 or later", at: .to("spec", "schema", "prefix"))
    })
}
