package import Resources

/// A match in the order in which Envoy tries them (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/sort.go).
package struct RankedMatch: Sendable {
  let candidate: Candidate
  /// The first match before it that takes all of its requests, nil where none surely does.
  let owner: Candidate?

  package var route: ObjectKey { candidate.route.name }
  /// From 0; nil for the rule `route-not-found`.
  package var rule: Int? { candidate.rule.index }
  /// The name of its rule.
  package var ruleName: String? { candidate.rule.name }
  /// From 0; nil where the rule has no matches of its own.
  package var match: Int? { candidate.match }
  /// Whether Go or RE2 refuses an expression of its rule, so that Envoy never hears of it.
  package var isDropped: Bool { candidate.rule.isDropped }
  /// Whether it does not say yet what it asks for.
  package var isUnfinished: Bool {
    candidate.condition.headers.contains { $0.name.isEmpty || $0.value.isEmpty }
  }
  /// Whether no request reaches it.
  package var isDead: Bool { isDropped || owner != nil }
  /// The rule whose match takes its requests, from 0, and its route.
  package var ownerRule: (route: ObjectKey, rule: Int?)? {
    owner.map { ($0.route.name, $0.rule.index) }
  }
  /// What it asks for, in words: `x-ai-eg-model = gpt-4o`, `?` for what is not named yet; empty
  /// for every request.
  package var description: String {
    func shown(_ text: String) -> String { text.isEmpty ? "?" : text }
    return candidate.condition.headers.map { test in
      "\(shown(test.name)) \(test.isExact ? "=" : "~") \(shown(test.value))"
    }.joined(separator: ", ")
  }
}

/// The matches that hold for a host, in the order in which they are tried; each is held against
/// those before it only when it is looked at.
package struct MatchOrder: RandomAccessCollection, Sendable {
  fileprivate let candidates: [Candidate]

  package var startIndex: Int { 0 }
  package var endIndex: Int { candidates.count }

  package subscript(index: Int) -> RankedMatch {
    let candidate = candidates[index]
    let owner = candidates[..<index].first {
      !$0.rule.isDropped && $0.condition.covers(candidate.condition)
    }
    return RankedMatch(candidate: candidate, owner: owner)
  }

  /// The place of the first match of a rule, nil where none of its matches is among them.
  package func place(ofRule rule: Int, of route: ObjectKey) -> Int? {
    candidates.firstIndex { $0.rule.index == rule && $0.route.name == route }
  }
}

extension Simulator {
  /// The matches that hold for a host, in the order in which they are tried.
  package func order(host: String? = nil) -> MatchOrder {
    var request = Request()
    request.host = host
    var unused = Answer(to: request, at: gateway)
    let assumed = assumedHost(of: request, &unused)
    let candidates = listenerAndHost(for: assumed, request, &unused)?.host?.candidates
    return MatchOrder(candidates: (candidates ?? []).filter { !$0.isPreflight })
  }
}
extension RequestMatcher {
  /// Whether it surely fits every request that another one fits.
  func covers(_ other: RequestMatcher) -> Bool {
    guard path.covers(other.path), method == nil || method == other.method, queries.isEmpty,
      cookies.isEmpty
    else { return false }
    return headers.allSatisfy { test in
      other.headers.contains { $0.slot == test.slot && test.covers($0) }
    }
  }
}

extension RequestMatcher.PathTest {
  func covers(_ other: RequestMatcher.PathTest) -> Bool {
    switch (self, other) {
    case (.prefix("/"), _): true
    case (.prefix(let wide), .prefix(let narrow)):
      narrow == wide || narrow.hasPrefix(wide.utf8.last == UInt8(ascii: "/") ? wide : wide + "/")
    case (.exact(let left), .exact(let right)): left == right
    case (.expression(let left, _), .expression(let right, _)): left == right
    case (.prefix, _), (.exact, _), (.expression, _): false
    }
  }
}

extension RequestMatcher.Test {
  /// Whether it surely fits every value that another test of the same header fits.
  func covers(_ other: RequestMatcher.Test) -> Bool {
    if other.isExact { return fits(other.value) }
    guard !isExact else { return false }
    return value == other.value || expression?.fitsEverything ?? false
  }
}
