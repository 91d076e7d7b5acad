import Corpus
import Resources
import YAML
import Simulation
import Testing

/// How requests are spread.
@Suite struct TrafficSplitTests {
  static func route(_ refs: String, more: String = "") -> String {
    Documents.route("{backendRefs: [\(refs)]\(more)}")
  }

  @Test(
    "a share is the weight among those of the lowest priority that takes traffic",
    arguments: [
      ("{name: a}", [1]), ("{name: a}, {name: b}", [0.5, 0.5]),
      ("{name: a, weight: 9}, {name: b, weight: 1}", [0.9, 0.1]),
      ("{name: a, weight: 0}, {name: b, weight: 5}", [0, 1]),
      ("{name: a, weight: 3}, {name: b}, {name: c, weight: 9, priority: 1}", [0.75, 0.25, 0]),
      ("{name: a, priority: 2}, {name: b, priority: 1}", [0, 1]),
      ("{name: a, weight: 0}, {name: b, priority: 1}", [0, 1]),
      ("{name: a}, {name: a, modelNameOverride: x}", [0.5, 0.5]),
      (
        "{name: a, weight: 4611686018427387904}, {name: b, weight: 4611686018427387904}",
        [0.5, 0.5]
      ),
    ])
  func shares(refs: String, shares: [Double]) {
    let answer = Ask.answer(TrafficSplitTests.route(refs))
    #expect(answer.shares == shares && answer.status == .done)
  }

  @Test("each priority has its own shares, which sum to 1")
  func priorities() {
    let answer = Ask.answer(
      TrafficSplitTests.route(
        "{name: a, weight: 3}, {name: b}, {name: c, priority: 5}, "
          + "{name: d, weight: 0, priority: 7}"))
    #expect(answer.priorities == [0, 5])
    #expect(answer.backends.map(\.tierShare) == [0.75, 0.25, 1, 0])
  }

  static func backend(_ name: String, _ endpoint: String, more: String = "") -> String {
    """
    ---
    apiVersion: gateway.envoyproxy.io/v1alpha1
    kind: Backend
    metadata: {name: \(name)-be, namespace: team-a}
    spec: {endpoints: [\(endpoint)]\(more)}

    """
  }

  static let byName = "{fqdn: {hostname: a.example.com, port: 443}}"
  static let byAddress = "{ip: {address: 10.0.0.1, port: 80}}"

