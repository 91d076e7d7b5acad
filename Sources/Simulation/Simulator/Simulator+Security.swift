import Resources
import Schemas
import YAML

extension Simulator {
  /// Answers 401 where the policies that hold for a match ask for an API key that the request does
  /// not have, as far as the documents say. A key that fits leaves its mark in the request.
  func end(
    unauthenticated answer: inout Answer, _ request: inout Request, _ candidate: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    let policies = securityPolicies(for: candidate, on: listener)
    guard let own = policies.first?.policy, index.refusals(of: policies).isEmpty else {
      return false
    }
    if let denial = DenyAll(of: index.spec(of: policies)), denial.status == 401 {
      answer.deny(.unauthorized, own, "denies every request: \(denial.advice)")
      return true
    }
    guard let keys = index.apiKeys(of: policies) else { return false }
    switch keys.decision(on: request) {
    case .open: return false
    case .missing:
      answer.deny(
        .unauthorized, own, "asks for an API key, and the request has none in \(keys.places)")
      return true
    case .wrong(let source):
      answer.deny(.unauthorized, own, "knows no client with the API key in \(source.title)")
      return true
    case .client(let name):
      answer.settled.insert("apiKeyAuth")
      request.admit(name, by: keys)
      return false
    }
  }

  /// Answers 403 where the policies that hold for the final match do not allow the request, as far as
  /// the documents say; those that hold for the first one have authenticated it.
  func end(
    forbidden answer: inout Answer, _ request: Request, first: Candidate, final: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    let policies = securityPolicies(for: final, on: listener)
    let spec = index.spec(of: policies)
    guard let own = policies.first?.policy, let authorization = spec.given("authorization"),
      refusedPolicy(nil, final, on: listener) == nil
    else { return false }
    if let denial = DenyAll(of: spec), denial.status == 403 {
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
        + (verdict.rule.map { "rule \($0 + 1) of its authorization denies it" }
          ?? "no rule of its authorization fits, and the default is Deny"))
    return true
  }

  /// What may decide whether a request is allowed: the rules that may fit it up to the first that
  /// surely does, or else the default, whose rule is nil.
  private func verdicts(
    of authorization: Node, on request: Request, first: Candidate, final: Candidate,
    on listener: CompiledListener, _ settled: Set<String>
  ) -> [(rule: Int?, isAllowing: Bool)] {
    let policies = securityPolicies(for: first, on: listener).map(\.policy)
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
      let rule = AuthorizationRule(node)
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

extension APIKeys {
  fileprivate enum Decision {
    case client(String)
    case missing
    case wrong(Source)
    case open
  }

  /// Whose key a request has: that in the first place that has one.
  fileprivate func decision(on request: Request) -> Decision {
    guard !sources.isEmpty else { return .open }
    for source in sources {
      let value = source.value(in: request)
      if value.isEmpty { continue }
      // What is escaped in a query is not decoded here.
      if case .query = source, value.contains(where: { "%+".contains($0) }) { return .open }
      if let client = clients[value] { return .client(client) }
      return isOpen ? .open : .wrong(source)
    }
    return .missing
  }

  /// Where keys are looked for, in words.
  fileprivate var places: String { sources.map(\.title).joined(separator: " or ") }
}

extension APIKeys.Source {
  fileprivate func value(in request: Request) -> String {
    switch self {
    case .header(let name):
      let value = request.headers.first { $0.name.lowercased() == name.lowercased() }?.value ?? ""
      return value.hasPrefix("Bearer ") ? String(value.dropFirst(7)) : value
    case .query(let name): return request.query(name) ?? ""
    case .cookie(let name): return request.cookie(name) ?? ""
    }
  }

  fileprivate var title: String {
    switch self {
    case .header(let name): "header \(name)"
    case .query(let name): "query parameter \(name)"
    case .cookie(let name): "cookie \(name)"
    }
  }
}

extension Request {
  /// Writes the name of the client into the request and takes the key out, as far as the policy
  /// asks for it.
  fileprivate mutating func admit(_ client: String, by keys: APIKeys) {
    if let name = keys.clientHeader { apply(.set(name: name, value: client)) }
    guard keys.isRemoved else { return }
    for case .header(let name) in keys.sources { apply(.remove(name: name)) }
  }
}

extension Answer {
  /// Makes the answer that of a policy that does not let the request in.
  fileprivate mutating func deny(_ status: Status, _ policy: Policy, _ why: String) {
    self.status = status
    reason = "SecurityPolicy \(policy.name) \(why)"
  }
}
