import Resources
import Schemas
import YAML

extension Simulator {
  /// Who answers and what decided between it and the next that fits.
  func reason(for winner: Candidate, among considered: [Answer.MatchTrace]) -> String {
    var rival: (candidate: Candidate, by: Precedence.Criterion)?
    for other in considered {
      // That route-not-found comes last goes without saying.
      if case .outranked(let by)? = other.loss, other.candidate.rule.index != nil {
        rival = (other.candidate, by)
        break
      }
    }
    let subject = "\(winner.title) takes it"
    guard let rival else { return "\(subject); no other rule does" }
    return "\(subject) before \(rival.candidate.title): "
      + rival.by.reason(winner.precedence, rival.candidate.precedence)
  }

  /// What is worth knowing about an answer with a backend.
  func remarks(on answer: Answer, _ split: TrafficSplit, _ traffic: EffectiveTraffic?) -> [String] {
    var remarks: [String] = []
    if let tie = answer.considered.first(where: { $0.loss == .outranked(by: .routeName) }),
      tie.rule != nil
    {
      remarks.append(
        "tie: \(tie.candidate.title) fits as well; routes of one age go by namespace/name, "
          + "and the older HTTPRoute wins otherwise")
    }
    for (place, backend, refusal) in split.refused {
      let share = answer.backends[place].share.percent
      remarks.append(
        "\(share) of the requests get \(refusal.shareStatus): Envoy Gateway refuses Backend \(backend.key.name) "
          + "(\(refusal.condition))")
    }
    if let balancing = split.evenBalancing, let policy = traffic?.origin("loadBalancer") {
      remarks.append(
        "\(balancing) of BackendTrafficPolicy \(policy.name) takes every endpoint alike, whatever the "
          + "weights"
          + (balancing == "ConsistentHash" ? ", and always the same one for a client" : ""))
    }
    remarks += envoyClusterRemarks(answer, split)
    if let proxy = proxy(of: answer) {
      remarks.append(
        "requests to its AIServiceBackends go through forward proxy \(proxy.address) of GatewayConfig "
          + "\(proxy.configuration.name)"
          + (proxy.gateway == gateway ? "" : ", which is that of Gateway \(proxy.gateway.name)"))
    }
    remarks += answer.timeRemarks
    remarks += failoverRemarks(answer, split, isChecked: traffic?.traffic.hasHealthCheck ?? false)
    for part in answer.backends where part.isPool && part.isOverridden {
      remarks.append("whether modelNameOverride holds for a pool is not certain; do not rely on it")
    }
    return remarks
  }

  /// The forward proxy of the route that answers, where it leads to an AIServiceBackend.
  private func proxy(of answer: Answer) -> ForwardProxy? {
    guard answer.backends.contains(where: { $0.weight > 0 && !$0.isPool }),
      let name = answer.route, let route = index.route(name)?.route
    else { return nil }
    return index.forwardProxies(of: route).lazy.compactMap(\.proxy).first
  }

  /// Effects of whether the backends share one Envoy cluster.
  private func envoyClusterRemarks(_ answer: Answer, _ split: TrafficSplit) -> [String] {
    let live = answer.backends.filter { $0.weight > 0 }
    var remarks: [String] = []
    if let backend = split.speaksHTTP2 {
      remarks.append(
        "every backend of the rule is spoken to in HTTP/2, as appProtocols of Backend "
          + "\(backend.key.name) ask")
    }
    guard split.isLive, answer.endpoint != nil else { return remarks }
    if live.contains(where: { $0.settings != nil && $0.settings != $0.refIndex }),
      let first = answer.backends.first
    {
      remarks.append(
        "all Backends of the rule have IP addresses, which AI Gateway takes for those of its first "
          + "backendRef: every request gets the model, schema, credentials and changes of "
          + "\(first.name.name)")
    }
    return remarks
  }

