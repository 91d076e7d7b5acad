import Resources
import Schemas
import YAML

extension Rule {
  static let quotaLimit = Rule(
    "L135", "quota-limit", .error, "a quota limit outside the range that is counted",
    why: "The API server accepts any number, but AI Gateway counts in 32 bits: numbers outside "
      + "that range turn into unintended limits, and a default of 0 means no limit at all.",
    bad: "defaultBucket: {limit: -1, duration: 1h}",
    good: "defaultBucket: {limit: 1000, duration: 1h}",
    reference: Upstream.aiGateway("internal/ratelimit/translator/translator.go"),
    .bundle { index, report in
      for policy in index.quotaPolicies {
        for quota in policy.quotas {
          var places = [Path.to("defaultBucket", "limit")]
          places += quota.quota.list("bucketRules").indices.map {
            .to("bucketRules", $0, "quota", "limit")
          }
          for place in places {
            guard let limit = quota.quota[place]?.integer, !(1...4_294_967_295).contains(limit)
            else { continue }
            report.add(
              "\(limit) is no limit that is counted; use 1 to 4294967295",
              at: quota.path.appending("quota").appending(place), in: policy.index)
          }
        }
      }
    })
}
