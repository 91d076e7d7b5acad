extension Answer {
  /// One word for what became of a match that was compared with the request.
  package func outcome(of considered: MatchTrace) -> String {
    switch considered.loss {
    case nil: "won"
    case .host: "host"
    case .dropped: "invalid"
    case .header: "header"
    case .path: "path"
    case .method: "method"
    case .query: "query"
    case .cookie: "cookie"
    case .outranked(by: .routeName): "tied"
    case .outranked: "outranked"
    }
  }

  /// What a match asks for that the request has not, or what goes before it.
  package func detail(of considered: MatchTrace) -> String {
    let candidate = considered.candidate
    switch considered.loss {
    case nil: return "takes the request"
    case .host:
      let hosts = candidate.route.hostnames.joined(separator: ", ")
      return hosts.isEmpty
        ? "this host has routes of its own, and its route names no hosts"
        : "its route is for \(hosts)"
    case .dropped: return Answer.refusal(in: candidate.rule)
    case .header(let index): return mismatch(candidate.condition.headers[index])
    case .path: return "the path is not \(candidate.condition.path.description)"
    case .method: return "the method is not \(candidate.condition.method ?? "")"
    case .query(let index):
      let test = candidate.condition.queries[index]
      return "the query parameter \(test.name) is not \(test.description)"
    case .cookie(let index):
      let test = candidate.condition.cookies[index]
      return "the cookie \(test.name) is not \(test.description)"
    case .outranked(let criterion):
      guard let winner else { return "" }
      return "fits too, but "
        + criterion.reason(winner.candidate.precedence, candidate.precedence)
    }
  }

  private var winner: MatchTrace? { considered.first(where: \.isWinner) }

  private func mismatch(_ test: RequestMatcher.Test) -> String {
    guard let value = indexedRequest?.values[test.slot] else { return "\(test.name) is not sent" }
    return "\(test.name) is \(value.inQuotes), not \(test.description)"
  }

  private static func refusal(in rule: CompiledRule) -> String {
    for condition in rule.conditions {
      if let test = condition.invalidTest {
        return "\(test.value.inQuotes) cannot be read, so the rule is dropped"
      }
    }
    return "its path cannot be read, so the rule is dropped"
  }
}

extension RequestMatcher.Test {
  /// What the test asks for.
  var description: String { isExact ? value.inQuotes : "what fits \(value.inQuotes)" }
}

extension RequestMatcher.PathTest {
  /// What the test asks for.
  var description: String {
    switch self {
    case .exact(let value): value
    case .expression(let value, _): "what fits \(value.inQuotes)"
    case .prefix(let value): "below \(value)"
    }
  }
}

extension String {
  var inQuotes: String { "\"\(self)\"" }
}
