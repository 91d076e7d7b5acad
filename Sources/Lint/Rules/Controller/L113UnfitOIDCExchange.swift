import Resources
import Schemas
import YAML

extension Rule {
  static let unfitOIDCExchange = Rule(
    "L113", "unfit-oidc-exchange", .error, .controller,
    "an OIDC exchange that the API server accepts but the controller cannot perform",
    why: "The controller requires clientID, and the namespace of clientSecret even if it is the "
      + "policy's own; aud and grantType are ignored. Without a token the policy is not accepted, "
      + "and requests get 500.",
    bad: "oidc: {clientID: x, clientSecret: {name: s}}",
    good: "oidc: {clientID: x, clientSecret: {name: s, namespace: ai}}",
    reference: Citation.aiGateway("internal/controller/tokenprovider/oidc_token_provider.go"),
    repair: .automatic,
    .document { document, report in
      guard case .credentials(let policy) = document.content else { return }
      for exchange in policy.exchanges {
        let oidc = exchange.path.appending("oidc")
        if let secret = exchange.node.given("oidc", "clientSecret"),
          secret.given("namespace") == nil
        {
          report.add(
            "the controller refuses a clientSecret without a namespace: the policy is not "
              + "accepted, and requests get 500; write one", at: oidc.appending("clientSecret"))
          if let namespace = document.writtenNamespace {
            report.attach(
              Fix(
                "write namespace \(namespace)",
                [
                  .set(
                    document: document.index, oidc.appending(.to("clientSecret", "namespace")),
                    .string(namespace))
                ]))
          }
        }
        if exchange.node.given("oidc", "clientIDRef") != nil {
          report.add(
            "the controller reads clientID only, and fails without it; write clientID",
            at: oidc.appending("clientIDRef"))
        }
        for field in ["aud", "grantType"] where exchange.node.given(field) != nil {
          let path = exchange.path.appending(field)
          report.add(
            "nothing reads \(field); leave it out", at: path, severity: .warning,
            fix: "remove \(field)", .remove(path))
        }
      }
    })
}
