import Resources
import YAML
import Simulation
import Testing

/// What the tests of answers share.
enum Ask {
  static func simulator(_ yaml: String, gateway: String? = nil) -> Simulator {
    Simulator(documents: Documents.read(yaml), gateway: gateway.map { ObjectKey($0) })
  }

  /// The answer to a request for a model.
  static func answer(
    _ yaml: String, _ model: String? = "m", host: String? = nil, path: String = Request.chat,
    size: Int64? = nil, headers: KeyValuePairs<String, String> = [:]
  ) -> Answer {
    var request = Request(model: model)
    request.host = host
    request.path = path
    request.size = size
    request.headers = headers.map { Request.Header($0.key, $0.value) }
    return simulator(yaml).answer(to: request)
  }

  /// A rule with these headers, as `name=value` for an exact one and `name~expression` for another.
  static func rule(_ headers: [String], _ backend: String = "a", more: String = "") -> String {
    let tests = headers.map { header -> String in
      if let mark = header.firstIndex(of: "~") {
        return "{name: \(header[..<mark]), type: RegularExpression, "
          + "value: '\(header[header.index(after: mark)...])'}"
      }
      let mark = header.firstIndex(of: "=") ?? header.startIndex
      return "{name: \(header[..<mark]), value: '\(header[header.index(after: mark)...])'}"
    }
    let matches =
      headers.isEmpty ? "" : "matches: [{headers: [\(tests.joined(separator: ", "))]}], "
    return "{\(matches)backendRefs: [{name: \(backend)}]\(more)}"
  }

  static let model = "x-ai-eg-model"

  static func httpRoute(_ rules: String, name: String = "web", hosts: String = "") -> String {
    """
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata: {name: \(name), namespace: team-a}
    spec:
      parentRefs: [{name: gw}]
      hostnames: [\(hosts)]
      rules: [\(rules)]

    """
  }

  static func backendPolicy(
    _ spec: String, on target: String = "HTTPRoute", name target2: String = "chat",
    section: String? = nil, called: String = "retry"
  ) -> String {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: BackendTrafficPolicy
    metadata: {name: \(called), namespace: team-a}
    spec:
      targetRefs:
        - {group: gateway.networking.k8s.io, kind: \(target), name: \(target2)\(section.map { ", sectionName: \($0)" } ?? "")}
      \(spec)

    """
  }

  static func clientPolicy(
    _ spec: String, section: String? = nil, called: String = "buffer", namespace: String = "team-a"
  ) -> String {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: ClientTrafficPolicy
    metadata: {name: \(called), namespace: \(namespace)}
    spec:
      targetRefs:
        - {group: gateway.networking.k8s.io, kind: Gateway, name: gw\(section.map { ", sectionName: \($0)" } ?? "")}
      \(spec)

    """
  }

  static func gateway(_ listeners: String) -> String {
    """
    ---
    apiVersion: gateway.networking.k8s.io/v1
    kind: Gateway
    metadata: {name: gw, namespace: team-a}
    spec: {gatewayClassName: eg, listeners: [\(listeners)]}

    """
  }
}

extension Answer {
  /// `route/rule`, or the status where no rule took the request.
  var winner: String {
    guard let route, let rule else { return "\(status.rawValue)" }
    return "\(route.name)/\(rule)"
  }

  var shares: [Double] { backends.map(\.share) }

  func hasWarning(_ words: String) -> Bool { warnings.contains { $0.contains(words) } }
  func hasReservation(_ words: String) -> Bool { reservations.contains { $0.contains(words) } }
}

/// The two passes and what is answered without a backend.
@Suite struct RequestPassTests {
  static let route = Documents.route(Documents.rule("m"))

  @Test("the model in the body overwrites the client's own header")
  func overwritten() {
    let route = Documents.route(Documents.rule("m"))
    let answer = Ask.answer(route, "m", headers: [Ask.model: "other"])
    #expect(answer.winner == "chat/0" && answer.hasWarning("overwritten"))
    #expect(Ask.answer(route, "other", headers: ["X-AI-EG-Model": "m"]).winner == "404")
  }

