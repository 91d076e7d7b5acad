import YAML
import Resources
import Simulation

extension Reference {
  /// An HTTPRoute, be it written or made of an AIGatewayRoute.
  struct Path {
    let namespace: String
    let name: String
    let labels: [String: String]
    let created: String
    let spec: Node
    let isGenerated: Bool

    var key: String { "\(namespace)/\(name)" }
    var hostnames: [String] { (spec["hostnames"]?.items ?? []).compactMap(\.text) }
    var rules: [Node] { spec["rules"]?.items ?? [] }

    /// The names that a policy may target; what AI Gateway adds has one, too.
    var ruleNames: [String] {
      rules.compactMap { $0["name"]?.text } + (isGenerated ? ["route-not-found"] : [])
    }

    func isBefore(_ other: Path) -> Bool {
      if created != other.created { return created < other.created }
      return Array(key.utf8).lexicographicallyPrecedes(Array(other.key.utf8))
    }
  }

  /// All HTTPRoutes in the cluster, the oldest first. One that an AIGatewayRoute of its name
  /// takes over keeps its age and its labels, and gets those of the AIGatewayRoute
  /// (envoyproxy/ai-gateway v1.1.0, internal/controller/ai_gateway_route.go).
  var paths: [Path] {
    var paths: [Path] = []
    for route in things("AIGatewayRoute") {
      let written = thing("HTTPRoute", route.namespace, route.name)
      paths.append(
        Path(
          namespace: route.namespace, name: route.name,
          labels: (written?.labels ?? [:]).merging(route.labels) { $1 },
          created: written?.created ?? route.created, spec: route.spec, isGenerated: true))
    }
    for route in things("HTTPRoute")
    where thing("AIGatewayRoute", route.namespace, route.name) == nil {
      paths.append(
        Path(
          namespace: route.namespace, name: route.name, labels: route.labels,
          created: route.created, spec: route.spec, isGenerated: false))
    }
    return paths.sorted { $0.isBefore($1) }
  }

  /// Whether a reference of a route to a parent means the Gateway that is asked.
  func isHere(_ parent: Node, _ path: Path) -> Bool {
    (parent["kind"]?.text ?? "Gateway") == "Gateway"
      && (parent["group"]?.text ?? "gateway.networking.k8s.io") == "gateway.networking.k8s.io"
      && (parent["namespace"]?.text ?? path.namespace) == gateway.namespace
      && parent["name"]?.text == gateway.name
  }

  struct Attachment {
    let path: Path
    let hosts: [String]
  }

  func attachments(to door: Door) -> [Attachment] {
    var found: [Attachment] = []
    for path in paths {
      for parent in path.spec["parentRefs"]?.items ?? [] {
        let hosts = hosts(of: path, by: parent, at: door)
        if !hosts.isEmpty { found.append(Attachment(path: path, hosts: hosts)) }
      }
    }
    return found
  }

  /// Under which names a route stands at a listener by one of its parentRefs; none where it does
  /// not attach.
  func hosts(of path: Path, by parent: Node, at door: Door) -> [String] {
    guard isHere(parent, path), admits(door, path.namespace) else { return [] }
    if let section = parent["sectionName"]?.text, section != door.name { return [] }
    if let port = parent["port"]?.integer, port != door.port { return [] }
    return hosts(of: path.hostnames, at: door)
  }

  struct Test {
    let name: String
    let value: String
    let isExact: Bool
  }

  /// One match of one rule in one virtual host.
  struct Candidate {
    let listener: Door
    let route: Path
    /// Nil for what AI Gateway adds.
    let rule: Int?
    let ruleName: String?
    let node: Node
    /// Nil where the rule has no matches of its own.
    let match: Int?
    var pathType = "PathPrefix"
    var path = "/"
    var headers: [Test] = []
    var queries: [Test] = []
  }

  /// What is tried in a virtual host, the first first (internal/gatewayapi/sort.go).
  func candidates(of doors: [Door], at domain: String) -> [Candidate] {
    var all: [Candidate] = []
    for door in doors {
      for attachment in attachments(to: door) where attachment.hosts.contains(domain) {
        all += candidates(of: attachment.path, at: door)
      }
    }
    // The order in which they were found decides between equals.
    let ranked = all.enumerated().sorted { left, right in
      let ranks = (rank(left.element), rank(right.element))
      return ranks.0 == ranks.1
        ? left.offset < right.offset : ranks.0.lexicographicallyPrecedes(ranks.1)
    }
    return ranked.map(\.element)
  }

