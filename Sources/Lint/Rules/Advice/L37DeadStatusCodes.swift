import Schemas
import Resources
import YAML

extension Rule {
  static let deadStatusCodes = Rule(
    "L37", "dead-status-codes", .warning,
    "httpStatusCodes without the trigger retriable-status-codes, or the reverse",
    why: "httpStatusCodes count only with the trigger retriable-status-codes, and the trigger has "
      + "no effect without codes. 429 is retried only if it is listed.",
    bad: "retryOn: {triggers: [connect-failure], httpStatusCodes: [429]}",
    good: "retryOn: {triggers: [connect-failure, retriable-status-codes], httpStatusCodes: [429]}",
    reference: Citation.envoyGateway("internal/xds/translator/route.go"),
    repair: .automatic,
    .policy { policy, report in
      guard let retry = policy.traffic.retry else { return }
      // What is merged has the parent's retryOn for what it leaves out.
      let retryOn = policy.spec.given("retry", "retryOn")
      let isWhole = ["triggers", "httpStatusCodes"].allSatisfy { retryOn?.given($0) != nil }
      guard isWhole || policy.spec.given("mergeType") == nil else { return }
      let codes = retry.writtenCodes ?? []
      if let triggers = retry.writtenTriggers, !triggers.isEmpty {
        let isOn = triggers.contains("retriable-status-codes")
        let path = Path.to("spec", "retry", "retryOn", "triggers")
        if !isOn, !codes.isEmpty {
          let all = triggers + ["retriable-status-codes"]
          report.add(
            "httpStatusCodes have no effect without the trigger retriable-status-codes; add it",
            at: path, fix: "add the trigger", .set(path, .sequence(all.map(Node.string))))
          return
        }
        if isOn, codes.isEmpty {
          let codesPath = Path.to("spec", "retry", "retryOn", "httpStatusCodes")
          report.add(
            "the trigger retriable-status-codes has no codes; list some, such as 429 and 503",
            at: codesPath, fix: "write httpStatusCodes",
            .set(codesPath, .sequence([429, 500, 502, 503, 504].map(Node.integer))))
          return
        }
        guard isOn else { return }
      }
      guard !codes.contains(429) else { return }
      report.add(
        "429 (too many requests) is not retried; add it to httpStatusCodes if it should be",
        at: .to("spec", "retry", "retryOn", "httpStatusCodes"), severity: .info)
    })
}