  @Test("a plain HTTPRoute that wins the first match keeps AI Gateway out of it")
  func foreign() {
    let web = Ask.httpRoute(
      "{matches: [{path: {type: PathPrefix, value: /v1}}], backendRefs: [{name: svc, port: 80}]}")
    let answer = Ask.answer(RequestPassTests.route + web)
    #expect(answer.winner == "web/0" && answer.hasWarning("does not process it"))
    #expect(answer.backends.map(\.kind) == ["Service"])
    #expect(answer.timeouts?.request == nil)
    // A path as short as AI Gateway's own takes nothing from it: `chat` goes before `web`.
    let short = Ask.httpRoute("{backendRefs: [{name: svc, port: 80}]}")
    #expect(Ask.answer(RequestPassTests.route + short).winner == "chat/0")
    // One that goes before it does: it takes what has no model header yet.
    let early = Ask.httpRoute("{backendRefs: [{name: svc, port: 80}]}", name: "a-web")
    #expect(Ask.answer(RequestPassTests.route + early).winner == "a-web/0")
  }

  @Test("an HTTPRoute with the name of an AIGatewayRoute is overwritten by it")
  func takenOver() {
    let web = Ask.httpRoute("{backendRefs: [{name: svc}]}", name: "chat")
    let answer = Ask.answer(RequestPassTests.route + web)
    #expect(answer.winner == "chat/0" && answer.hasWarning("overwritten"))
  }

  @Test(
    "AI Gateway knows these paths and no others",
    arguments: [
      ("/v1/chat/completions", 200), ("/v1/completions", 200), ("/v1/embeddings", 200),
      ("/v1/responses", 200), ("/v1/responses/input_tokens", 200), ("/v1/audio/speech", 200),
      ("/v1/audio/transcriptions", 200), ("/v1/audio/translations", 200),
      ("/v1/images/generations", 200), ("/tokenize", 200), ("/cohere/v2/rerank", 200),
      ("/anthropic/v1/messages", 200), ("/anthropic/v1/messages/count_tokens", 200),
      ("/v1/models", 200), ("/anthropic/v1/models", 200), ("/", 404), ("/v1", 404),
      ("/v1/chat/completions/", 404), ("/v2/chat/completions", 404),
      ("/v1/chat/completions?stream=1", 200),
    ])
  func paths(path: String, status: Int) {
    let answer = Ask.answer(RequestPassTests.route, path: path)
    #expect(answer.status.rawValue == status)
    #expect((answer.reason.hasPrefix("unsupported path")) == (status == 404))
    #expect((answer.models != nil) == path.hasSuffix("/models"))
  }

  @Test("below another root prefix the paths stand below it")
  func rootPrefix() {
    let simulator = Simulator(documents: Documents.read(RequestPassTests.route), rootPrefix: "/ai")
    var request = Request(model: "m")
    #expect(simulator.answer(to: request).reason.contains("no rule takes the request"))
    request.path = "/ai/v1/chat/completions"
    #expect(simulator.answer(to: request).winner == "chat/0")
  }

  @Test("a rule without matches never wins where the prefix is longer than /")
  func bareRule() {
    let documents = Documents.read(Documents.route(Ask.rule([])))
    var request = Request(model: "m")
    #expect(Simulator(documents: documents).answer(to: request).winner == "chat/0")
    request.path = "/ai/v1/chat/completions"
    let answer = Simulator(documents: documents, rootPrefix: "/ai").answer(to: request)
    #expect(answer.status == .notFound)
  }

  @Test(
    "a body above the buffer limit gets 413",
    arguments: [
      ("", 32768, 200), ("", 32769, 413), ("connection: {bufferLimit: 1Mi}", 1_048_576, 200),
      ("connection: {bufferLimit: 1Mi}", 1_048_577, 413),
      ("connection: {bufferLimit: 10}", 11, 413),
      ("timeout: {http: {idleTimeout: 1s}}", 32769, 413),
      ("connection: {bufferLimit: 4Gi}", 1, 500), ("connection: {bufferLimit: -1}", 1, 500),
      ("connection: {bufferLimit: 4294967295}", 1, 200),
    ])
  func buffer(spec: String, size: Int64, status: Int) {
    let policy = spec.isEmpty ? "" : Ask.clientPolicy(spec)
    #expect(Ask.answer(RequestPassTests.route + policy, size: size).status.rawValue == status)
  }