  @Test("Backends by name and by address in one rule: weights over all, priorities without effect")
  func mixed() {
    let route = TrafficSplitTests.route("{name: a, weight: 3}, {name: b, priority: 1}")
    let services = Documents.service("a") + Documents.service("b")
    let named = TrafficSplitTests.backend("a", TrafficSplitTests.byName)
    let answer = Ask.answer(
      route + services + named + TrafficSplitTests.backend("b", TrafficSplitTests.byAddress))
    #expect(answer.shares == [0.75, 0.25])
    #expect(answer.hasWarning("priorities have no effect"))
    #expect(answer.failover.first?.backends.map(\.name) == ["a", "b"])
    let alike = Ask.answer(
      route + services + named + TrafficSplitTests.backend("b", TrafficSplitTests.byName))
    #expect(alike.shares == [1, 0])
    // What is not given cannot be said to be mixed, nor what takes no traffic.
    #expect(Ask.answer(route + services + named).shares == [1, 0])
    let off = route.replacing("priority: 1", with: "priority: 1, weight: 0")
    #expect(
      Ask.answer(
        off + services + named + TrafficSplitTests.backend("b", TrafficSplitTests.byAddress)
      ).shares
        == [1, 0])
  }

  @Test("WebSocket beside HTTP/2, and zone-aware balancing, do the same; HTTP/1 does not")
  func otherClusters() {
    let route = TrafficSplitTests.route("{name: a, weight: 3}, {name: b, priority: 1}")
    let services = Documents.service("a") + Documents.service("b")
    let http2 =
      TrafficSplitTests.backend("a", TrafficSplitTests.byName)
      + TrafficSplitTests.backend(
        "b", TrafficSplitTests.byName, more: ", appProtocols: [gateway.envoyproxy.io/h2c]")
    let mixed = Ask.answer(route + services + http2)
    #expect(mixed.shares == [1, 0] && mixed.hasWarning("HTTP/2"))
    let sockets = http2.replacing(
      "port: 443}}]}\n", with: "port: 443}}], appProtocols: [gateway.envoyproxy.io/ws]}\n")
    #expect(sockets != http2 && Ask.answer(route + services + sockets).shares == [0.75, 0.25])
    let zoned = Ask.backendPolicy("loadBalancer: {type: RoundRobin, zoneAware: {preferLocal: {}}}")
    #expect(Ask.answer(route + zoned).shares == [0.75, 0.25])
    let open = Ask.backendPolicy("loadBalancer: {type: RoundRobin, zoneAware: {}}")
    #expect(Ask.answer(route + open).shares == [1, 0])
  }

  @Test(
    "a DynamicResolver beside others answers 500, also where those take no traffic",
    arguments: ["", ", weight: 0"])
  func dynamic(weight: String) {
    let yaml =
      TrafficSplitTests.route("{name: a}, {name: b\(weight)}") + Documents.service("a")
      + Documents.service("b")
      + TrafficSplitTests.backend("a", "", more: ", type: DynamicResolver")
    #expect(Ask.answer(yaml).status == .failed)
  }

  @Test("each backend receives its own model name, after the route was chosen")
  func overrides() {
    let answer = Ask.answer(
      Documents.route(
        "{matches: [{headers: [{name: x-ai-eg-model, value: m}]}], backendRefs: [{name: a}, "
          + "{name: b, modelNameOverride: x}, {name: c, modelNameOverride: ''}]}"))
    #expect(answer.backends.map(\.model) == ["m", "x", "m"])
    #expect(answer.backends.map(\.isOverridden) == [false, true, false])
  }

  @Test("a pool takes all of its rule, and its override is not relied on")
  func pool() {
    let answer = Ask.answer(
      TrafficSplitTests.route(
        "{group: inference.networking.k8s.io, kind: InferencePool, name: p, "
          + "modelNameOverride: x}"))
    #expect(answer.shares == [1] && answer.backends.map(\.kind) == ["InferencePool"])
    #expect(answer.hasWarning("do not rely on it"))
  }

  @Test("a Backend in another namespace is told to need a grant for HTTPRoutes")
  func grants() {
    let route = TrafficSplitTests.route("{name: a, namespace: shared}")
    #expect(Ask.answer(route).hasReservation("HTTPRoutes of team-a refer to Backends in shared"))
    let grant = """
      ---
      kind: ReferenceGrant
      metadata: {name: h, namespace: shared}
      spec:
        from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: team-a}]
        to: [{group: gateway.envoyproxy.io, kind: Backend, name: a-be}]
      ---
      kind: ReferenceGrant
      metadata: {name: r, namespace: shared}
      spec:
        from: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, namespace: team-a}]
        to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]

      """
    let service = Documents.service("a", namespace: "shared")
    #expect(!Ask.answer(route + service + grant).hasReservation("ReferenceGrant"))
    let other = service.replacing("a-be", with: "other")
    #expect(Ask.answer(route + other + grant).hasReservation("ReferenceGrant"))
    #expect(!Ask.answer(TrafficSplitTests.route("{name: a}")).hasReservation("ReferenceGrant"))
  }
}

/// What happens while backends fail.
@Suite struct FailoverTests {
  static let route = TrafficSplitTests.route(
    "{name: a}, {name: b, priority: 1}, {name: c, priority: 2}, {name: d, priority: 2}")

  /// The priorities of all tries under a policy.
  func tries(_ policy: String, _ route: String = FailoverTests.route) -> [Int] {
    Ask.answer(route + policy).failover.map(\.priority)
  }

  @Test("without a retry policy there is one try, and the warning says so")
  func none() {
    let answer = Ask.answer(FailoverTests.route)
    #expect(answer.failover.map(\.priority) == [0] && answer.retry == nil)
    #expect(answer.hasWarning("no retry policy"))
    let checked = Ask.answer(FailoverTests.route + Ask.backendPolicy("healthCheck: {passive: {}}"))
    #expect(checked.failover.count == 1 && checked.hasWarning("health checks"))
  }

