import Schemas
package import YAML

/// Why nobody is let in, whoever asks (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/securitypolicy.go).
package struct DenyAll: Sendable {
  /// The part of the SecurityPolicy, from its root.
  package let path: Path
  package let status: Int
  package let advice: String

  /// Nil where the spec of a SecurityPolicy lets somebody in.
  package init?(of spec: Node) {
    if let authorization = spec.given("authorization"), authorization.allowsNothing {
      path = .to("spec", "authorization")
      status = 403
      advice = "no rule allows a request; write one, or defaultAction Allow"
    } else if let keys = spec.given("apiKeyAuth"), keys["credentialRefs"]?.items.isEmpty == true {
      path = .to("spec", "apiKeyAuth", "credentialRefs")
      status = 401
      advice = "without a Secret here no key fits; name one"
    } else {
      return nil
    }
  }
}

extension Node {
  /// Whether no rule of it allows anything, and neither does the default.
  package var allowsNothing: Bool {
    given("defaultAction")?.text ?? "Deny" == "Deny"
      && !list("rules").contains { $0.given("action")?.text ?? "Allow" == "Allow" }
  }
}