  @Test("a listener's own policy replaces the Gateway's; of two on one target the first name holds")
  func bufferOf() {
    let gateway = Ask.gateway(
      "{name: http, port: 80, protocol: HTTP, hostname: a.example.com}, "
        + "{name: other, port: 81, protocol: HTTP}")
    let yaml =
      RequestPassTests.route + gateway
      + Ask.clientPolicy("connection: {bufferLimit: 100}", called: "z")
      + Ask.clientPolicy("timeout: {}", section: "http", called: "y")
    func limit(_ host: String, _ more: String = "") -> Int64? {
      Ask.answer(yaml + more, host: host).buffer?.bytes
    }
    #expect(limit("a.example.com") == 32768)
    #expect(limit("b.example.com") == 100)
    let second = Ask.clientPolicy("connection: {bufferLimit: 5}", called: "a")
    #expect(limit("b.example.com", second) == 5)
    let foreign = Ask.clientPolicy(
      "connection: {bufferLimit: 7}", called: "a", namespace: "elsewhere")
    #expect(limit("b.example.com", foreign) == 100)
  }

  @Test("what no rule takes gets 404 of a route-not-found, and no route, rule or match")
  func notFound() {
    let answer = Ask.answer(RequestPassTests.route, "other")
    #expect(answer.status == .notFound && answer.route == nil && answer.rule == nil)
    #expect(answer.match == nil && answer.ruleName == "route-not-found")
    #expect(answer.reason.contains("route-not-found of team-a/chat"))
  }

  @Test(
    "a rule without backends that take traffic answers 500",
    arguments: ["", "{name: a, weight: 0}"])
  func empty(refs: String) {
    let answer = Ask.answer(Documents.route("{backendRefs: [\(refs)]}"))
    #expect(answer.status == .failed && answer.rule == 0 && answer.failover.isEmpty)
    #expect(answer.shares.allSatisfy { $0 == 0 })
  }

  @Test("without routes, Gateways or listeners there is an answer all the same")
  func nothing() {
    #expect(Ask.answer("kind: Gateway").status == .notFound)
    #expect(Ask.answer("kind: AIGatewayRoute").hasWarning("names no Gateway"))
    #expect(Ask.answer(RequestPassTests.route + Ask.gateway("")).status == .notFound)
  }
}

/// Which match wins.
@Suite struct PrecedenceTests {
  @Test(
    "more headers go first, then more exact ones, then the earlier rule",
    arguments: [
      (["x-ai-eg-model=m"], ["x-ai-eg-model=m", "x-t=a"], 1),
      (["x-ai-eg-model=m"], ["x-ai-eg-model~.*", "x-t~.*"], 1),
      (["x-ai-eg-model~m"], ["x-ai-eg-model=m"], 1),
      (["x-ai-eg-model~m", "x-t=a"], ["x-ai-eg-model=m", "x-t~a"], 0),
      (["x-ai-eg-model~m.*"], ["x-ai-eg-model~m"], 0),
      (["x-ai-eg-model=m"], ["x-ai-eg-model=m"], 0), ([], ["x-ai-eg-model=m"], 1), ([], [], 0),
      (["x-t=a"], ["x-ai-eg-model=m"], 0),
    ])
  func rules(first: [String], second: [String], winner: Int) {
    let route = Documents.route("\(Ask.rule(first)), \(Ask.rule(second))")
    #expect(Ask.answer(route, headers: ["x-t": "a"]).rule == winner)
  }

  @Test("routes of one age go by namespace and name, and the tie is named")
  func ties() {
    let routes =
      Documents.route(Documents.rule("m"), name: "b")
      + Documents.route(Documents.rule("m"), name: "a")
    let answer = Ask.answer(routes)
    #expect(answer.winner == "a/0" && answer.hasWarning("tie: "))
    #expect(answer.considered.contains { answer.outcome(of: $0) == "tied" })
    let spaces =
      Documents.route(Documents.rule("m"), name: "x", namespace: "team")
      + Documents.route(Documents.rule("m"), name: "x", namespace: "team-b")
    // Bytes of namespace/name: "-" goes before "/".
    #expect(Ask.answer(spaces).route?.namespace == "team-b")
  }