  func candidates(of path: Path, at door: Door) -> [Candidate] {
    var all: [Candidate] = []
    for (index, rule) in path.rules.enumerated() where !isDropped(rule) {
      let matches = rule["matches"]?.items ?? []
      for (place, match) in matches.enumerated() {
        var candidate = Candidate(
          listener: door, route: path, rule: index, ruleName: rule["name"]?.text, node: rule,
          match: place)
        if path.isGenerated {
          candidate.path = rootPrefix
        } else {
          candidate.pathType = match["path"]?["type"]?.text ?? "PathPrefix"
          candidate.path = match["path"]?["value"]?.text ?? "/"
        }
        candidate.headers = tests(match["headers"])
        candidate.queries = tests(match["queryParams"])
        if let method = match["method"]?.text {
          candidate.headers.append(Test(name: ":method", value: method, isExact: true))
        }
        all.append(candidate)
      }
      if matches.isEmpty {
        all.append(
          Candidate(
            listener: door, route: path, rule: index, ruleName: rule["name"]?.text, node: rule,
            match: nil))
      }
    }
    if path.isGenerated {
      all.append(
        Candidate(
          listener: door, route: path, rule: nil, ruleName: "route-not-found", node: .map([:]),
          match: nil, path: rootPrefix))
    }
    return all
  }

  private func tests(_ list: Node?) -> [Test] {
    (list?.items ?? []).map {
      Test(
        name: $0["name"]?.text ?? "", value: $0["value"]?.scalar?.text ?? "",
        isExact: ($0["type"]?.text ?? "Exact") == "Exact")
    }
  }

  /// An expression that RE2 cannot read drops its rule with all of its matches.
  private func isDropped(_ rule: Node) -> Bool {
    for match in rule["matches"]?.items ?? [] {
      for test in tests(match["headers"]) + tests(match["queryParams"]) {
        if !test.isExact, test.value.contains("(?!") { return true }
      }
      if match["path"]?["type"]?.text == "RegularExpression",
        match["path"]?["value"]?.text?.contains("(?!") == true
      {
        return true
      }
    }
    return false
  }

  /// The lower goes first.
  private func rank(_ candidate: Candidate) -> [Int] {
    let types = ["Exact": 0, "RegularExpression": 1, "PathPrefix": 2]
    let isWhole = candidate.pathType == "PathPrefix" && candidate.path == "/"
    return [
      types[candidate.pathType] ?? 3, isWhole ? 0 : -candidate.path.utf8.count,
      -candidate.headers.count, -candidate.headers.count(where: \.isExact),
      -candidate.queries.count, -candidate.queries.count(where: \.isExact),
    ]
  }

  // MARK: - Whether a candidate takes a request

  func winner(_ tried: [Candidate], _ request: Request, _ headers: [(String, String)])
    -> Candidate?
  {
    tried.first { takes($0, request, headers) }
  }

  private func takes(
    _ candidate: Candidate, _ request: Request, _ headers: [(String, String)]
  ) -> Bool {
    let path = path(of: request)
    switch candidate.pathType {
    case "Exact": if path != candidate.path { return false }
    case "RegularExpression":
      if !Known.fits(candidate.path, path) { return false }
    default:
      var prefix = candidate.path
      if prefix.hasSuffix("/") { prefix.removeLast() }
      if !prefix.isEmpty, path != prefix, !path.hasPrefix(prefix + "/") { return false }
    }
    for test in candidate.headers {
      let values =
        test.name == ":method"
        ? [request.method] : headers.filter { $0.0.lowercased() == test.name.lowercased() }.map(\.1)
      if values.isEmpty { return false }
      if !fits(test, values.joined(separator: ",")) { return false }
    }
    for test in candidate.queries {
      guard let value = query(test.name, of: request), fits(test, value) else { return false }
    }
    return true
  }

  private func fits(_ test: Test, _ value: String) -> Bool {
    test.isExact ? value == test.value : Known.fits(test.value, value)
  }

  private func query(_ name: String, of request: Request) -> String? {
    guard let mark = request.path.firstIndex(of: "?") else { return nil }
    for pair in request.path[request.path.index(after: mark)...].split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts[0] == name { return parts.count > 1 ? String(parts[1]) : "" }
    }
    return nil
  }

  /// Expressions whose meaning is known without an engine.
  enum Known {
    static func fits(_ expression: String, _ text: String) -> Bool {
      switch expression {
      case ".*": true
      case ".+": !text.isEmpty
      case "m.*": text.hasPrefix("m")
      case "m[12]": text == "m1" || text == "m2"
      case "a|b": text == "a" || text == "b"
      case "/v1/.*": text.hasPrefix("/v1/")
      case "/v1/chat/completions": text == "/v1/chat/completions"
      default: text == expression
      }
    }
  }
}