  @Test(
    "each priority is left after so many tries, and when none is left it begins anew",
    arguments: [
      ("{numAttemptsPerPriority: 1}", [0, 1, 2]),
      ("{numAttemptsPerPriority: 1, numRetries: 1}", [0, 1]),
      ("{numAttemptsPerPriority: 1, numRetries: 4}", [0, 1, 2, 0, 1]),
      ("{numAttemptsPerPriority: 2, numRetries: 5}", [0, 0, 1, 1, 2, 2]),
      ("{numRetries: 3}", [0, 0, 0, 0]), ("{}", [0, 0, 0]), ("{numRetries: 0}", [0]),
      ("{numRetries: 1, numAttemptsPerPriority: 0}", [0, 0]),
    ])
  func order(retry: String, priorities: [Int]) {
    #expect(tries(Ask.backendPolicy("retry: \(retry)")) == priorities)
  }

  @Test("the tries of a tier name all of its backends that take traffic")
  func members() {
    let answer = Ask.answer(
      FailoverTests.route + Ask.backendPolicy("retry: {numAttemptsPerPriority: 1}"))
    #expect(answer.failover.map { $0.backends.map(\.name) } == [["a"], ["b"], ["c", "d"]])
    #expect(answer.failover.map(\.number) == [1, 2, 3])
    #expect(!answer.hasWarning("retr"))
  }

  @Test("retries that stay, and those that are too few, are told")
  func warnings() {
    let stay = Ask.answer(FailoverTests.route + Ask.backendPolicy("retry: {numRetries: 9}"))
    #expect(stay.hasWarning("retries stay in priority 0"))
    let few = Ask.answer(
      FailoverTests.route
        + Ask.backendPolicy("retry: {numRetries: 1, numAttemptsPerPriority: 1}"))
    #expect(few.hasWarning("never reach priority 2"))
    let huge = Ask.answer(
      FailoverTests.route
        + Ask.backendPolicy(
          "retry: {numRetries: 9223372036854775807, numAttemptsPerPriority: 9223372036854775807}"))
    #expect(huge.failover.count == 100 && huge.hasWarning("never reach"))
  }

  @Test(
    "what is tried again: the defaults, or exactly what is written",
    arguments: [
      ("{}", "connect-failure refused-stream unavailable cancelled retriable-status-codes", [503]),
      (
        "{retryOn: {httpStatusCodes: [429, 500]}}",
        "connect-failure refused-stream unavailable cancelled retriable-status-codes", [429, 500]
      ),
      ("{retryOn: {triggers: [reset]}}", "reset", []),
      ("{retryOn: {triggers: [reset], httpStatusCodes: [429]}}", "reset", []),
      (
        "{retryOn: {triggers: [retriable-status-codes], httpStatusCodes: [429]}}",
        "retriable-status-codes", [429]
      ),
      ("{retryOn: {triggers: [retriable-status-codes]}}", "retriable-status-codes", []),
    ])
  func conditions(retry: String, triggers: String, codes: [Int]) {
    let answer = Ask.answer(FailoverTests.route + Ask.backendPolicy("retry: \(retry)"))
    #expect(answer.retry?.triggers.joined(separator: " ") == triggers)
    #expect(answer.retry?.codes == codes)
  }

  @Test("the nearest policy holds: of the rule, the HTTPRoute, the listener, the Gateway")
  func nearest() {
    let route = Documents.route(
      "{name: r, backendRefs: [{name: a}]}, {backendRefs: [{name: b}]}")
    func policy(_ retries: Int, _ kind: String, _ name: String, _ section: String? = nil) -> String
    {
      Ask.backendPolicy(
        "retry: {numRetries: \(retries)}", on: kind, name: name, section: section,
        called: "p\(retries)")
    }
    let gateway = Ask.gateway("{name: http, port: 80, protocol: HTTP}")
    var yaml = route + gateway + policy(3, "Gateway", "gw")
    #expect(Ask.answer(yaml).retry?.retries == 3)
    yaml += policy(4, "Gateway", "gw", "http")
    #expect(Ask.answer(yaml).retry?.retries == 4)
    yaml += policy(5, "HTTPRoute", "chat")
    #expect(Ask.answer(yaml).retry?.retries == 5)
    yaml += policy(6, "HTTPRoute", "chat", "r")
    #expect(Ask.answer(yaml).retry?.retries == 6)
    yaml += policy(7, "HTTPRoute", "chat", "other") + policy(8, "AIGatewayRoute", "chat")
    #expect(Ask.answer(yaml).retry?.retries == 6)
  }

