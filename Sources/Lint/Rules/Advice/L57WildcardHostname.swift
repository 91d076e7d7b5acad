import Resources
import Schemas
import YAML

extension Rule {
  static let wildcardHostname = Rule(
    "L57", "wildcard-hostname", .info, "a wildcard hostname",
    why: "Requests for all hosts below it are routed, but for /v1/models the wildcard stands for "
      + "one label only.",
    bad: "hostnames: [\"*.example.com\"]", good: "hostnames: [api.example.com]",
    reference: Citation.aiGateway("internal/extproc/models_processor.go"),
    .route { route, report in
      for (index, host) in route.hostnames.enumerated() where host.hasPrefix("*.") {
        report.add(
          "\(host.quoted) covers hosts of any depth, while /v1/models answers for one label only",
          at: .to("spec", "hostnames", index))
      }
    })
}
