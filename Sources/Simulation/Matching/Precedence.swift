import Resources

/// What decides which of several fitting matches takes a request (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/sort.go).
struct Precedence: Sendable {
  /// The reasons in the order in which they count.
  package enum Criterion: Sendable {
    case pathType
    case pathLength
    case headers
    case exactHeaders
    case cookies
    case exactCookies
    case queries
    case exactQueries
    /// The route that was made earlier goes first.
    case age
    /// Routes of one age go by namespace and name.
    case routeName
    case ruleOrder
    case matchOrder
  }

  /// 2 for Exact, 1 for RegularExpression, 0 for PathPrefix.
  let pathType: Int
  /// In bytes; `/` counts 0.
  let pathLength: Int
  let headers: Int
  let exactHeaders: Int
  let cookies: Int
  let exactCookies: Int
  let queries: Int
  let exactQueries: Int
  /// The route's place among all, by age.
  let route: Int
  let age: Age
  let rule: Int
  let match: Int
  /// Whether nothing but the order of routes, rules and matches counts (`preserveRouteOrder`).
  let keepsOrder: Bool

  init(
    _ condition: RequestMatcher, age: Age, route: Int, rule: Int, match: Int, keepsOrder: Bool
  ) {
    let path: String
    switch condition.path {
    case .exact(let value): (pathType, path) = (2, value)
    case .expression(let value, _): (pathType, path) = (1, value)
    case .prefix(let value): (pathType, path) = (0, value)
    }
    pathLength = path == "/" ? 0 : path.utf8.count
    // Envoy Gateway makes a header match of the method.
    let method = condition.method == nil ? 0 : 1
    headers = condition.headers.count + method
    exactHeaders = condition.headers.count(where: \.isExact) + method
    cookies = condition.cookies.count
    exactCookies = condition.cookies.count(where: \.isExact)
    queries = condition.queries.count
    exactQueries = condition.queries.count(where: \.isExact)
    self.age = age
    self.route = route
    self.rule = rule
    self.match = match
    self.keepsOrder = keepsOrder
  }

  /// Whether this one goes first, and by what.
  func advantage(over other: Precedence) -> (isFirst: Bool, by: Criterion) {
    let precision = keepsOrder ? nil : precision(over: other)
    return precision ?? position(before: other)
  }

  /// Whether this one is the more precise, nil where both are alike.
  private func precision(over other: Precedence) -> (isFirst: Bool, by: Criterion)? {
    if pathType != other.pathType { return (pathType > other.pathType, .pathType) }
    if pathLength != other.pathLength { return (pathLength > other.pathLength, .pathLength) }
    if headers != other.headers { return (headers > other.headers, .headers) }
    if exactHeaders != other.exactHeaders {
      return (exactHeaders > other.exactHeaders, .exactHeaders)
    }
    if cookies != other.cookies { return (cookies > other.cookies, .cookies) }
    if exactCookies != other.exactCookies {
      return (exactCookies > other.exactCookies, .exactCookies)
    }
    if queries != other.queries { return (queries > other.queries, .queries) }
    if exactQueries != other.exactQueries {
      return (exactQueries > other.exactQueries, .exactQueries)
    }
    return nil
  }

  private func position(before other: Precedence) -> (isFirst: Bool, by: Criterion) {
    if route != other.route {
      return (route < other.route, age.differsInTime(from: other.age) ? .age : .routeName)
    }
    if rule != other.rule { return (rule < other.rule, .ruleOrder) }
    return (match < other.match, .matchOrder)
  }
}