  @Test("a nearer policy replaces those behind it, unless it is merged")
  func merged() {
    let gateway = Ask.backendPolicy(
      "retry: {numRetries: 5, numAttemptsPerPriority: 1}", on: "Gateway", name: "gw",
      called: "far")
    #expect(tries(gateway + Ask.backendPolicy("timeout: {}")) == [0])
    #expect(tries(gateway + Ask.backendPolicy("mergeType: StrategicMerge")) == [0, 1, 2, 0, 1, 2])
    let both = Ask.backendPolicy("mergeType: StrategicMerge\n  retry: {numRetries: 1}")
    #expect(tries(gateway + both) == [0, 1])
  }
}

/// What becomes of requests while backends are down.
@Suite struct DownBackendTests {
  static let route = TrafficSplitTests.route(
    "{name: a, weight: 3}, {name: b}, {name: c, namespace: shared, priority: 1}")
  static let retry = Ask.backendPolicy("retry: {numAttemptsPerPriority: 1}")

  func answer(_ down: Set<String>, _ more: String = "") -> Answer {
    Ask.simulator(DownBackendTests.route + more).answer(to: Request(model: "m"), down: down)
  }

  @Test(
    "503 only where no try meets a backend that is up",
    arguments: [
      (["a"], "", 200), (["a", "b"], "", 503), (["a", "b"], "retry", 200),
      (["a", "b", "c"], "retry", 503), (["a", "b", "shared/c"], "retry", 503),
      (["a", "b", "other/c"], "retry", 200), (["c"], "", 200), (["x"], "", 200),
    ] as [(Set<String>, String, Int)])
  func status(down: Set<String>, retry: String, status: Int) {
    #expect(answer(down, retry.isEmpty ? "" : DownBackendTests.retry).status.rawValue == status)
  }

  @Test("a policy that does not try failed connections again does not help")
  func triggers() {
    let policy = Ask.backendPolicy(
      "retry: {numAttemptsPerPriority: 1, retryOn: {triggers: [retriable-status-codes]}}")
    #expect(answer(["a", "b"], policy).status == .unavailable)
  }

  @Test("the part of the requests that meets one that is down is told")
  func parts() {
    #expect(answer(["a"]).hasWarning("75% of the requests fail at the first try and get 503"))
    #expect(
      answer(["a"], DownBackendTests.retry).hasWarning(
        "75% of the requests fail at the first try and are tried again"))
    #expect(!answer(["c"]).hasWarning("down"))
  }
}

/// In which order matches are tried, and which are never reached.
@Suite struct MatchOrderTests {
  func dead(_ rules: [String]) -> [Int] {
    let simulator = Ask.simulator(
      Documents.route(rules.map { Ask.rule([$0]) }.joined(separator: ", ")))
    return simulator.order().filter(\.isDead).compactMap(\.rule)
  }

  @Test("a match is dead where one before it surely takes all of its requests")
  func covered() {
    #expect(dead(["x-ai-eg-model=m", "x-ai-eg-model=m"]) == [1])
    #expect(dead(["x-ai-eg-model~m.*", "x-ai-eg-model~m.*"]) == [1])
    #expect(dead(["x-ai-eg-model~.*", "x-ai-eg-model~m.*", "x-ai-eg-model=m"]) == [1])
    #expect(dead(["x-ai-eg-model=m", "x-ai-eg-model~m.*"]) == [])
    #expect(dead(["x-ai-eg-model~(?!a)"]) == [0])
    #expect(dead(["x-t=a", "x-ai-eg-model=m"]) == [])
    let rules = "\(Ask.rule([])), \(Ask.rule([])), \(Ask.rule(["x-t=a"]))"
    let order = Ask.simulator(Documents.route(rules)).order()
    #expect(order.map(\.rule) == [2, 0, 1, nil])
    #expect(order.map(\.isDead) == [false, false, true, true])
    #expect(order[2].ownerRule?.rule == 0)
  }