  private func failoverRemarks(_ answer: Answer, _ split: TrafficSplit, isChecked: Bool) -> [String]
  {
    guard split.priorities.count > 1 else { return [] }
    if let exception = split.exception {
      return ["priorities have no effect: \(exception)"]
    }
    var remarks: [String] = []
    guard let retry = answer.retry else {
      let help =
        isChecked
        ? "only a backend that health checks took out makes room for the next priority"
        : "priority \(split.priorities[1]) is used only while Envoy cannot resolve the first"
      return ["no retry policy: a failure goes straight to the client; \(help)"]
    }
    guard let each = retry.attemptsPerPriority else {
      return ["retries stay in priority \(split.priorities[0]): numAttemptsPerPriority is not set"]
    }
    let (product, isHuge) = each.multipliedReportingOverflow(by: split.priorities.count - 1)
    if isHuge || retry.retries < product {
      remarks.append(
        "\(retry.retries) retries never reach priority \(split.priorities.last ?? 0): that takes "
          + "\(isHuge ? each : product)")
    }
    return remarks
  }
}

extension Answer {
  /// What is worth knowing about the times that hold, an overrun first.
  package var timeRemarks: [String] {
    guard let timeouts else { return [] }
    var remarks: [String] = []
    if let backend = timeouts.backendRequest, let request = timeouts.request,
      backend.milliseconds != request.milliseconds,
      timeouts.total?.milliseconds == backend.milliseconds
    {
      remarks.append(
        "backendRequest \(backend.text) is the time for the whole request, not for one try; "
          + "request \(request.text) has no effect")
    }
    if let limit = timeouts.maxStream, limit == timeouts.total {
      remarks.append("every request and stream ends after \(limit.text): \(limit.origin)")
    }
    let tries = (retry?.retries ?? 0)
    if let each = timeouts.perTry?.milliseconds, let total = timeouts.total?.milliseconds,
      total > 0, each > 0, tries > 0
    {
      let fitting = (total - 1) / each + 1
      if fitting <= tries {
        remarks.append(
          "of \(tries.saturatingSuccessor) tries of \(timeouts.perTry?.text ?? "") each, only "
            + "\(fitting) begin within \(timeouts.total?.text ?? "")")
      }
    }
    if let idle = timeouts.streamIdle, let pause = idle.milliseconds,
      let total = timeouts.total, let whole = total.milliseconds, whole > 0, pause >= whole
    {
      remarks.append(
        "a pause of \(idle.text) is never waited for: all ends after \(total.text)")
    } else if let idle = timeouts.streamIdle, !(retry?.triggers.contains("reset") ?? false) {
      remarks.append(
        "a pause of \(idle.text) ends the stream and is not tried again: no retry policy has the "
          + "trigger reset")
    }
    return remarks
  }
}

extension Int {
  /// One more, or the greatest number there is.
  var saturatingSuccessor: Int { self == .max ? self : self + 1 }
}

extension Precedence.Criterion {
  /// Why one precedence goes before another, which this criterion decided.
  func reason(_ winner: Precedence, _ loser: Precedence) -> String {
    switch self {
    case .pathType: "an exact path goes before an expression, and that before a prefix"
    case .pathLength:
      "longer paths go first, \(winner.pathLength) bytes before \(loser.pathLength)"
    case .headers: "more headers go first, \(winner.headers) before \(loser.headers)"
    case .exactHeaders:
      "with equal header counts, more Exact headers win, \(winner.exactHeaders) before "
        + "\(loser.exactHeaders)"
    case .cookies: "more cookies go first, \(winner.cookies) before \(loser.cookies)"
    case .exactCookies:
      "of as many cookies those with more Exact ones go first, \(winner.exactCookies) before "
        + "\(loser.exactCookies)"
    case .queries:
      "more query parameters go first, \(winner.queries) before \(loser.queries)"
    case .exactQueries:
      "of as many query parameters those with more Exact ones go first, \(winner.exactQueries) "
        + "before \(loser.exactQueries)"
    case .age: "its route is older"
    case .routeName: "tie: the ages are equal or unknown, so namespace/name decides"
    case .ruleOrder: "its rule stands first"
    case .matchOrder: "its match stands first"
    }
  }
}