  @Test("the first match of a rule that fits is told, and a rule without matches has none")
  func matches() {
    let route = Documents.route(
      "{matches: [{headers: [{name: x-ai-eg-model, value: a}]}, "
        + "{headers: [{name: x-ai-eg-model, value: m}]}, "
        + "{headers: [{name: x-ai-eg-model, value: m}]}], backendRefs: [{name: a}]}")
    #expect(Ask.answer(route).match == 1)
    #expect(Ask.answer(Documents.route(Ask.rule([]))).match == nil)
    #expect(Ask.answer(Documents.route("{matches: [{}], backendRefs: [{name: a}]}")).match == 0)
  }

  @Test("a rule without headers in another route competes by name with route-not-found")
  func catchAll() {
    let models = Documents.route(Documents.rule("m"), name: "a")
    let rest = Documents.route(Ask.rule([]), name: "b")
    #expect(Ask.answer(models + rest, "other").status == .notFound)
    let early = Documents.route(Ask.rule([]), name: "0a")
    #expect(Ask.answer(models + early, "other").winner == "0a/0")
    // The way around: one header, though it fits anything, goes before none.
    let wide = Documents.route(Ask.rule(["x-ai-eg-model~.+"]), name: "b")
    #expect(Ask.answer(models + wide, "other").winner == "b/0")
  }

  @Test("route-not-found of any route comes after the headers of all")
  func notFoundLast() {
    let routes =
      Documents.route(Documents.rule("x"), name: "a")
      + Documents.route(Documents.rule("m"), name: "b")
    #expect(Ask.answer(routes).winner == "b/0")
  }

  @Test(
    "header names are the same in any case, values are not; expressions fit whole values",
    arguments: [
      ("x-t=a", "X-T", "a", true), ("X-T=a", "x-t", "a", true), ("x-t=a", "x-t", "A", false),
      ("x-t~a", "x-t", "ab", false), ("x-t~a.*", "x-t", "ab", true), ("x-t~.*", "x-u", "a", false),
      ("x-t~a|b", "x-t", "b", true), ("x-t~(?i)a", "x-t", "A", true),
      ("x-t=a.*", "x-t", "ab", false),
    ])
  func headers(test: String, name: String, value: String, fits: Bool) {
    let route = Documents.route(Ask.rule([test]))
    #expect((Ask.answer(route, headers: [name: value]).status == .done) == fits)
  }

  @Test("headers of one name are joined with a comma, as Envoy does")
  func joined() {
    let route = Documents.route(Ask.rule(["x-t=a,b"]))
    #expect(Ask.answer(route, headers: ["x-t": "a", "X-T": "b"]).status == .done)
  }

  @Test("an expression that RE2 refuses drops its whole rule and no other")
  func dropped() {
    let route = Documents.route(
      "{matches: [{headers: [{name: x-ai-eg-model, value: m}]}, {headers: [{name: x-t, "
        + "type: RegularExpression, value: '(?!a)'}]}], backendRefs: [{name: a}]}, "
        + Ask.rule(["x-ai-eg-model~.*"], "b"))
    let answer = Ask.answer(route)
    #expect(answer.rule == 1)
    #expect(answer.considered.count { answer.outcome(of: $0) == "invalid" } == 2)
  }

  @Test(
    "paths of plain HTTPRoutes: Exact, then RegularExpression, then the longer prefix",
    arguments: [
      ("PathPrefix, value: /v1/chat", "Exact, value: /v1/chat/completions", 1),
      ("PathPrefix, value: /v1/chat", "RegularExpression, value: /v1.*", 1),
      ("RegularExpression, value: /v1/chat/c.*", "Exact, value: /v1/chat/completions", 1),
      ("PathPrefix, value: /v1", "PathPrefix, value: /v1/chat", 1),
      ("PathPrefix, value: /v1/chat", "PathPrefix, value: /v1", 0),
      ("PathPrefix, value: /v1/ch", "PathPrefix, value: /v1", 1),
      ("PathPrefix, value: /v1/", "PathPrefix, value: /v2", 0),
    ])
  func paths(first: String, second: String, winner: Int) {
    let rules = [first, second].map {
      "{matches: [{path: {type: \($0)}}], backendRefs: [{name: a}]}"
    }
    #expect(Ask.answer(Ask.httpRoute(rules.joined(separator: ", "))).rule == winner)
  }

