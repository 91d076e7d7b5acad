import Resources
import YAML

/// One match of a rule, ready to be held against requests (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/sort.go).
struct RequestMatcher: Sendable {
  enum PathTest: Sendable {
    case exact(String)
    case expression(String, HeaderPattern?)
    case prefix(String)
  }

  struct Test: Sendable {
    let name: String
    /// The place of a header's value in a request's table of values; unused for queries and cookies.
    let slot: Int
    let value: String
    let isExact: Bool
    /// Nil for an exact test, and for what RE2 refuses.
    let expression: HeaderPattern?

    var isInvalid: Bool { !isExact && expression == nil }

    func fits(_ text: String) -> Bool {
      if isExact { return text == value && text.utf8.elementsEqual(value.utf8) }
      return expression?.fits(text) ?? false
    }
  }

  let path: PathTest
  let method: String?
  let headers: [Test]
  let queries: [Test]
  let cookies: [Test]

  /// The match that takes everything below a path.
  init(prefix: String, headers: [Test] = []) {
    path = .prefix(prefix)
    method = nil
    self.headers = headers
    queries = []
    cookies = []
  }

  /// A match of an AIGatewayRoute, which gets the controller's prefix for a path.
  init(_ match: Node, prefix: String, _ slots: inout HeaderIndex) {
    self.init(
      prefix: prefix, headers: match.list("headers").map { RequestMatcher.test($0, &slots) })
  }

  /// A match of an HTTPRoute, and of the HTTPRouteFilter beside it.
  init(httpMatch match: Node, cookies filter: Node, _ slots: inout HeaderIndex) {
    let value = match["path"]?["value"]?.text ?? "/"
    switch match["path"]?["type"]?.text {
    case "Exact": path = .exact(value)
    case "RegularExpression": path = .expression(value, slots.expression(value))
    default: path = .prefix(value)
    }
    method = match["method"]?.text
    headers = match.list("headers").map { RequestMatcher.test($0, &slots) }
    queries = match.list("queryParams").map { RequestMatcher.test($0, &slots) }
    cookies = filter.list("cookies").map { RequestMatcher.test($0, &slots) }
  }

  /// What Envoy Gateway adds beside a match with another method, where its rule has `cors`
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/route.go).
  init(preflightOf match: RequestMatcher, _ slots: inout HeaderIndex) {
    let anything = slots.expression(".*")
    path = match.path
    method = "OPTIONS"
    headers =
      match.headers
      + ["origin", "access-control-request-method"].map {
        Test(
          name: $0, slot: slots.slot(of: $0), value: ".*", isExact: false, expression: anything)
      }
    queries = match.queries
    cookies = []
  }

  private static func test(_ node: Node, _ slots: inout HeaderIndex) -> Test {
    let name = node["name"]?.text ?? ""
    let value = node["value"]?.text ?? ""
    let isExact = node["type"]?.text != "RegularExpression"
    return Test(
      name: name, slot: slots.slot(of: name), value: value, isExact: isExact,
      expression: isExact ? nil : slots.expression(value))
  }

  private var hasInvalidPath: Bool {
    if case .expression(_, nil) = path { true } else { false }
  }

  /// Whether RE2 refuses one of its expressions.
  var hasInvalidExpression: Bool { hasInvalidPath || invalidTest != nil }

  /// The first test but that of the path whose expression RE2 refuses.
  var invalidTest: Test? { (headers + queries + cookies).first(where: \.isInvalid) }

  /// Why a request does not fit, nil where it does.
  func mismatch(_ request: IndexedRequest) -> MismatchReason? {
    for (index, test) in headers.enumerated() {
      guard let value = request.values[test.slot], test.fits(value) else { return .header(index) }
    }
    guard fits(path: request.path) else { return .path }
    if let method, method != request.method { return .method }
    for (index, test) in queries.enumerated() {
      guard let value = request.request.query(test.name), test.fits(value) else {
        return .query(index)
      }
    }
    for (index, test) in cookies.enumerated() {
      guard let value = request.request.cookie(test.name), test.fits(value) else {
        return .cookie(index)
      }
    }
    return nil
  }

  private func fits(path text: String) -> Bool {
    switch path {
    case .exact(let value): return text == value
    case .expression(_, let expression): return expression?.fits(text) ?? false
    case .prefix("/"): return true
    case .prefix(let value):
      // Whole elements: /v1 takes /v1 and /v1/x, not /v1x.
      let bare = value.utf8.last == UInt8(ascii: "/") ? value.utf8.dropLast() : value.utf8[...]
      guard text.utf8.starts(with: bare) else { return false }
      let next = text.utf8.dropFirst(bare.count).first
      return next == nil || next == UInt8(ascii: "/")
    }
  }
}

/// What is shared by the conditions of all routes: header names and expressions.
struct HeaderIndex: Sendable {
  private var slots: [String: Int] = [:]
  private var expressions: [String: HeaderPattern?] = [:]

  /// How many different headers there are.
  var count: Int { slots.count }

  /// The place of a header's value, whatever the case of its letters.
  mutating func slot(of name: String) -> Int {
    let key = name.lowercased()
    if let slot = slots[key] { return slot }
    slots[key] = slots.count
    return slots.count - 1
  }

  /// The place of a header's value, nil for one that no condition asks for.
  func place(of name: String) -> Int? { slots[name.lowercased()] }

  mutating func expression(_ pattern: String) -> HeaderPattern? {
    if let known = expressions[pattern] { return known }
    let expression = HeaderPattern(pattern)
    expressions[pattern] = .some(expression)
    return expression
  }
}

/// A request with the values that conditions ask for.
struct IndexedRequest: Sendable {
  let request: Request
  let path: String
  let method: String
  /// By slot; several headers of one name are joined, as Envoy does.
  private(set) var values: [String?]

  init(_ request: Request, _ slots: HeaderIndex) {
    self.request = request
    path = request.barePath
    method = request.method
    values = Array(repeating: nil, count: slots.count)
    for header in request.headers {
      guard let slot = slots.place(of: header.name) else { continue }
      values[slot] = values[slot].map { "\($0),\(header.value)" } ?? header.value
    }
    // Envoy keeps the host apart from the headers, and finds it by this name.
    if let authority = request.authority { set("host", authority, slots) }
  }

  /// Sets a header, over what the client sent.
  mutating func set(_ name: String, _ value: String, _ slots: HeaderIndex) {
    if let slot = slots.place(of: name) { values[slot] = value }
  }
}
