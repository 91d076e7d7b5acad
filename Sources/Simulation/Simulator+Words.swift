import Kinds
import Manifest

extension Simulator {
  /// Who answers and what decided between it and the next that fits.
  func reason(for winner: Candidate, among considered: [Answer.Considered]) -> String {
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
      + rival.by.words(winner.precedence, rival.candidate.precedence)
  }

  /// What is worth knowing about an answer with a backend.
  func remarks(on answer: Answer, _ split: Split, isChecked: Bool) -> [String] {
    var remarks: [String] = []
    if let tie = answer.considered.first(where: { $0.loss == .outranked(by: .routeName) }),
      tie.rule != nil
    {
      remarks.append(
        "tie: \(tie.candidate.title) fits as well; routes of one age go by namespace and name, "
          + "and the older HTTPRoute wins otherwise")
    }
    remarks += answer.timeRemarks
    remarks += failoverRemarks(answer, split, isChecked: isChecked)
    remarks += grantRemarks(answer)
    for part in answer.backends where part.isPool && part.isOverridden {
      remarks.append("whether modelNameOverride holds for a pool is not certain; do not rely on it")
    }
    return remarks
  }

  /// Envoy Gateway wants a grant of its own, for what the HTTPRoute refers to (domain.md 2.7).
  private func grantRemarks(_ answer: Answer) -> [String] {
    guard let home = answer.route?.namespace else { return [] }
    var remarks: [String] = []
    for backend in answer.backends where backend.weight > 0 {
      let kind = backend.isPool ? Known.Kind.pool : .backend
      let target: ObjectKey?
      switch backend.kind {
      case "InferencePool": target = backend.name
      case "AIServiceBackend":
        // One that is not among the documents is taken to have its Backend beside it.
        target =
          known.backendName(of: backend.name)
          ?? ObjectKey(namespace: backend.name.namespace, name: "")
      default: target = nil
      }
      guard let target, target.namespace != home else { continue }
      let name = target.name.isEmpty ? nil : target.name
      if !known.allows(.httpRoute, of: home, to: kind, in: target.namespace, name: name) {
        remarks.append(
          "no ReferenceGrant here lets HTTPRoutes of \(home) refer to \(kind.name)s in "
            + "\(target.namespace): without one the share of \(backend.name.name) answers 500")
      }
    }
    return remarks
  }

  private func failoverRemarks(_ answer: Answer, _ split: Split, isChecked: Bool) -> [String] {
    guard split.tiers.count > 1 else { return [] }
    if let exception = split.exception {
      return ["priorities have no effect: \(exception)"]
    }
    var remarks: [String] = []
    guard let retry = answer.retry else {
      let help =
        isChecked
        ? "only a backend that health checks took out makes room for the next priority"
        : "priority \(split.tiers[1]) is used only while Envoy cannot resolve the first"
      return ["no retry policy: a failure goes straight to the client; \(help)"]
    }
    guard let each = retry.attemptsPerPriority else {
      return ["retries stay in priority \(split.tiers[0]): numAttemptsPerPriority is not set"]
    }
    let (product, isHuge) = each.multipliedReportingOverflow(by: split.tiers.count - 1)
    if isHuge || retry.retries < product {
      remarks.append(
        "\(retry.retries) retries never reach priority \(split.tiers.last ?? 0): that takes "
          + "\(isHuge ? each : product)")
    }
    if split.tiers.contains(where: { $0 > 128 }) {
      remarks.append("Envoy takes no priority above 128")
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
      backend.milliseconds != request.milliseconds
    {
      remarks.append(
        "backendRequest \(backend.text) is the time for the whole request, not for one try; "
          + "request \(request.text) has no effect")
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
  func words(_ winner: Precedence, _ loser: Precedence) -> String {
    switch self {
    case .pathType: "an exact path goes before an expression, and that before a prefix"
    case .pathLength:
      "longer paths go first, \(winner.pathLength) bytes before \(loser.pathLength)"
    case .headers: "more headers go first, \(winner.headers) before \(loser.headers)"
    case .exactHeaders:
      "of as many headers those with more Exact ones go first, \(winner.exactHeaders) before "
        + "\(loser.exactHeaders)"
    case .queries:
      "more query parameters go first, \(winner.queries) before \(loser.queries)"
    case .routeName: "tie: both are taken to be of one age, so namespace and name decide"
    case .ruleOrder: "its rule stands first"
    case .matchOrder: "its match stands first"
    }
  }
}

extension BufferLimit {
  /// Where the limit comes from.
  package var origin: String {
    policy.map { "bufferLimit \(text) of ClientTrafficPolicy \($0.name)" }
      ?? "Envoy Gateway's default, as no ClientTrafficPolicy sets another"
  }
}