  @Test("a method counts as an exact header, query parameters after headers")
  func methods() {
    let plain = "{matches: [{path: {value: /}}], backendRefs: [{name: a}]}"
    let method = "{matches: [{path: {value: /}, method: POST}], backendRefs: [{name: b}]}"
    let query =
      "{matches: [{path: {value: /}, queryParams: [{name: q, value: '1'}]}], backendRefs: [{name: c}]}"
    #expect(Ask.answer(Ask.httpRoute("\(plain), \(method)")).rule == 1)
    let both = Ask.httpRoute("\(plain), \(query), \(method)")
    #expect(Ask.answer(both, path: "/?q=1").rule == 2)
    let get = both.replacing("POST", with: "GET")
    #expect(Ask.answer(get, path: "/?q=1").rule == 1)
    #expect(Ask.answer(get, path: "/?q=2").rule == 0)
  }

  @Test("what lost is told in the order of trying, each with its first reason")
  func considered() {
    let route = Documents.route(
      [
        Ask.rule(["x-ai-eg-model=m"]), Ask.rule(["x-ai-eg-model=m", "x-t=a"]),
        Ask.rule(["x-ai-eg-model=n"]), Ask.rule(["x-ai-eg-model~.*"]),
      ].joined(separator: ", "))
    let answer = Ask.answer(route)
    #expect(answer.considered.map(\.rule) == [1, 0, 2, 3, nil])
    #expect(
      answer.considered.map { answer.outcome(of: $0) } == [
        "header", "won", "header", "outranked", "outranked",
      ])
    #expect(answer.detail(of: answer.considered[0]) == "x-t is not sent")
    #expect(answer.detail(of: answer.considered[2]) == "x-ai-eg-model is \"m\", not \"n\"")
    #expect(answer.reason.contains("Exact"))
  }
}

/// Which virtual host takes a request.
@Suite struct VirtualHostTests {
  static let routes =
    Documents.route(Ask.rule([]), name: "any")
    + Documents.route(Ask.rule([]), name: "exact", hosts: "api.example.com")
    + Documents.route(Ask.rule([]), name: "wide", hosts: "'*.example.com'")
    + Documents.route(Ask.rule([]), name: "narrow", hosts: "'*.eu.example.com'")

  @Test(
    "exact before the longest suffix before *",
    arguments: [
      ("api.example.com", "exact"), ("API.Example.com:8443", "exact"), ("x.example.com", "wide"),
      ("x.y.example.com", "wide"), ("x.eu.example.com", "narrow"), ("example.com", "any"),
      ("evilexample.com", "any"), ("other.org", "any"), (nil, "any"), ("", "any"),
      ("eu.example.com", "wide"), ("[::1]:80", "any"),
    ] as [(String?, String)])
  func choice(host: String?, route: String) {
    #expect(Ask.answer(VirtualHostTests.routes, host: host).route?.name == route)
  }

  @Test("a host with routes of its own never sees those without hosts")
  func split() {
    let yaml =
      Documents.route(Documents.rule("m"), name: "any")
      + Documents.route(Documents.rule("n"), name: "own", hosts: "api.example.com")
    let answer = Ask.answer(yaml, host: "api.example.com")
    #expect(answer.status == .notFound && answer.reason.contains("team-a/own"))
    #expect(answer.considered.contains { answer.outcome(of: $0) == "host" && $0.rule == 0 })
    #expect(Ask.answer(yaml, host: "other.example.com").winner == "any/0")
  }

  @Test("a host that no route names gets 404 of Envoy; without a host the first route's is taken")
  func unknown() {
    let yaml = Documents.route(Documents.rule("m"), hosts: "'*.example.com'")
    let answer = Ask.answer(yaml, host: "other.org")
    #expect(answer.status == .notFound && answer.domain == nil && answer.ruleName == nil)
    #expect(Ask.answer(yaml).winner == "chat/0" && Ask.answer(yaml).hasWarning("any.example.com"))
  }

  @Test("a listener's hostname narrows those of its routes")
  func listeners() {
    let gateway = Ask.gateway(
      "{name: a, port: 80, protocol: HTTP, hostname: '*.example.com'}, "
        + "{name: b, port: 80, protocol: HTTP, hostname: shop.org}")
    func winner(_ hosts: String, _ host: String) -> String {
      Ask.answer(Documents.route(Ask.rule([]), hosts: hosts) + gateway, host: host).winner
    }
    #expect(winner("", "x.example.com") == "chat/0" && winner("", "shop.org") == "chat/0")
    #expect(winner("", "other.org") == "404")
    #expect(winner("x.example.com", "x.example.com") == "chat/0")
    #expect(winner("x.example.com", "y.example.com") == "404")
    #expect(winner("'*.org'", "shop.org") == "chat/0")
  }

