import Corpus
import Resources
import YAML
import Simulation
import Testing

/// Routes as plain facts, from which both the documents and the expected answer are made.
struct World {
  struct Header {
    var name: String
    var value: String
    var isExact: Bool
  }

  struct Ref {
    var name: String
    var weight: Int?
    var priority: Int?
    var override: String?
  }

  struct Rule {
    var name: String?
    var matches: [[Header]]
    var refs: [Ref]
    var request: String?
    var backendRequest: String?
  }

  struct Route {
    var namespace: String
    var name: String
    var hosts: [String]
    var rules: [Rule]
    /// The path of a plain HTTPRoute, nil for an AIGatewayRoute.
    var path: (type: String, value: String)?
  }

  struct Retry {
    var route: Int
    var retries: Int?
    var attempts: Int?
  }

  var routes: [Route] = []
  var retry: Retry?
  var bufferLimit: Int?
}

/// Expressions whose meaning is known without an engine.
enum Pattern: String, CaseIterable {
  case everything = ".*"
  case something = ".+"
  case beginsWithM = "m.*"
  case oneOrTwo = "m[12]"
  case literal = "m1"
  case either = "a|b"
  case refused = "(?!a).*"

  func fits(_ text: String) -> Bool {
    switch self {
    case .everything: true
    case .something: !text.isEmpty
    case .beginsWithM: text.hasPrefix("m")
    case .oneOrTwo: text == "m1" || text == "m2"
    case .literal: text == "m1"
    case .either: text == "a" || text == "b"
    case .refused: false
    }
  }
}

extension Seeded {
  mutating func chance(_ part: Int, of whole: Int) -> Bool {
    Int.random(in: 0..<whole, using: &self) < part
  }

  mutating func world() -> World {
    var world = World()
    for index in 0..<pick([1, 1, 2, 3, 4]) {
      let isPlain = chance(1, of: 6)
      let types = ["Exact", "PathPrefix", "RegularExpression"]
      world.routes.append(
        World.Route(
          namespace: pick(["team", "team-a", "ns"]), name: "r\(pick([1, 2, 3]))\(index)",
          hosts: chance(1, of: 2)
            ? [] : Array(Set((0..<pick([1, 2])).map { _ in pick(Seeded.hosts) })).sorted(),
          rules: (0..<pick([0, 1, 1, 2, 3, 4])).map { _ in rule() },
          path: isPlain
            ? (pick(types), pick(["/", "/v1", "/v1/chat", "/v1/chat/completions", "/v2"])) : nil))
    }
    if chance(1, of: 2) {
      world.retry = World.Retry(
        route: Int.random(in: 0..<world.routes.count, using: &self),
        retries: pick([nil, 0, 1, 2, 5]), attempts: pick([nil, 0, 1, 2]))
    }
    if chance(1, of: 3) { world.bufferLimit = pick([1, 1000, 40000]) }
    return world
  }

  static let hosts = [
    "a.example.com", "b.example.com", "*.example.com", "*.b.example.com", "c.org", "*.org",
  ]
  static let requestHosts = [
    "a.example.com", "b.example.com", "x.b.example.com", "y.example.com", "x.y.example.com",
    "c.org", "d.org", "e.net", "A.EXAMPLE.COM", "c.org:8080",
  ]
  static let models = ["m1", "m2", "m3", "a", "M1", ""]

  private mutating func rule() -> World.Rule {
    World.Rule(
      name: nil,
      matches: (0..<pick([0, 1, 1, 1, 2, 3])).map { _ in
        (0..<pick([0, 1, 1, 1, 2, 3])).map { _ in header() }
      },
      refs: (0..<pick([0, 1, 1, 2, 3, 4])).map { _ in
        World.Ref(
          name: pick(["a", "b", "c"]), weight: pick([nil, nil, 0, 1, 2, 7]),
          priority: pick([nil, nil, 0, 1, 2, 5]), override: pick([nil, nil, "o"]))
      },
      request: pick([nil, "30s", "0s", "2m"]), backendRequest: pick([nil, nil, "10s"]))
  }

