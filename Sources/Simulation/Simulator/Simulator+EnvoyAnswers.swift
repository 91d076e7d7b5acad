import RE2
import Resources
import Schemas
import YAML

extension Simulator {
  /// Answers what Envoy does by itself, for the route that takes the request first and before
  /// anybody is authenticated: faults on purpose, and preflights.
  func endUnasked(
    _ answer: inout Answer, _ request: Request, _ first: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    endFaulty(&answer, first, on: listener)
      || endPreflight(&answer, request, first, on: listener)
  }

  /// Answers what a browser asks before a request of another origin, where the route that takes it
  /// first has `cors`: Envoy does so by itself, before anybody is authenticated (envoyproxy/gateway
  /// v1.8.1, internal/xds/translator/cors.go). False where nothing here answers.
  func endPreflight(
    _ answer: inout Answer, _ request: Request, _ first: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    guard request.method == "OPTIONS", let origin = request.header("origin"),
      let method = request.header("access-control-request-method")
    else { return false }
    guard let (cors, owner) = cors(of: first, on: listener) else {
      answer.warnings.append(
        "no cors of a SecurityPolicy covers the route that takes the preflight, so that nothing "
          + "answers it for browsers")
      return false
    }
    if let own = directAnswer(of: first) {
      answer.warnings.append(
        "cors of \(owner) does not answer the preflight: Envoy passes over it where a route answers by "
          + "itself, as \(own) does")
      return false
    }
    answer.reservations += faultReservations(first, on: listener)
    answer.reason = "Envoy answers the preflight by cors of \(owner), before any backend is asked"
    let origins = cors.list("allowOrigins").compactMap(\.text)
    let methods = cors.list("allowMethods").compactMap(\.text)
    if !origins.contains(where: { origin.fits(glob: $0) }) {
      answer.warnings.append(
        "\(origin) is not in allowOrigins: the answer lacks the headers that browsers ask for")
    } else if !methods.contains("*"), !methods.contains(method) {
      answer.warnings.append("\(method) is not in allowMethods: browsers send no such request")
    }
    return true
  }

  /// What takes a request first and answers it without a backend, in words; nil where backends do
  /// (envoyproxy/envoy v1.38.1, docs/root/configuration/http/http_filters/cors_filter.rst).
  private func directAnswer(of first: Candidate) -> String? {
    let title = "\(first.rule.title) of \(first.route.name)"
    if first.rule.index == nil || ownAnswer(of: first) != nil { return title }
    let isLive = first.rule.node.list("backendRefs").contains { $0["weight"]?.integer != 0 }
    return isLive || servingMCPRoute(of: first) != nil ? nil : title
  }

  /// The `cors` that holds for a match, and what it is of; a rule's own filter goes first.
  private func cors(of candidate: Candidate, on listener: CompiledListener) -> (Node, String)? {
    let filters = candidate.route.isAI ? [] : candidate.rule.node.list("filters")
    if let own = filters.lazy.compactMap({ $0.given("cors") }).first {
      return (own, "\(candidate.route.kind.kind) \(candidate.route.name)")
    }
    let policies = securityPolicies(for: candidate, on: listener)
    guard let policy = policies.first?.policy, index.refusals(of: policies).isEmpty,
      let cors = index.spec(of: policies).given("cors")
    else { return nil }
    return (cors, "SecurityPolicy \(policy.name)")
  }

  /// Answers what the policy of the route that takes the request first answers to all requests on
  /// purpose; without a percentage that is all of them (envoyproxy/gateway v1.8.1,
  /// api/v1alpha1/fault_injection.go).
  func endFaulty(_ answer: inout Answer, _ first: Candidate, on listener: CompiledListener) -> Bool
  {
    guard let traffic = traffic(for: first, on: listener), index.refusals(of: traffic).isEmpty,
      let policy = traffic.origin("faultInjection"),
      let percentage = traffic.traffic.abortedPercentage, percentage >= 100,
      let abort = traffic.traffic.spec.given("faultInjection", "abort"),
      // Of policies that are merged both may be there (envoyproxy/gateway v1.8.1,
      // internal/xds/translator/fault.go).
      let status = abort.given("grpcStatus") == nil
        ? abort.given("httpStatus")?.integer.flatMap(Answer.Status.init) : .done
    else { return false }
    answer.status = status
    answer.reason =
      "faultInjection of BackendTrafficPolicy \(policy.name) answers every request with "
      + "\(status.rawValue) on purpose"
    return true
  }
}

extension Simulator {
  /// Answers 403 where Envoy reads the address of the client from a header that holds none, and
  /// `failClosed` is set: before any route (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/listener.go).
  func endUnidentified(_ answer: inout Answer, _ request: Request, _ client: Policy) -> Bool {
    guard let detection = client.spec.given("clientIPDetection", "customHeader"),
      detection.given("failClosed")?.bool == true, let name = detection.given("name")?.text
    else { return false }
    let value = request.firstHeader(name)
    let changed = request.applying(ClientTraffic(spec: client.spec).earlyHeaders)
    guard changed.firstHeader(name) == value else {
      answer.reservations.append(
        "earlyRequestHeaders of ClientTrafficPolicy \(client.name) changes header \(name), from which "
          + "the client's address is read: requests without one get 403")
      return false
    }
    if let value, IPAddress.isAddress(value) { return false }
    answer.status = .forbidden
    answer.reason =
      "ClientTrafficPolicy \(client.name) has the client's address read from header \(name), which "
      + (value == nil ? "the request lacks" : "holds no address") + ": failClosed answers 403"
    return true
  }
}

extension String {
  fileprivate func fits(glob: String) -> Bool {
    guard glob.contains("*") else { return self == glob }
    return (try? RegularExpression(RegularExpression.pattern(ofGlob: glob)))?.matches(self) ?? false
  }
}