  @Test("what is dead never wins, whatever is asked")
  func neverWins() {
    var random = Seeded(11)
    var dead = 0
    for _ in 0..<300 {
      let world = random.world()
      let simulator = Simulator(documents: world.documents, gateway: ObjectKey("infra/gw"))
      for _ in 0..<4 {
        let request = random.request()
        let answer = simulator.answer(to: request)
        let order = simulator.order(host: request.host)
        dead += order.count { $0.isDead && $0.rule != nil }
        let winner = order.first {
          $0.route == answer.route && $0.rule == answer.rule && $0.match == answer.match
        }
        #expect(answer.rule == nil || winner?.isDead == false, "\(request)\n\(world)")
      }
    }
    #expect(dead > 100)
  }
}

/// How long a request may take.
@Suite struct TimeoutTests {
  func times(_ rule: String, _ more: String = "") throws -> Timeouts {
    try #require(
      Ask.answer(Documents.route("{backendRefs: [{name: a}]\(rule)}") + more).timeouts)
  }

  @Test("nothing is 60s in all")
  func nothing() throws {
    let times = try times("")
    #expect(times.total?.text == "60s" && times.request?.text == "60s")
    #expect(times.total?.origin.contains("default") == true)
    #expect(times.backendRequest == nil && times.streamIdle == nil && times.perTry == nil)
  }

  @Test("request is the whole time, 0s none; backendRequest takes its place")
  func written() throws {
    #expect(try times(", timeouts: {request: 2m}").total?.text == "2m")
    #expect(try times(", timeouts: {request: 0s}").total?.milliseconds == 0)
    let both = try times(", timeouts: {request: 300s, backendRequest: 30s}")
    #expect(both.request?.text == "300s" && both.backendRequest?.text == "30s")
    #expect(both.total?.text == "30s" && both.total?.origin.contains("backendRequest") == true)
    let answer = Ask.answer(
      Documents.route("{backendRefs: [{name: a}], timeouts: {request: 300s, backendRequest: 30s}}"))
    #expect(answer.hasWarning("request 300s has no effect"))
  }

  @Test("a policy's requestTimeout changes nothing")
  func ignored() throws {
    let policy = Ask.backendPolicy("timeout: {http: {requestTimeout: 1s}}")
    #expect(try times("", policy).total?.text == "60s")
  }

  @Test("a stream may pause as the nearest policy says, else an hour or as long as request")
  func idle() throws {
    #expect(try times("").idle.text == "1h")
    #expect(try times(", timeouts: {request: 2h}").idle.text == "2h")
    #expect(try times(", timeouts: {request: 0s}").idle.text == "0s")
    let client = Ask.clientPolicy("timeout: {http: {streamIdleTimeout: 5m}}")
    #expect(try times(", timeouts: {request: 0s}", client).idle.text == "5m")
    let backend = Ask.backendPolicy("timeout: {http: {streamIdleTimeout: 7m}}")
    #expect(try times("", client + backend).idle.text == "7m")
  }

  @Test("a rule's streamIdleTimeout is told, and that it is not tried again without the trigger")
  func streamIdle() throws {
    #expect(try times(", streamIdleTimeout: 5s").streamIdle?.text == "5s")
    let route = Documents.route("{backendRefs: [{name: a}], streamIdleTimeout: 5s}")
    #expect(Ask.answer(route).hasWarning("trigger reset"))
    let reset = Ask.backendPolicy("retry: {retryOn: {triggers: [reset]}}")
    #expect(!Ask.answer(route + reset).hasWarning("trigger reset"))
  }

  @Test("tries that cannot begin within the whole time are told")
  func perTry() throws {
    let policy = Ask.backendPolicy("retry: {numRetries: 3, perRetry: {timeout: 30s}}")
    #expect(try times("", policy).perTry?.text == "30s")
    let route = Documents.route("{backendRefs: [{name: a}]}")
    #expect(Ask.answer(route + policy).hasWarning("only 2 begin within 60s"))
    let short = policy.replacing("30s", with: "15s")
    #expect(!Ask.answer(route + short).hasWarning("begin within"))
  }
}
