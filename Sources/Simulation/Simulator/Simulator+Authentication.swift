import Resources
import YAML

extension Simulator {
  /// Answers in the place of the policies that hold for a match where they surely do not let the request
  /// in for the credentials that it has or lacks. What lets it in leaves its mark in the request.
  func endUnauthenticated(
    _ answer: inout Answer, _ request: inout Request, _ candidate: Candidate,
    on listener: CompiledListener
  ) -> Bool {
    let policies = securityPolicies(for: candidate, on: listener)
    guard let own = policies.first?.policy, index.refusals(of: policies).isEmpty else {
      return false
    }
    let spec = index.spec(of: policies)
    var lender: Policy?
    if let denial = index.denial(of: policies), denial.status == 401 {
      lender = denial.isOfKeys ? policyLendingKeys(on: listener) : nil
      guard let lender else {
        answer.deny(.unauthorized, own, "denies every request: \(denial.advice)")
        return true
      }
      answer.reservations.append(
        "SecurityPolicy \(own.name) answers 401 unless Envoy takes what it leaves out from the first "
          + "route of the listener that asks for API keys, as maybe by SecurityPolicy "
          + "\(lender.name): \(denial.advice)")
    }
    let service = AuthorizationService(
      of: spec, isSkipped: policies.contains { !index.skips(of: $0.policy).isEmpty })
    var open = service.isAsked ? ["extAuth"] : []
    for part in ["apiKeyAuth", "basicAuth", "oidc", "jwt"] {
      guard let asked = spec.given(part), part != "apiKeyAuth" || lender == nil else { continue }
      switch admission(by: part, asked, of: policies, beside: spec, service, &request) {
      case .granted: answer.settled.insert(part)
      case .open:
        open.append(part)
        // Whoever is logged in may get a token.
        if part == "oidc" { return false }
      case .denied(let status, let why):
        answer.deny(status, own, why)
        answer.reservations += referenceReservations(of: policies)
        let others = status == .unauthorized ? open.filter { $0 == "extAuth" } : open
        if !others.isEmpty { answer.reservations.append(reservation(own, deciding: others)) }
        return true
      }
    }
    return false
  }

  /// A policy on a listener that says which API keys count and where to look for them.
  private func policyLendingKeys(on listener: CompiledListener) -> Policy? {
    let candidates = listener.hosts.flatMap(\.candidates)
    return candidates.lazy.map { self.securityPolicies(for: $0, on: listener) }
      .first(where: index.lendsKeys)?.first?.policy
  }

  /// What one part of the policies makes of a request, in the order of Envoy's filters (envoyproxy/gateway
  /// v1.8.1, internal/xds/translator/httpfilters.go).
  private func admission(
    by part: String, _ asked: Node, of policies: [PolicyAttachments.Holder], beside spec: Node,
    _ service: AuthorizationService, _ request: inout Request
  ) -> Admission {
    switch part {
    case "apiKeyAuth":
      guard let keys = index.apiKeys(of: policies),
        !keys.sources.contains(where: service.mayWrite)
      else { return .open }
      return keys.admission(of: &request)
    case "basicAuth":
      return service.mayWrite(.header("authorization"))
        ? .open : basicAdmission(of: &request, by: index.basicUsers(of: policies))
    case "oidc":
      let tokens = spec.given("jwt").map(TokenPlaces.init)
      let login = Login(of: asked)
      let read = (tokens?.places ?? []).map(\.source) + [.header("cookie")]
      return (read + login.denials.map { .header($0.name) }).contains(where: service.mayWrite)
        ? .open : login.admission(of: request, beside: tokens)
    case _:
      let tokens = TokenPlaces(of: asked)
      return tokens.places.contains { service.mayWrite($0.source) }
        ? .open : tokens.admission(of: &request)
    }
  }

  /// A user and a password count where the documents show all users.
  private func basicAdmission(of request: inout Request, by users: BasicUsers?) -> Admission {
    guard let given = CredentialSource.header("authorization").values(in: request).first else {
      return .denied(
        .unauthorized,
        "asks for a user and a password, and the request has no header authorization")
    }
    let scheme = "Basic "
    guard given.hasPrefix(scheme) else {
      return .denied(
        .unauthorized,
        "asks for a user and a password, and header authorization does not begin with Basic")
    }
    guard let users else { return .open }
    guard let user = users.user(of: given.dropFirst(scheme.count)) else {
      return .denied(
        .unauthorized, "knows no user with the name and the password in header authorization")
    }
    if let header = users.userHeader { request.apply(.set(name: header, value: user)) }
    return .granted
  }
}

/// What is known of how a part of a SecurityPolicy takes a request.
private enum Admission {
  case granted
  case open
  /// The status, and why.
  case denied(Answer.Status, String)
}