  @Test("a listener admits the namespaces and sections that it is asked for")
  func attachment() {
    func winner(_ listener: String, namespace: String = "team-a", section: String = "") -> String {
      let route = Documents.route(Ask.rule([]), namespace: namespace)
        .replacing("{name: gw,", with: "{name: gw,\(section)")
      return Ask.answer(route + Ask.gateway(listener)).winner
    }
    let http = "{name: http, port: 80, protocol: HTTP}"
    #expect(winner(http) == "chat/0" && winner(http, namespace: "team-b") == "404")
    let open = http.replacing("}", with: ", allowedRoutes: {namespaces: {from: All}}}")
    #expect(winner(open, namespace: "team-b") == "chat/0")
    #expect(winner(http, section: " sectionName: http,") == "chat/0")
    #expect(winner(http, section: " sectionName: https,") == "404")
    #expect(winner(http, section: " port: 81,") == "404")
    #expect(winner("{name: t, port: 1, protocol: TCP}") == "404")
  }

  @Test("of several Gateways the first is taken, or the one that is asked for")
  func gateways() {
    let other = Documents.route(Ask.rule([]), name: "b").replacing("name: gw", with: "name: gw2")
    let yaml = Documents.route(Documents.rule("m"), name: "a") + other
    let simulator = Ask.simulator(yaml)
    #expect(simulator.gateway?.description == "team-a/gw" && simulator.gateways.count == 2)
    #expect(simulator.answer(to: Request(model: "x")).status == .notFound)
    #expect(simulator.warnings.contains { $0.contains("team-a/gw2") })
    let second = Ask.simulator(yaml, gateway: "team-a/gw2")
    #expect(second.answer(to: Request(model: "x")).winner == "b/0" && second.warnings.isEmpty)
  }
}

/// What `/v1/models` lists.
@Suite struct ModelListTests {
  @Test("every exact x-ai-eg-model of every match, twice what is there twice")
  func names() {
    let yaml =
      Documents.route(
        "{matches: [{headers: [{name: x-t, value: q}, {name: x-ai-eg-model, value: m1}]}, "
          + "{headers: [{name: x-ai-eg-model, value: m2}]}], modelsOwnedBy: me, "
          + "modelsCreatedAt: '2024-05-21T10:00:00Z'}, "
          + Ask.rule(["x-ai-eg-model~m3.*"]) + ", " + Ask.rule(["X-AI-EG-Model=m4"]) + ", "
          + Ask.rule(["x-ai-eg-model=m1"]))
    let models = Ask.simulator(yaml).models()
    #expect(models.map(\.name) == ["m1", "m2", "m1"])
    #expect(models.map(\.owner) == ["me", "me", "Envoy AI Gateway"])
    #expect(models.map(\.rule) == [0, 0, 3])
    #expect(models.map(\.created) == ["2024-05-21T10:00:00Z", "2024-05-21T10:00:00Z", nil])
  }

  @Test(
    "a host sees its own models, else those of one wildcard label, then those without hosts",
    arguments: [
      (nil, ["m-any", "m-exact", "m-wide"]), ("api.example.com", ["m-exact", "m-any"]),
      ("x.example.com", ["m-wide", "m-any"]), ("x.y.example.com", ["m-any"]),
      ("other.org", ["m-any"]), ("API.example.com:80", ["m-exact", "m-any"]),
    ] as [(String?, [String])])
  func hosts(host: String?, names: [String]) {
    let yaml =
      Documents.route(Documents.rule("m-any"), name: "a")
      + Documents.route(Documents.rule("m-exact"), name: "b", hosts: "api.example.com")
      + Documents.route(Documents.rule("m-wide"), name: "c", hosts: "'*.example.com'")
    #expect(Ask.simulator(yaml).models(host: host).map(\.name) == names)
  }

  @Test("plain HTTPRoutes and other Gateways add nothing")
  func others() {
    let web = Ask.httpRoute("{matches: [{headers: [{name: x-ai-eg-model, value: m}]}]}")
    let other = Documents.route(Documents.rule("m2")).replacing("name: gw", with: "name: gw2")
    #expect(Ask.simulator(web + other).models().isEmpty)
  }
}
