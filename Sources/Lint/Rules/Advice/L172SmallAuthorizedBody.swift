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
    repair: .confirmed,
    .bundle { bundle, report in
      for holder in bundle.securityPolicies.all {
        guard let limit = holder.policy.spec.authorizedBody, limit < 1 << 20,
          !bundle.isForPlainRoutes(holder.policy)
        else { continue }
        let path = Path.to("spec", "extAuth", "bodyToExtAuth", "maxRequestBytes")
        report.add(
          "requests with more than \(limit) bytes get 413, little for AI requests; use 52428800 or "
            + "so", at: path, in: holder.index)
        report.attach(
          Fix(
            "write 52428800", [.set(document: holder.index, path, .integer(52_428_800))],
            caution: .guess))
      }
    })
}

extension ResourceIndex {
  /// Whether a policy names nothing but HTTPRoutes with which AI Gateway has nothing to do.
  fileprivate func isForPlainRoutes(_ policy: Policy) -> Bool {
    !policy.targets.isEmpty && !policy.hasSelectors
      && policy.targets.allSatisfy { target in
        let key = ObjectKey(policy.namespace, target.name)
        return target.kind == GroupKind.httpRoute.kind && route(key) == nil
          && httpRoute(key).map { !$0.route.isGenerated } ?? false
      }
  }
}