/// The service that `extAuth` asks before everything else (envoyproxy/gateway v1.8.1,
/// internal/xds/translator/httpfilters.go).
private struct AuthorizationService {
  let isAsked: Bool
  /// The headers that it writes, nil where that may be any.
  private let headers: Set<String>?

  init(of spec: Node, isSkipped: Bool) {
    let asked = isSkipped ? nil : spec.given("extAuth")
    isAsked = asked != nil
    let written = (asked?.given("http")?.list("headersToBackend") ?? []).compactMap(\.text)
    headers = asked?.given("grpc") == nil ? Set(written.map { $0.lowercased() }) : nil
  }

  /// Whether it may write what is looked for at a place.
  func mayWrite(_ source: CredentialSource) -> Bool {
    guard let headers else { return true }
    return switch source {
    case .header(let name): headers.contains(name.lowercased())
    case .cookie: headers.contains("cookie")
    case .query: false
    }
  }
}

extension CredentialSource {
  /// What stands there.
  fileprivate func values(in request: Request) -> [String] {
    switch self {
    case .header(let name):
      request.headers.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    case .query(let name): request.unescapedQuery(name).map { [$0] } ?? []
    case .cookie(let name): request.cookie(name).map { [$0] } ?? []
    }
  }
}

extension APIKeys {
  /// By the key in the first place that has one; a client's name is written into the request, and the
  /// key taken out, as far as the policy asks for it.
  fileprivate func admission(of request: inout Request) -> Admission {
    guard !sources.isEmpty else { return .open }
    for source in sources {
      let key = key(in: source, of: request)
      if key.isEmpty { continue }
      guard let client = clients[key] else {
        return isOpen
          ? .open : .denied(.unauthorized, "knows no client with the API key in \(source.title)")
      }
      if let name = clientHeader { request.apply(.set(name: name, value: client)) }
      if isRemoved {
        for case .header(let name) in sources { request.apply(.remove(name: name)) }
      }
      return .granted
    }
    let places = sources.map(\.title).joined(separator: " or ")
    return .denied(
      .unauthorized, "asks for an API key, and the request has none in \(places)")
  }

  private func key(in source: CredentialSource, of request: Request) -> String {
    let value = source.values(in: request).first ?? ""
    guard case .header = source, value.hasPrefix("Bearer ") else { return value }
    return String(value.dropFirst(7))
  }
}

extension TokenPlaces {
  /// A token is not verified here; whoever has none may be let in.
  fileprivate func admission(of request: inout Request) -> Admission {
    let tokens = places.flatMap { $0.tokens(in: request) }
    guard !tokens.isEmpty else {
      guard isOptional else {
        let titles = places.map(\.source.title).joined(separator: " or ")
        return .denied(.unauthorized, "asks for a token, and the request has none in \(titles)")
      }
      for header in claimHeaders { request.apply(.remove(name: header)) }
      return .granted
    }
    // Three parts, with dots between.
    return tokens.contains { $0.count { $0 == "." } == 2 }
      ? .open
      : .denied(.unauthorized, "asks for a token, and what the request has is no JWT")
  }
}

extension TokenPlaces.Place {
  /// The tokens that a request has there, each behind the text before it.
  fileprivate func tokens(in request: Request) -> [String] {
    source.values(in: request).compactMap { value in
      prefix.isEmpty
        ? value : value[...].range(ofFirst: prefix).map { String(value[$0.upperBound...]) }
    }
  }
}

extension Login {
  /// Whoever has cookies may be logged in.
  fileprivate func admission(of request: Request, beside tokens: TokenPlaces?) -> Admission {
    if passesTokens, tokens?.places.contains(where: { $0.begins(headerOf: request) }) == true {
      return .granted
    }
    let path = request.barePath
    if path == logoutPath {
      return .denied(.found, "logs the client out at \(path) and sends it elsewhere")
    }
    guard request.header("cookie") == nil else { return .open }
    if path == callbackPath {
      return .denied(
        .unauthorized,
        "takes \(path) for the way back from the login, and the request has none of its cookies")
    }
    let denial = denials.first { denial in
      request.joinedHeader(denial.name.lowercased()).map { denial.match.fits($0) } ?? false
    }
    if let denial {
      return .denied(
        .unauthorized,
        "sends no client with this header \(denial.name) to the login, and the request has none of "
          + "its cookies")
    }
    return .denied(.found, "sends clients without its cookies to the login of \(issuer)")
  }
}

extension TokenPlaces.Place {
  /// Whether a header of a request begins as one with a token does.
  fileprivate func begins(headerOf request: Request) -> Bool {
    guard case .header(let name) = source else { return false }
    return request.joinedHeader(name.lowercased())?.hasPrefix(prefix) ?? false
  }
}