  private mutating func header() -> World.Header {
    let isExact = chance(2, of: 3)
    let isModel = chance(2, of: 3)
    let values = isModel ? ["m1", "m2", "m3", "a"] : ["a", "b", "m1"]
    return World.Header(
      name: isModel
        ? pick(["x-ai-eg-model", "x-ai-eg-model", "X-AI-EG-Model"]) : pick(["x-t", "X-T", "x-u"]),
      value: isExact ? pick(values) : pick(Pattern.allCases).rawValue, isExact: isExact)
  }

  mutating func request() -> Request {
    var request = Request(model: pick(Seeded.models))
    request.host = pick(Seeded.requestHosts)
    request.path = pick([
      Request.chat, Request.chat, Request.chat, Request.chat, "/v1/embeddings", "/v1/other", "/v2",
    ])
    for _ in 0..<pick([0, 0, 1, 2]) {
      request.headers.append(
        Request.Header(pick(["x-t", "X-U", "x-ai-eg-model"]), pick(["a", "b", "m1", "m2"])))
    }
    if chance(1, of: 3) { request.size = Int64(pick([0, 999, 1000, 1001, 32768, 32769, 40001])) }
    return request
  }
}

extension World {
  var documents: [Node] {
    var documents = routes.map(\.node)
    if let retry {
      let route = routes[retry.route]
      var node = Mapping()
      node["numRetries"] = retry.retries.map(Node.integer)
      node["numAttemptsPerPriority"] = retry.attempts.map(Node.integer)
      documents.append(
        .map([
          "kind": .string("BackendTrafficPolicy"),
          "metadata": .map(["name": .string("p"), "namespace": .string(route.namespace)]),
          "spec": .map([
            "targetRefs": .sequence([
              .map([
                "group": .string("gateway.networking.k8s.io"), "kind": .string("HTTPRoute"),
                "name": .string(route.name),
              ])
            ]), "retry": .mapping(node),
          ]),
        ]))
    }
    if let bufferLimit {
      documents.append(
        .map([
          "kind": .string("ClientTrafficPolicy"),
          "metadata": .map(["name": .string("c"), "namespace": .string("infra")]),
          "spec": .map([
            "targetRefs": .sequence([
              .map([
                "group": .string("gateway.networking.k8s.io"), "kind": .string("Gateway"),
                "name": .string("gw"),
              ])
            ]), "connection": .map(["bufferLimit": .integer(bufferLimit)]),
          ]),
        ]))
    }
    return documents
  }
}

extension World.Route {
  var node: Node {
    .map([
      "kind": .string(path == nil ? "AIGatewayRoute" : "HTTPRoute"),
      "metadata": .map(["name": .string(name), "namespace": .string(namespace)]),
      "spec": .map([
        "parentRefs": .sequence([
          .map(["name": .string("gw"), "namespace": .string("infra")])
        ]),
        "hostnames": .sequence(hosts.map(Node.string)),
        "rules": .sequence(rules.map { node(of: $0) }),
      ]),
    ])
  }

  private func node(of rule: World.Rule) -> Node {
    var node = Mapping()
    let matches = rule.matches.map { headers -> Node in
      var match = Mapping()
      match["headers"] = .sequence(
        headers.map {
          .map([
            "name": .string($0.name), "value": .string($0.value),
            "type": .string($0.isExact ? "Exact" : "RegularExpression"),
          ])
        })
      if let path {
        match["path"] = .map(["type": .string(path.type), "value": .string(path.value)])
      }
      return .mapping(match)
    }
    if !matches.isEmpty { node["matches"] = .sequence(matches) }
    var times = Mapping()
    times["request"] = rule.request.map(Node.string)
    times["backendRequest"] = rule.backendRequest.map(Node.string)
    node["timeouts"] = .mapping(times)
    node["backendRefs"] = .sequence(
      rule.refs.map { ref in
        var node = Mapping([Mapping.Entry("name", .string(ref.name))])
        node["weight"] = ref.weight.map(Node.integer)
        node["priority"] = ref.priority.map(Node.integer)
        node["modelNameOverride"] = ref.override.map(Node.string)
        return .mapping(node)
      })
    return .mapping(node)
  }
}

