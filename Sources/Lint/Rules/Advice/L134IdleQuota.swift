import Resources
import Schemas
import YAML

extension Rule {
  static let idleQuota = Rule(
    "L134", "idle-quota", .warning, "a part of a QuotaPolicy that has no effect",
    why: "AI Gateway counts perModelQuotas only, and distinguishes clients by headers only. "
      + "Everything else is accepted and ignored.",
    bad: "serviceQuota: {quota: {limit: 1000, duration: 1h}}",
    good:
      "perModelQuotas: [{modelName: gpt-4o, quota: {defaultBucket: {limit: 1000, duration: 1h}}}]",
    reference: Upstream.aiGateway("site/docs/capabilities/traffic/quota-policy.md"),
    .bundle { index, report in
      for policy in index.quotaPolicies {
        if policy.spec.given("serviceQuota") != nil {
          report.add(
            "a quota of the whole backend is not enforced; write perModelQuotas",
            at: .to("spec", "serviceQuota"), in: policy.index)
        } else if policy.quotas.isEmpty {
          report.add(
            "without perModelQuotas nothing is counted; write some", at: .to("spec"),
            in: policy.index)
        }
        for quota in policy.quotas {
          for path in quota.idleSelectors {
            report.add(
              "of clients only headers are looked at; use headers", at: path, in: policy.index)
          }
        }
      }
    })
}

extension QuotaPolicy.ModelQuota {
  /// Where it tells clients apart by other than headers.
  fileprivate var idleSelectors: [Path] {
    quota.list("bucketRules").enumerated().flatMap { rule, node in
      node.list("clientSelectors").enumerated().flatMap { place, selector in
        ["methods", "path", "queryParams", "sourceCIDR"].filter { selector.given($0) != nil }.map {
          path.appending(.to("quota", "bucketRules", rule, "clientSelectors", place))
            .appending($0)
        }
      }
    }
  }
}
