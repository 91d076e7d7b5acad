import Schemas
import YAML
import Resources

extension Simulator {
  /// What `responseOverride` of the policy on the route makes of an answer. Without a source it
  /// replaces answers of Envoy and of the backend alike (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/custom_response.go).
  func responseOverrideReservations(_ answer: Answer) -> [String] {
    guard let match = answer.lastMatch,
      let listener = listeners.first(where: { $0.name == answer.listener }),
      let traffic = traffic(for: match, on: listener), index.refusals(of: traffic).isEmpty,
      let policy = traffic.origin("responseOverride")
    else { return [] }
    let rules = traffic.traffic.spec.list("responseOverride")
    let subject = "responseOverride of BackendTrafficPolicy \(policy.name)"
    if !answer.backends.isEmpty, answer.status == .done {
      let isOfBackends = rules.contains { $0.given("source")?.text != "Local" }
      return isOfBackends ? ["\(subject) replaces some answers of the backend"] : []
    }
    let rule = rules.first { rule in
      (rule.given("source")?.text != "Backend" || !answer.down.isEmpty)
        && rule.replaces(answer.status.rawValue)
    }
    guard let rule else { return [] }
    let status =
      rule.given("response", "statusCode")?.integer
      ?? rule.given("redirect").map { $0.given("statusCode")?.integer ?? 302 }
    return [
      "\(subject) replaces answers of \(answer.status.rawValue)"
        + (status.map { " by \($0)" } ?? ", but not their status")
    ]
  }
}

extension Node {
  /// Whether a rule of `responseOverride` is for a status.
  fileprivate func replaces(_ status: Int) -> Bool {
    (given("match")?.list("statusCodes") ?? []).contains { code in
      guard code.given("type")?.text == "Range" else {
        return code.given("value")?.integer == status
      }
      guard let start = code.given("range", "start")?.integer,
        let end = code.given("range", "end")?.integer
      else { return false }
      return start <= status && status <= end
    }
  }
}
