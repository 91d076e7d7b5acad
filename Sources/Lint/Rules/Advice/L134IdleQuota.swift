import Resources
import Schemas
import YAML

extension Rule {
  static let idleQuota = Rule(
    "L134", "idle-quota", .warning, "a part of a QuotaPolicy that has no effect",
    why:
      "AI Gateway counts perModelQuotas only (of two for one model and AIServiceBackend the first "
      + "by name), and distinguishes clients by headers only; what requests cost it charges without "
      + "regard to Distinct and invert. A request is refused only where all quotas of its rule and all "
      + "buckets for its client are exhausted; a rule with a cluster of each Backend has none. "
      + "Everything else is accepted and ignored.",
    bad: "serviceQuota: {quota: {limit: 1000, duration: 1h}}",
    good:
      "perModelQuotas: [{modelName: gpt-4o, quota: {defaultBucket: {limit: 1000, duration: 1h}}}]",
    reference: Citation.aiGateway("site/docs/capabilities/traffic/quota-policy.md"),
    .bundle { index, report in
      let holders = index.quotaHolders
      let policies = index.quotaPolicies
      if !policies.isEmpty, index.release >= .v0_7 { report.addRules(with: policies, in: index) }
      for policy in policies {
        guard index.release >= .v0_7 else {
          report.add(
            "AI Gateway \(index.release.rawValue) accepts QuotaPolicies but does not enforce "
              + "them; 0.7 and later do", at: .to("spec"), in: policy.index)
          continue
        }
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
          if quota.quota.list("bucketRules").isEmpty, quota.quota.given("defaultBucket") == nil {
            report.add(
              "without defaultBucket or bucketRules AI Gateway does not accept the policy, and none "
                + "of its quotas is enforced; write one", at: quota.path.appending("quota"),
              in: policy.index, severity: .error, source: .controller)
          }
          if let other = holders.holder(over: quota, of: policy) {
            report.add(
              "QuotaPolicy \(other.name) has a quota of this model for the same AIServiceBackend, "
                + "and holds because it is first by name; leave one out", at: quota.path,
              in: policy.index)
          }
          for path in quota.headersWithoutValue {
            report.add(
              "without a value it fits only requests in which the header is empty; write a value, "
                + "or type Distinct", at: path, in: policy.index)
          }
          report.addBuckets(of: quota, in: policy.index)
          for (path, problem) in quota.unchargedSelectors {
            report.add(problem, at: path, in: policy.index)
          }
          for path in quota.idleSelectors {
            report.add(
              "clientSelectors distinguish clients by headers only; use headers", at: path,
              in: policy.index)
          }
        }
      }
    })
}

extension QuotaPolicy.ModelQuota {
  /// By what its rules distinguish clients, each selector with its place.
  private var clientSelectors: [(path: Path, node: Node)] {
    quota.list("bucketRules").enumerated().flatMap { rule, node in
      node.list("clientSelectors").enumerated().map { place, selector in
        (path.appending(.to("quota", "bucketRules", rule, "clientSelectors", place)), selector)
      }
    }
  }

  /// Headers of clients without the value that they are to have.
  fileprivate var headersWithoutValue: [Path] {
    clientSelectors.flatMap { path, selector in
      selector.list("headers").enumerated().compactMap { number, header in
        let value = header.given("value")
        return header.given("type")?.text != "Distinct" && (value == nil || value?.text == "")
          ? path.appending(.to("headers", number)) : nil
      }
    }
  }

  /// Headers by which clients are told apart whom nothing is charged to, and why.
  fileprivate var unchargedSelectors: [(path: Path, problem: String)] {
    clientSelectors.flatMap { path, selector in
      selector.list("headers").enumerated().compactMap { number, header in
        let place = path.appending(.to("headers", number))
        if header.given("type")?.text == "Distinct" {
          return (
            place.appending("type"),
            "the cost of requests is charged to one counter for all, and never to that of a client, "
              + "who is only counted requests; name the values of clients, each in a rule"
          )
        }
        guard header.given("invert")?.bool == true else { return nil }
        return (
          place.appending("invert"),
          "the cost of requests is charged where the header does fit, and never to the clients that "
            + "the rule is for; write a rule without invert"
        )
      }
    }
  }

  /// Where it distinguishes clients by other than headers.
  fileprivate var idleSelectors: [Path] {
    clientSelectors.flatMap { path, selector in
      ["methods", "path", "queryParams", "sourceCIDR"].filter { selector.given($0) != nil }
        .map(path.appending)
    }
  }
}