/// What becomes of a request, by a second, independent reading of the gateway's rules.
struct Oracle {
  let world: World

  struct Outcome: Equatable {
    var status: Int
    var route: String?
    var rule: Int?
    var match: Int?
    var shares: [Double] = []
    var models: [String?] = []
    var total: String?
    var tries: [Int] = []
  }

  /// Something that can take a request.
  private struct Entry {
    var route: Int
    /// Nil for route-not-found.
    var rule: Int?
    /// Nil where the rule has no matches.
    var match: Int?
    var headers: [World.Header]
    var type: String
    var path: String
  }

  func outcome(of request: Request) -> Outcome {
    guard let host = virtualHost(of: request) else { return Outcome(status: 404) }
    let members = world.routes.indices.filter { index in
      let hosts = world.routes[index].hosts
      return hosts.isEmpty ? host == "*" : hosts.contains(host)
    }
    var headers = request.headers.map { ($0.name.lowercased(), $0.value) }
    guard let first = winner(members, request.path, headers) else {
      return Outcome(status: 404)
    }
    guard world.routes[first.route].path == nil else { return served(first, request) }
    let known = [Request.chat, "/v1/embeddings"]
    guard known.contains(request.path) else { return Outcome(status: 404) }
    if let size = request.size, size > world.bufferLimit ?? 32768 {
      return Outcome(status: 413)
    }
    headers.removeAll { $0.0 == "x-ai-eg-model" }
    headers.append(("x-ai-eg-model", request.model ?? ""))
    guard let second = winner(members, request.path, headers), second.rule != nil else {
      return Outcome(status: 404)
    }
    return served(second, request)
  }

  private func virtualHost(of request: Request) -> String? {
    let host = (request.host ?? "").lowercased().split(separator: ":").first.map(String.init) ?? ""
    let domains = Set(world.routes.flatMap { $0.hosts.isEmpty ? ["*"] : $0.hosts })
    if domains.contains(host) { return host }
    for count in (1...host.count).reversed() {
      let suffix = String(host.suffix(count))
      if suffix.hasPrefix("."), suffix != host, domains.contains("*" + suffix) {
        return "*" + suffix
      }
    }
    return domains.contains("*") ? "*" : nil
  }

  private func winner(_ members: [Int], _ path: String, _ headers: [(String, String)]) -> Entry? {
    var fitting: [Entry] = []
    for index in members {
      let route = world.routes[index]
      for (number, rule) in route.rules.enumerated() {
        let usesRefused = rule.matches.joined().contains {
          !$0.isExact && $0.value == Pattern.refused.rawValue
        }
        if usesRefused { continue }
        for (place, match) in rule.matches.enumerated() {
          fitting.append(
            Entry(
              route: index, rule: number, match: place, headers: match,
              type: route.path?.type ?? "PathPrefix", path: route.path?.value ?? "/"))
        }
        if rule.matches.isEmpty {
          fitting.append(
            Entry(
              route: index, rule: number, match: nil, headers: [], type: "PathPrefix", path: "/"))
        }
      }
      if route.path == nil {
        fitting.append(
          Entry(route: index, rule: nil, match: nil, headers: [], type: "PathPrefix", path: "/"))
      }
    }
    fitting.removeAll { entry in
      let fitsPath =
        switch entry.type {
        case "PathPrefix":
          entry.path == "/" || path == entry.path || path.hasPrefix(entry.path + "/")
        default: path == entry.path
        }
      return !fitsPath || !entry.headers.allSatisfy { fits($0, headers) }
    }
    return fitting.min { rank($0).lexicographicallyPrecedes(rank($1)) }
  }

  private func fits(_ header: World.Header, _ sent: [(String, String)]) -> Bool {
    let values = sent.filter { $0.0 == header.name.lowercased() }.map(\.1)
    guard !values.isEmpty else { return false }
    let value = values.joined(separator: ",")
    return header.isExact
      ? value == header.value : Pattern(rawValue: header.value)?.fits(value) ?? false
  }

