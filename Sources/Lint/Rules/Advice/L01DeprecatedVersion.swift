import Resources
import Schemas
import YAML

extension Rule {
  static let deprecatedVersion = Rule(
    "L01", "deprecated-version", .info, "a deprecated apiVersion",
    why: "It works, with a warning on apply; a future release will no longer serve it. The fields "
      + "are the same in the newer version.",
    bad: "apiVersion: aigateway.envoyproxy.io/v1alpha1",
    good: "apiVersion: aigateway.envoyproxy.io/v1beta1",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .automatic, traits: .form,
    .document { document, report in
      guard let resource = document.resource, let apiVersion = document.apiVersion,
        resource.version(of: apiVersion)?.isDeprecated == true,
        let newer = resource.apiVersions.first, !document.isOldTLSPolicy
      else { return }
      report.add(
        "\(apiVersion) is deprecated; \(newer) has the same fields", at: .to("apiVersion"),
        fix: "write \(newer)", .set(.to("apiVersion"), .string(newer)))
    })
}
