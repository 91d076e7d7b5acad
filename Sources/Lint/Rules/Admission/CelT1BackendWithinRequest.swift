import Schemas
import YAML
import Resources

extension Rule {
  static let backendWithinRequest = Rule(
    "cel.T1", "backend-within-request", .error, .admission, "backendRequest longer than request",
    why: "The backend timeout is part of the request timeout.",
    bad: "timeouts: {request: 60s, backendRequest: 300s}",
    good: "timeouts: {request: 300s, backendRequest: 300s}",
    reference: Citation.aiGatewayCRD("aigatewayroutes"),
    repair: .confirmed,
    .routeRule { rule, report in
      let timeouts = rule.node["timeouts"]
      guard let request = timeouts?["request"]?.text,
        let backend = timeouts?["backendRequest"]?.text
      else { return }
      let (whole, part) = (GoDuration.nanoseconds(request), GoDuration.nanoseconds(backend))
      guard whole != 0, part != 0 || whole == nil else { return }
      let path = Path.to("timeouts", "backendRequest")
      guard let whole, let part else {
        report.add(
          "backendRequest and request cannot be compared; write both as durations",
          at: path, field: .to("timeouts"))
        return
      }
      guard part > whole else { return }
      guard let most = rule.request, let length = rule.backendRequest.map(GatewayDuration.text)
      else {
        report.add(
          "backendRequest is longer than request; use a shorter one", at: path,
          field: .to("timeouts"))
        return
      }
      report.add(
        "backendRequest is longer than request; use at most "
          + "\(GatewayDuration.text(milliseconds: most)), or write request \(length)", at: path,
        field: .to("timeouts"), caution: .guess,
        fix: "write request \(length)", .set(.to("timeouts", "request"), .string(length)))
    })
}
