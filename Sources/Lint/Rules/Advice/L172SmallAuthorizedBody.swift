import Resources
import Schemas
import YAML

extension Rule {
  static let smallAuthorizedBody = Rule(
    "L172", "small-authorized-body", .warning,
    "a body for the authorization service of which less than 1Mi is taken",
    why:
      "With bodyToExtAuth Envoy holds the whole body of a request for the authorization service, "
      + "and a body above maxRequestBytes gets 413. Requests with an image or a long chat history "
      + "need more than 1Mi.",
    bad: "bodyToExtAuth: {maxRequestBytes: 8192}",
    good: "bodyToExtAuth: {maxRequestBytes: 52428800}",
    reference: Citation.envoyGateway("api/v1alpha1/ext_auth_types.go"),
    .policy { policy, report in
      guard policy.kind == .security, let limit = policy.spec.authorizedBody, limit < 1 << 20 else {
        return
      }
      let path = Path.to("spec", "extAuth", "bodyToExtAuth", "maxRequestBytes")
      report.add(
        "requests with more than \(limit) bytes get 413, little for AI requests; use 52428800 or so",
        at: path, fix: "write 52428800", .set(path, .integer(52_428_800)))
    })
}
