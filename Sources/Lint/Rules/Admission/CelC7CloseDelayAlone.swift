import Schemas
import YAML
import Resources

extension Rule {
  static let closeDelayAlone = Rule(
    "cel.C7", "close-delay-alone", .error, .admission, "closeDelay without value",
    why: "closeDelay belongs to a connection limit, which value sets.",
    bad: "connectionLimit: {closeDelay: 1s}", good: "connectionLimit: {value: 100, closeDelay: 1s}",
    reference: Citation.envoyGatewayCRD("clienttrafficpolicies"),
    .policy { policy, report in
      guard policy.kind == .client,
        case .mapping(let limit)? = policy.node["spec"]?["connection"]?["connectionLimit"],
        limit.holds("closeDelay"), !limit.holds("value")
      else { return }
      report.add(
        "closeDelay needs value beside it; write the number of connections",
        at: .to("spec", "connection", "connectionLimit", "closeDelay"),
        field: .to("spec", "connection", "connectionLimit"))
    })
}
