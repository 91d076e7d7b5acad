import Resources

/// One match of one rule of a route, as Envoy tries it.
final class Candidate: Sendable {
  let route: CompiledRoute
  let rule: CompiledRule
  /// The condition's place in its rule; 0 where the rule has no matches.
  let matchIndex: Int
  let condition: RequestMatcher
  let precedence: Precedence

  init(_ route: CompiledRoute, _ rule: CompiledRule, _ matchIndex: Int, _ precedence: Precedence) {
    self.route = route
    self.rule = rule
    self.matchIndex = matchIndex
    condition = rule.conditions[matchIndex]
    self.precedence = precedence
  }

  /// The match's place, nil where the rule has none of its own.
  var match: Int? { rule.hasMatches ? rule.origins[matchIndex].match : nil }

  /// Whether Envoy Gateway adds it for the preflights of a match.
  var isPreflight: Bool { rule.origins[matchIndex].isPreflight }

  /// The title in messages: `rule 2 (gpt-4o) of team-a/chat, match 3`, all counted from 1.
  var title: String {
    let isOne = rule.origins.last?.match == 0
    let name = route.name.name.isEmpty ? "the route without a name" : "\(route.name)"
    return "\(rule.title) of \(name)" + (isOne ? "" : ", match \((match ?? 0) + 1)")
  }
}

/// Why a match did not take a request.
enum MismatchReason: Hashable, Sendable {
  /// Its route lives in another virtual host.
  case host
  /// RE2 refuses an expression of its rule.
  case dropped
  case header(Int)
  case path
  case method
  case query(Int)
  case cookie(Int)
  /// It fits, but another one goes first.
  case outranked(by: Precedence.Criterion)
}
