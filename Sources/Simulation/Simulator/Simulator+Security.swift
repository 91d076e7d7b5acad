import Resources
import Schemas
import YAML

extension Simulator {
  /// Answers 403 where the policies that hold for the final match do not allow the request, as far as
  /// the documents say; those that hold for the first one have authenticated it.
  func endForbidden(
    _ answer: inout Answer, _ request: Request, first: Candidate, final: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    let policies = securityPolicies(for: final, on: listener)
    let spec = index.spec(of: policies)
    guard let own = policies.first?.policy, let authorization = spec.given("authorization"),
      refusedPolicy(nil, final, on: listener) == nil
    else { return false }
    if let denial = index.denial(of: policies), denial.status == 403 {
      answer.deny(.forbidden, own, "denies every request: \(denial.advice)")
      return true
    }
    let verdicts = verdicts(
      of: authorization, on: request, first: first, final: final, on: listener, answer.settled)
    guard Set(verdicts.map(\.isAllowing)).count == 1, let verdict = verdicts.first else {
      return false
    }
    if verdict.isAllowing {
      answer.settled.insert("authorization")
      return false
    }
    answer.deny(
      .forbidden, own,
      "does not allow the request: "
        + (verdicts.count > 1
          ? "no rule of its authorization that may fit allows it, nor does the default"
          : verdict.rule.map { "rule \($0 + 1) of its authorization denies it" }
            ?? "no rule of its authorization fits, and the default is Deny"))
    return true
  }

  /// What may decide whether a request is allowed: the rules that may fit it up to the first that
  /// surely does, or else the default, whose rule is nil.
  private func verdicts(
    of authorization: Node, on request: Request, first: Candidate, final: Candidate,
    on listener: CompiledListener, _ settled: Set<String>
  ) -> [(rule: Int?, isAllowing: Bool)] {
    let holders = securityPolicies(for: first, on: listener)
    let providers = index.spec(of: holders).given("jwt")?.list("providers") ?? []
    let policies = holders.map(\.policy)
    let isRewritten =
      policies.contains { $0.spec.given("extAuth", "grpc") != nil }
      || [first, final].contains { !extensions(for: $0, on: listener).isEmpty }
    let written = Set(policies.flatMap { $0.writtenHeaders(without: settled) })
    let model = final.route.isAI && !request.lacksBody ? WellKnown.modelHeader : nil
    func header(_ name: String) -> KnownHeader {
      if isRewritten || written.contains(name) { return .unknown }
      return name == model
        ? request.model.map(KnownHeader.value) ?? .unknown : KnownHeader(name, of: request)
    }
    var verdicts: [(rule: Int?, isAllowing: Bool)] = []
    for (place, node) in authorization.list("rules").enumerated() {
      let rule = AuthorizationRule(node, providers: providers)
      let fit = rule.fits(method: request.method, header: header)
      if fit != false { verdicts.append((place, rule.isAllowing)) }
      if fit == true { return verdicts }
    }
    return verdicts + [(nil, authorization.given("defaultAction")?.text == "Allow")]
  }
}

/// What is known of a header where requests are authorized.
private enum KnownHeader {
  /// Nil where it is not there.
  case value(String?)
  case unknown

  /// What proxies write themselves, and the templates of their values, are not known.
  init(_ name: String, of request: Request) {
    let isEnvoys =
      [":", "x-forwarded-", "x-envoy-", "x-ai-eg-"].contains(where: name.hasPrefix)
      || name == "x-request-id"
    let value = name == "host" ? request.authority : request.joinedHeader(name)
    let isTemplate = value?.split(separator: "%", omittingEmptySubsequences: false).count ?? 0 > 2
    self = isEnvoys || isTemplate || name == "host" && value == nil ? .unknown : .value(value)
  }
}

extension AuthorizationRule {
  /// Whether it fits a request, nil where that is not known.
  fileprivate func fits(method: String, header: (String) -> KnownHeader) -> Bool? {
    if neverFits { return false }
    if let methods, !methods.contains(where: { $0.lowercased() == method.lowercased() }) {
      return false
    }
    var isKnown = !asksMore
    for (name, values) in headers {
      switch header(name.lowercased()) {
      case .unknown: isKnown = false
      case .value(let value): if value.map(values.contains) != true { return false }
      }
    }
    return isKnown ? true : nil
  }
}

extension Answer {
  /// Makes the answer that of a policy that does not let the request in.
  mutating func deny(_ status: Status, _ policy: Policy, _ why: String) {
    self.status = status
    reason = "SecurityPolicy \(policy.name) \(why)"
  }
}
