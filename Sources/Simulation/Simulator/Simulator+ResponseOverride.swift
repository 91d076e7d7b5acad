import Resources
import Schemas
import YAML

extension Simulator {
  /// Makes of an answer what `responseOverride` does. Envoy decides by the first match whether that filter
  /// runs at all; without a source it replaces answers of Envoy and of the backend alike
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/custom_response.go).
  func override(_ answer: inout Answer) {
    guard let match = answer.firstMatch,
      let listener = listeners.first(where: { $0.name == answer.listener }),
      let traffic = traffic(for: match, on: listener), index.refusals(of: traffic).isEmpty,
      let policy = traffic.origin("responseOverride")
    else { return }
    let rules = traffic.traffic.spec.list("responseOverride")
    let subject = "responseOverride of BackendTrafficPolicy \(policy.name)"
    if !answer.backends.isEmpty, answer.status == .done {
      if rules.contains(where: { $0.given("source")?.text != "Local" }) {
        answer.reservations.append("\(subject) replaces some answers of the backend")
      }
      return
    }
    let isLocal = answer.isLocal
    let rule = rules.first {
      $0.isFor(answer.status.rawValue) && ($0.isFor(localAnswers: isLocal) ?? true)
    }
    guard let rule else { return }
    let replaced = "\(subject) replaces answers of \(answer.status.rawValue)"
    let written = rule.given("response", "statusCode")?.integer
    if let status = written.flatMap(Answer.Status.init), rule.isFor(localAnswers: isLocal) == true {
      answer.reason += "; \(replaced) by \(status.rawValue)"
      answer.status = status
      return
    }
    let status = written ?? rule.given("redirect").map { $0.given("statusCode")?.integer ?? 302 }
    answer.reservations.append(replaced + (status.map { " by \($0)" } ?? ", but not their status"))
  }
}

extension Answer {
  /// Whether Envoy takes it for one of its own: nil where a backend that is down may have answered itself,
  /// and for preflights and logins, which filters answer without such a mark.
  fileprivate var isLocal: Bool? {
    down.isEmpty && status != .done && status != .found ? true : nil
  }
}

extension Node {
  /// Whether a rule of `responseOverride` is for answers by what is known of their source.
  fileprivate func isFor(localAnswers isLocal: Bool?) -> Bool? {
    switch given("source")?.text {
    case "Local": isLocal
    case "Backend": isLocal.map { !$0 }
    case _: true
    }
  }

  /// Whether a rule of `responseOverride` is for a status.
  fileprivate func isFor(_ status: Int) -> Bool {
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
