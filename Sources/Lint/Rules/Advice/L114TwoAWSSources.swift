import Resources
import Schemas
import YAML

extension Rule {
  static let twoAWSSources = Rule(
    "L114", "two-aws-sources", .warning, "AWS credentials from both a file and an OIDC exchange",
    why: "The API server accepts both. Requests are signed with the file; the exchange is "
      + "performed anyway, and if it fails the policy is not accepted.",
    bad: "awsCredentials: {region: r, credentialsFile: {...}, oidcExchangeToken: {...}}",
    good: "awsCredentials: {region: r, oidcExchangeToken: {...}}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .document { document, report in
      guard case .credentials(let policy) = document.content,
        policy.spec.given("awsCredentials", "credentialsFile") != nil,
        policy.spec.given("awsCredentials", "oidcExchangeToken") != nil
      else { return }
      report.add(
        "requests are signed with credentialsFile, and this exchange only costs time; keep one of "
          + "them", at: .to("spec", "awsCredentials", "oidcExchangeToken"))
    })
}