  /// The lowest goes first.
  private func rank(_ entry: Entry) -> [Int] {
    let names = world.routes.map { "\($0.namespace)/\($0.name)" }
    let age = names.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
    let type = ["Exact", "RegularExpression", "PathPrefix"].firstIndex(of: entry.type) ?? 9
    return [
      type, entry.path == "/" ? 0 : -entry.path.count, -entry.headers.count,
      -entry.headers.filter(\.isExact).count, age.firstIndex(of: names[entry.route]) ?? 99,
      entry.rule ?? 99, entry.match ?? 0,
    ]
  }

  private func served(_ entry: Entry, _ request: Request) -> Outcome {
    let route = world.routes[entry.route]
    guard let number = entry.rule else { return Outcome(status: 404) }
    let rule = route.rules[number]
    var outcome = Outcome(
      status: 200, route: "\(route.namespace)/\(route.name)", rule: number, match: entry.match)
    let isAI = route.path == nil
    outcome.models = rule.refs.map { isAI ? $0.override ?? request.model : request.model }
    outcome.total = rule.backendRequest ?? rule.request ?? (isAI ? "60s" : "15s")
    let live = rule.refs.filter { $0.weight != 0 }
    func tier(_ ref: World.Ref) -> Int { isAI ? ref.priority ?? 0 : 0 }
    guard let lowest = live.map(tier).min() else {
      outcome.status = 500
      outcome.shares = rule.refs.map { _ in 0 }
      return outcome
    }
    let sum = live.filter { tier($0) == lowest }.reduce(0) { $0 + ($1.weight ?? 1) }
    outcome.shares = rule.refs.map {
      tier($0) == lowest ? Double($0.weight ?? 1) / Double(sum) : 0
    }
    outcome.tries = tries(Set(live.map(tier)).sorted(), entry.route)
    return outcome
  }

  /// previous_priorities, played: each priority is struck off after its attempts.
  private func tries(_ tiers: [Int], _ route: Int) -> [Int] {
    guard let retry = world.retry, retry.route == route else { return [tiers[0]] }
    var left: [Int] = tiers
    var used = 0
    var tries: [Int] = []
    for _ in 0...(retry.retries ?? 2) {
      tries.append(left[0])
      used += 1
      if world.routes[route].path == nil, let attempts = retry.attempts, attempts > 0,
        used == attempts
      {
        left.removeFirst()
        used = 0
        if left.isEmpty { left = tiers }
      }
    }
    return tries
  }
}

@Suite struct RandomBundleTests {
  @Test(
    "thousands of random bundles answer as a brute-force reading of the rules does",
    arguments: 0..<8)
  func bundles(seed: Int) {
    var random = Seeded(UInt64(seed) &* 7919 &+ 1)
    var seen: [Int: Int] = [:]
    for turn in 0..<500 {
      let world = random.world()
      let simulator = Simulator(
        documents: world.documents, gateway: ObjectKey("infra/gw"))
      let oracle = Oracle(world: world)
      for _ in 0..<6 {
        let request = random.request()
        let answer = simulator.answer(to: request)
        let expected = oracle.outcome(of: request)
        seen[expected.status, default: 0] += 1
        let isServed = answer.route != nil
        let actual = Oracle.Outcome(
          status: answer.status.rawValue, route: answer.route?.description, rule: answer.rule,
          match: answer.match, shares: answer.shares, models: answer.backends.map(\.model),
          total: isServed ? answer.timeouts?.total?.text : nil,
          tries: answer.failover.map(\.priority))
        #expect(actual == expected, "seed \(seed), turn \(turn): \(request)\n\(world)")
        if answer.status == .done, answer.models == nil, !answer.backends.isEmpty {
          #expect(abs(answer.shares.reduce(0, +) - 1) < 1e-9)
        }
        if answer.route != nil { #expect(answer.considered.count(where: \.isWinner) == 1) }
      }
    }
    // A test that only ever sees one status proves nothing.
    #expect([200, 404, 413, 500].allSatisfy { seen[$0, default: 0] > 10 }, "\(seen)")
  }
}
