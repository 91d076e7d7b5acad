import Resources
import Schemas
import YAML

extension Rule {
  static let secretInMatch = Rule(
    "L58", "secret-in-match", .warning, "a credential in a header match",
    why: "The value is in clear text in etcd and in every copy of the route.",
    bad: "{name: Authorization, value: Bearer abc}",
    good: "a SecurityPolicy with apiKeyAuth",
    reference: Citation.aiGateway("examples/inference-pool/aigwroute.yaml"),
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        where Rule.secretHeaders.contains(header.name.lowercased())
          && !Credential.isLikely(header.value)
        {
          // What looks like a credential is reported by L109.
          report.add(
            "\(header.name.quoted) holds a secret, which would stand here in clear text; use a "
              + "SecurityPolicy", at: .to("matches", place, "headers", index))
        }
      }
    })
}
