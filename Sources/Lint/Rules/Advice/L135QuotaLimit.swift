import Resources
import Schemas
import YAML

extension Rule {
  static let quotaLimit = Rule(
    "L135", "quota-limit", .error, "a quota limit outside the range that is counted",
    why: "The API server accepts any number, but AI Gateway counts in 32 bits, so that numbers "
      + "outside that range turn into unintended limits; a default of 0 or less is no limit at all.",
    bad: "defaultBucket: {limit: -1, duration: 1h}",
    good: "defaultBucket: {limit: 1000, duration: 1h}",
    reference: Citation.aiGateway("internal/ratelimit/translator/translator.go"),
    .bundle { index, report in
      for policy in index.quotaPolicies {
        for quota in policy.quotas {
          let rules = quota.quota.list("bucketRules").indices
          let standard = Path.to("defaultBucket", "limit")
          for place in [standard] + rules.map({ .to("bucketRules", $0, "quota", "limit") }) {
            guard let limit = quota.quota[place]?.integer, !(1...4_294_967_295).contains(limit)
            else { continue }
            let effect =
              limit <= 0 && place == standard
              ? "is no limit\(rules.isEmpty ? "" : " for requests that no bucketRules are for")"
              : "counts as \(UInt32(truncatingIfNeeded: limit))"
            report.add(
              "\(limit) \(effect); use 1 to 4294967295",
              at: quota.path.appending("quota").appending(place), in: policy.index)
          }
        }
      }
    })
}
