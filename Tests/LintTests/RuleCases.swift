import Testing

/// One refused and one accepted manifest for each rule.
struct RuleCase: CustomTestStringConvertible, Sendable {
  let id: String
  let bad: String
  let good: String

  var testDescription: String { id }

  init(_ id: String, bad: String, good: String) {
    self.id = id
    self.bad = bad
    self.good = good
  }

  static let all: [RuleCase] =
    server + route + buffer + time + match + backend + attachmentCases + providers + secrets
    + exchanges
    + proxies + listeners + configurations + leftovers + quotas + tools + shown + failures + runtime

  private typealias M = Manifests

  private static let server: [RuleCase] = [
    RuleCase(
      "schema.kind", bad: "{apiVersion: aigateway.envoyproxy.io/v1, kind: AIGatewayRoute}",
      good: M.rule("{backendRefs: [{name: a}]}")),
    RuleCase(
      "kind.unchecked", bad: "{apiVersion: v1, kind: Secret, metadata: {name: a}}",
      good: M.rule("{backendRefs: [{name: a}]}")),
    RuleCase(
      "object.size",
      bad: "{apiVersion: v1, kind: Secret, metadata: {name: a}, data: {a: "
        + String(repeating: "a", count: 3 << 20) + "}}",
      good: M.rule("{backendRefs: [{name: a}]}")),
    RuleCase(
      "cel.P1", bad: M.route("{parentRefs: [{name: a, kind: Service}], rules: []}"),
      good: M.route("{parentRefs: [{name: a, kind: Gateway}], rules: []}")),
    RuleCase(
      "cel.R0", bad: M.rules("{name: chat}, {name: chat}"),
      good: M.rules("{name: chat}, {name: code}, {}")),
    RuleCase("cel.R1", bad: M.rule("{name: route-not-found}"), good: M.rule("{name: rest}")),
    RuleCase(
      "cel.R2", bad: M.rule("{backendRefs: [{name: a}, {name: p, \(M.pool)}]}"),
      good: M.rules("{backendRefs: [{name: a}]}, {backendRefs: [{name: p, \(M.pool)}]}")),
    RuleCase(
      "cel.R3", bad: M.rule("{backendRefs: [{name: p, \(M.pool)}, {name: q, \(M.pool)}]}"),
      good: M.rule("{backendRefs: [{name: p, \(M.pool)}]}")),
    RuleCase(
      "cel.B1", bad: M.rule("{backendRefs: [{name: p, kind: InferencePool}]}"),
      good: M.rule("{backendRefs: [{name: p, \(M.pool)}]}")),
    RuleCase(
      "cel.B2",
      bad: M.rule("{backendRefs: [{name: s, group: gateway.envoyproxy.io, kind: Backend}]}"),
      good: M.rule("{backendRefs: [{name: s}]}")),
    RuleCase(
      "cel.T1", bad: M.rule("{timeouts: {request: 60s, backendRequest: 5m}}"),
      good: M.rule("{timeouts: {request: 0s, backendRequest: 5m}}")),
    RuleCase(
      "cel.C1", bad: M.clientPolicy("{connection: {bufferLimit: 50Mi}}"), good: M.limit("50Mi")),
    RuleCase(
      "cel.C4",
      bad: M.clientPolicy("{targetRefs: [{group: a.b, kind: Gateway, name: gw}]}"),
      good: M.limit("50Mi")),
    RuleCase(
      "cel.C5", bad: M.clientPolicy("{targetRefs: [\(M.httpRoute)]}"), good: M.limit("50Mi")),
    RuleCase(
      "cel.C6",
      bad: M.clientPolicy(
        "{targetSelectors: [{kind: Gateway, namespaces: {from: Selector}}]}"),
      good: M.clientPolicy("{targetSelectors: [{kind: Gateway, namespaces: {from: All}}]}")),
    RuleCase(
      "cel.C7",
      bad: M.clientPolicy(
        "{targetRefs: [\(M.gateway)], connection: {connectionLimit: {closeDelay: 1s}}}"),
      good: M.clientPolicy(
        "{targetRefs: [\(M.gateway)], connection: {connectionLimit: {value: 1, closeDelay: 1s}}}")
    ),
    RuleCase(
      "cel.C8", bad: M.backendPolicy("{targetRefs: [\(M.httpRoute)], mergeType: Replace}"),
      good: M.backendPolicy("{targetRefs: [\(M.httpRoute)], mergeType: StrategicMerge}")),
    RuleCase(
      "L200", bad: M.backendPolicy("{targetRefs: [\(M.httpRoute)], mergeType: Strategic}"),
      good: M.backendPolicy("{targetRefs: [\(M.httpRoute)], mergeType: JSONMerge}")),
    RuleCase(
      "cel.C9",
      bad: M.backendPolicy("{targetRefs: [\(M.httpRoute)], compression: [], compressor: []}"),
      good: M.backendPolicy("{targetRefs: [\(M.httpRoute)], compression: []}")),
    RuleCase(
      "limit.requests",
      bad: M.backendPolicy(
        "{targetRefs: [\(M.httpRoute)], rateLimit: {global: {rules: [\(limit)]}}}"),
      good: M.backendPolicy("{targetRefs: [\(M.httpRoute)], rateLimit: {global: {rules: []}}}")),
    RuleCase(
      "object.duplicate", bad: M.joined(M.rule("{}"), M.rule("{}")),
      good: M.joined(M.rule("{}"), M.rule("{}", name: "code"))),
    RuleCase(
      "placeholder", bad: M.rule("{backendRefs: [{name: '${BACKEND}'}]}"),
      good: M.rule("{backendRefs: [{name: a}]}")),
  ]

  private static let limit = "{limit: {requests: 1000, unit: Hour}}"

  private static let route: [RuleCase] = [
    RuleCase(
      "L01", bad: "{apiVersion: aigateway.envoyproxy.io/v1alpha1, kind: AIGatewayRoute}",
      good: M.rule("{}")),
    RuleCase(
      "L02", bad: M.route("{targetRefs: [{name: gw}], rules: []}"),
      good: M.route("{parentRefs: [{name: gw}], rules: []}")),
    RuleCase(
      "L03", bad: M.route("{rules: [{}]}"), good: M.route("{parentRefs: [{name: gw}], rules: [{}]}")
    ),
    RuleCase(
      "L04",
      bad: M.rule(
        "{backendRefs: [{name: a, group: aigateway.envoyproxy.io, kind: AIServiceBackend}]}"),
      good: M.rule("{backendRefs: [{name: a}]}")),
    RuleCase(
      "L05", bad: M.rule("{backendRefs: [{name: a, namespace: ''}]}"),
      good: M.rule("{backendRefs: [{name: a, namespace: null}]}")),
    RuleCase(
      "L06",
      bad: M.rule(
        "{backendRefs: [{name: a, group: inference.networking.x-k8s.io, kind: InferencePool}]}"),
      good: M.rule("{backendRefs: [{name: a, \(M.pool)}]}")),
    RuleCase(
      "L07", bad: M.rule("{}", name: String(repeating: "a", count: 223)),
      good: M.rule("{}", name: String(repeating: "a", count: 222))),
    RuleCase(
      "L08",
      bad: M.joined(M.rule("{}"), "{kind: HTTPRoute, metadata: {name: chat, namespace: team-a}}\n"),
      good: M.joined(M.rule("{}"), "{kind: HTTPRoute, metadata: {name: web, namespace: team-a}}\n")
    ),
    RuleCase(
      "L09",
      bad: M.route("{}", more: ", annotations: {argocd.argoproj.io/tracking-id: x}"),
      good: M.route("{}", more: ", annotations: {owner: x}")),
    RuleCase(
      "L09.size",
      bad: M.route("{}", more: ", annotations: {a: \(String(repeating: "b", count: 262_100))}"),
      good: M.route("{}", more: ", annotations: {a: \(String(repeating: "b", count: 262_000))}")),
    RuleCase(
      "L10", bad: M.route("{}", more: ", labels: {team: b}"), good: M.route("{}")),
    RuleCase(
      "L24", bad: M.route("{parentRefs: [{name: gw}, {name: gw, sectionName: a}], rules: []}"),
      good: M.route(
        "{parentRefs: [{name: gw, sectionName: b}, {name: gw, sectionName: a}], rules: []}")),
    RuleCase(
      "L56",
      bad: M.joined(
        M.rule("{}"), M.route("{parentRefs: [{name: gw}], hostnames: [a.b], rules: []}", name: "b")
      ),
      good: M.joined(
        M.route("{parentRefs: [{name: gw}], hostnames: [a.b], rules: []}"),
        M.route("{parentRefs: [{name: gw}], hostnames: [c.d], rules: []}", name: "b"))),
    RuleCase(
      "L57", bad: M.route("{hostnames: ['*.a.com'], rules: []}"),
      good: M.route("{hostnames: [a.com], rules: []}")),
  ]

  private static let buffer: [RuleCase] = [
    RuleCase("L11", bad: M.rule("{}"), good: M.joined(M.limit("50Mi"), M.rule("{}"))),
    RuleCase("L12", bad: M.limit("4Gi"), good: M.limit("4095Mi")),
    RuleCase("L13", bad: M.limit("0"), good: M.limit("1")),
    RuleCase("L14", bad: M.limit("1023Ki"), good: M.limit("1Mi")),
    RuleCase(
      "L15",
      bad: M.joined(
        M.limit("50Mi"), M.route("{parentRefs: [{name: gw, namespace: infra}], rules: []}")),
      good: M.joined(
        M.limit("50Mi"), M.route("{parentRefs: [{name: gw, namespace: team-a}], rules: []}"))),
    RuleCase(
      "L16",
      bad: M.joined(M.limit("50Mi"), M.clientPolicy("{targetRefs: [\(M.gateway)]}", name: "other")),
      good: M.joined(
        M.limit("50Mi"),
        M.clientPolicy(
          "{targetRefs: [{group: gateway.networking.k8s.io, kind: Gateway, name: other}]}"))),
    RuleCase(
      "L17",
      bad: M.joined(M.limit("50Mi"), sectionPolicy("timeout: {}")),
      good: M.joined(M.limit("50Mi"), sectionPolicy("connection: {bufferLimit: 10Mi}"))),
    RuleCase(
      "L19", bad: M.clientPolicy("{targetRef: \(M.gateway)}"),
      good: M.clientPolicy("{targetRefs: [\(M.gateway)]}")),
    RuleCase(
      "L19", bad: securityPolicy("targetRef: \(M.gateway)"),
      good: securityPolicy("targetRefs: [\(M.gateway)]")),
    RuleCase(
      "L20", bad: M.clientPolicy("{targetRefs: [\(M.gateway)], \(largeBuffer)}"),
      good: M.clientPolicy(
        "{targetRefs: [\(M.gateway)], \(largeBuffer), http2: {initialStreamWindowSize: 1Mi}}")),
  ]

  private static let largeBuffer = "connection: {bufferLimit: 200Mi}"

  private static func securityPolicy(_ target: String) -> String {
    "{apiVersion: gateway.envoyproxy.io/v1alpha1, kind: SecurityPolicy, metadata: {name: p}, "
      + "spec: {\(target), cors: {allowOrigins: ['https://chat.example.com']}}}"
  }

  private static func sectionPolicy(_ more: String) -> String {
    let target = M.gateway.dropLast() + ", sectionName: https}"
    return M.clientPolicy("{targetRefs: [\(target)], \(more)}", name: "section")
  }

  private static func paused(_ pause: String) -> String {
    M.backendPolicy(
      "{targetRefs: [\(M.httpRoute)], timeout: {http: {streamIdleTimeout: \(pause)}}}")
  }

  private static let time: [RuleCase] = [
    RuleCase(
      "L27", bad: M.rule("{backendRefs: [{name: a}]}"),
      good: M.rule("{timeouts: {request: 300s}, backendRefs: [{name: a}]}")),
    RuleCase(
      "L28", bad: M.rule("{timeouts: {backendRequest: 61s}}"),
      good: M.rule("{timeouts: {backendRequest: 60s}}")),
    RuleCase(
      "L29", bad: M.rule("{timeouts: {request: 300s, backendRequest: 30s}}"),
      good: M.rule("{timeouts: {request: 300s, backendRequest: 300s}}")),
    RuleCase(
      "L29.policy",
      bad: M.joined(
        M.rule("{}"),
        M.backendPolicy(
          "{targetRefs: [\(M.httpRoute)], timeout: {http: {requestTimeout: 5m}}}")),
      good: M.joined(
        M.rule("{}"),
        M.backendPolicy(
          "{targetRefs: [\(M.httpRoute)], timeout: {http: {streamIdleTimeout: 5m}}}"))),
    RuleCase(
      "L30", bad: M.joined(M.rule(M.tiers), M.retry("{perRetry: {timeout: 60s}}")),
      good: M.joined(M.rule(M.tiers), M.retry("{perRetry: {timeout: 59s}}"))),
    RuleCase(
      "L30.stream",
      bad: M.joined(
        M.rule("{timeouts: {request: 300s}}"),
        M.backendPolicy(
          "{targetRefs: [\(M.httpRoute)], timeout: {http: {maxStreamDuration: 30s}}}")),
      good: M.joined(
        M.rule("{timeouts: {request: 300s}}"),
        M.backendPolicy(
          "{targetRefs: [\(M.httpRoute)], timeout: {http: {maxStreamDuration: 300s}}}"))),
    RuleCase(
      "L30.stream",
      bad: M.joined(M.rule("{timeouts: {request: 300s}}"), paused("30s")),
      good: M.joined(M.rule("{timeouts: {request: 300s}}"), paused("300s"))),
    RuleCase(
      "L31",
      bad: M.joined(M.rule("{streamIdleTimeout: 5s}"), M.retry("{numRetries: 1}")),
      good: M.joined(
        M.rule("{streamIdleTimeout: 5s}"), M.retry("{retryOn: {triggers: [reset]}}"))),
    RuleCase(
      "L32", bad: M.rule("{streamIdleTimeout: 60s}"),
      good: M.rule("{streamIdleTimeout: 60s, timeouts: {request: 0s}}")),
    RuleCase(
      "L33", bad: M.rule(M.tiers),
      good: M.joined(M.rule(M.tiers), M.retry("{numAttemptsPerPriority: 1}"))),
    RuleCase(
      "L34", bad: M.rule("{backendRefs: [{name: a}, {name: b, priority: 129}]}"),
      good: M.rule("{backendRefs: [{name: a}, {name: b, priority: 1}]}")),
    RuleCase(
      "L35", bad: M.joined(M.rule(M.tiers), M.retry("{numRetries: 3}")),
      good: M.joined(M.rule(M.tiers), M.retry("{numRetries: 3, numAttemptsPerPriority: 1}"))),
    RuleCase(
      "L36",
      bad: M.joined(M.rule(M.tiers), M.retry("{numRetries: 1, numAttemptsPerPriority: 1}")),
      good: M.joined(M.rule(M.tiers), M.retry("{numRetries: 2, numAttemptsPerPriority: 1}"))),
    RuleCase(
      "L37",
      bad: M.retry("{retryOn: {triggers: [connect-failure], httpStatusCodes: [429]}}"),
      good: M.retry("{retryOn: {triggers: [retriable-status-codes], httpStatusCodes: [429]}}")),
    RuleCase(
      "L40",
      bad: M.backendPolicy(
        "{targetRefs: [{group: aigateway.envoyproxy.io, kind: AIGatewayRoute, name: chat}]}"),
      good: M.backendPolicy("{targetRefs: [\(M.httpRoute)]}")),
    RuleCase(
      "L41",
      bad: M.joined(
        M.rule("{}"), M.backendPolicy("{targetRefs: [\(M.gateway)]}", name: "wide"),
        M.backendPolicy("{targetRefs: [\(M.httpRoute)]}")),
      good: M.joined(
        M.rule("{}"), M.backendPolicy("{targetRefs: [\(M.gateway)]}", name: "wide"),
        M.backendPolicy("{targetRefs: [\(M.httpRoute)], mergeType: JSONMerge}"))),
    RuleCase(
      "L42",
      bad: M.joined(M.rule("{}"), sectioned), good: M.joined(M.rule("{name: gpt}"), sectioned)),
  ]

  private static let sectioned = M.backendPolicy(
    "{targetRefs: [\(M.httpRoute.dropLast()), sectionName: gpt}]}")

  private static let once = "{headers: [{name: x-t, value: a}]}"
  private static let twice = "{headers: [{name: x-t, value: a}, {name: X-T, value: a}]}"

  private static let match: [RuleCase] = [
    RuleCase(
      "L43", bad: M.rules(M.match(M.model("a")) + "," + M.match(M.model("b"), M.model("a"))),
      good: M.rules(M.match(M.model("a")) + "," + M.match(M.model("b")))),
    // A header that is written in two cases of letters counts twice, so that the second one wins.
    RuleCase(
      "L43", bad: M.rule("{matches: [\(twice), \(once), \(twice)]}"),
      good: M.rule("{matches: [\(once), \(twice)]}")),
    RuleCase(
      "L43.routes",
      bad: M.joined(
        M.rules(M.match(M.model("a"))), M.rules(M.match(M.model("a")), name: "d")),
      good: M.joined(
        M.rules(M.match(M.model("a"))), M.rules(M.match(M.model("b")), name: "d"))),
    RuleCase(
      "L44",
      bad: M.joined(M.rules(M.match(M.model("a"))), M.rule("{}", name: "d")),
      good: M.joined(M.rules(M.match(M.model("a"))), M.rule(M.match(M.regex(".+")), name: "d"))),
    RuleCase(
      "L46", bad: M.rules("{backendRefs: [{name: a}]}, {backendRefs: [{name: b}]}"),
      good: M.rules("{backendRefs: [{name: a}]}, " + M.match(M.model("b")))),
    RuleCase(
      "L47",
      bad: M.rules(
        M.match(M.model("a")) + ", " + M.match(M.model("a") + ", {name: x-tenant, value: x}")),
      good: M.rules(
        M.match(M.model("a") + ", {name: x-tenant, value: x}") + ", " + M.match(M.model("a")))),
    RuleCase(
      "L48",
      bad: M.rule(M.match("{name: X-Team, value: a}, {name: x-team, value: b}")),
      good: M.rule(M.match("{name: x-team, value: a}", "{name: x-team, value: b}"))),
    RuleCase(
      "L49", bad: M.rule(M.match("{name: X-AI-EG-Model, value: a}")),
      good: M.rule(M.match(M.model("a")))),
    RuleCase(
      "L50", bad: M.rule(M.match(M.regex("gpt-3.5.*"))),
      good: M.rule(
        M.match("{type: RegularExpression, name: x-team, value: 'a\\.b.*'}"))),
    RuleCase(
      "L51", bad: M.rule(M.match(M.regex("(?!gpt).*"))),
      good: M.rule(M.match(M.regex("(gpt|claude)-.*")))),
    RuleCase(
      "L52", bad: M.rule(M.match(M.model("gpt-*"))), good: M.rule(M.match(M.regex("gpt-.*")))),
    RuleCase(
      "L53", bad: M.rule(M.match(M.model("'a  b'"))), good: M.rule(M.match(M.model("'a b'")))),
    RuleCase(
      "L58", bad: M.rule(M.match("{name: Authorization, value: Bearer x}")),
      good: M.rule(M.match("{name: x-tenant, value: x}"))),
  ]

  private static let backend: [RuleCase] = [
    RuleCase(
      "L38",
      bad: M.rule("{backendRefs: [{name: a, weight: 90}, {name: b, weight: 10, priority: 1}]}"),
      good: M.rule("{backendRefs: [{name: a, weight: 90}, {name: b, weight: 10}]}")),
    RuleCase(
      "L54", bad: M.rule("{backendRefs: [\(M.many(17) { "{name: a\($0)}" })]}"),
      good: M.rule("{backendRefs: [\(M.many(16) { "{name: a\($0), weight: 1000000}" })]}")),
    RuleCase(
      "L54.total",
      bad: M.rules(M.many(2) { _ in "{matches: [\(M.many(64) { _ in "{}" })]}" }),
      good: M.rules(
        "{matches: [\(M.many(64) { _ in "{}" })]}, {matches: [\(M.many(63) { _ in "{}" })]}")),
    RuleCase(
      "L55", bad: M.rules(M.many(16) { "{name: r\($0)}" }),
      good: M.rules(M.many(15) { "{name: r\($0)}" })),
    RuleCase(
      "body.json",
      bad: M.rule("{backendRefs: [{name: a, bodyMutation: {set: [{path: p, value: '[1,]'}]}}]}"),
      good: M.rule(
        "{backendRefs: [{name: a, bodyMutation: {set: [{path: p, value: ' [1, {\"a\": \"x\"}]'}]}}]}"
      )),
    RuleCase(
      "body.json",
      bad: M.rule(
        "{backendRefs: [{name: a, bodyMutation: {set: [{path: p, value: '2026-01-31'}]}}]}"),
      good: M.rule(
        "{backendRefs: [{name: a, bodyMutation: {set: [{path: p.q, value: flex}]}}]}")),
    RuleCase(
      "body.json",
      bad: M.rule(
        "{backendRefs: [{name: a, bodyMutation: {set: [{path: messages.role, value: user}]}}]}"),
      good: M.rule(
        "{backendRefs: [{name: a, bodyMutation: {set: [{path: messages.-1, value: '{}'}]}}]}")),
    RuleCase(
      "body.json",
      bad: M.rule("{backendRefs: [{name: a, bodyMutation: {remove: [stream]}}]}"),
      good: M.rule("{backendRefs: [{name: a, bodyMutation: {remove: [user]}}]}")),
    RuleCase(
      "body.model",
      bad: M.rule("{backendRefs: [{name: a, bodyMutation: {set: [{path: model, value: x}]}}]}"),
      good: M.rule("{backendRefs: [{name: a, bodyMutation: {set: [{path: m, value: x}]}}]}")),
    RuleCase(
      "body.model.service",
      bad: M.service(
        "a",
        "schema: {name: OpenAI}, bodyMutation: {remove: [model]}, backendRef: \(M.leads("a"))"),
      good: M.service(
        "a", "schema: {name: OpenAI}, bodyMutation: {remove: [m]}, backendRef: \(M.leads("a"))")),
    RuleCase(
      "body.json.service",
      bad: M.service(
        "a",
        "schema: {name: OpenAI}, bodyMutation: {set: [{path: p, value: '{a}'}]}, "
          + "backendRef: \(M.leads("a"))"),
      good: M.service(
        "a",
        "schema: {name: OpenAI}, bodyMutation: {set: [{path: p, value: '{\"a\": 1}'}]}, "
          + "backendRef: \(M.leads("a"))")),
    RuleCase(
      "L60", bad: M.rule("{backendRefs: [{name: a, namespace: shared}]}"),
      good: M.joined(M.rule("{backendRefs: [{name: a, namespace: shared}]}"), bothGrants)),
    RuleCase(
      "L61", bad: grant("AIGatewayRoute", "AIServiceBackend", in: "team-a"),
      good: grant("AIGatewayRoute", "AIServiceBackend", in: "shared")),
    RuleCase(
      "L62",
      bad: M.grant(
        "{from: [], to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}]}"),
      good: M.grant("{from: [], to: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend}]}")),
    RuleCase(
      "L62.backend",
      bad: M.joined(
        M.rule("{backendRefs: [{name: a, namespace: shared}]}"),
        M.grant("{from: [], to: [{group: gateway.envoyproxy.io, kind: Backend, name: a}]}")),
      good: M.joined(
        M.rule("{backendRefs: [{name: a, namespace: shared}]}"),
        M.grant("{from: [], to: [{group: gateway.envoyproxy.io, kind: Backend, name: a-be}]}"))),
    RuleCase(
      "L63",
      bad: M.grant("{from: [{group: a, kind: B, namespace: '*'}], to: []}"),
      good: M.grant("{from: [{group: a, kind: B, namespace: c}], to: []}")),
    RuleCase(
      "L64", bad: M.rule("{backendRefs: [{name: a, weight: 0}]}"),
      good: M.rule("{backendRefs: [{name: a, weight: 0}, {name: b}]}")),
    RuleCase(
      "L65", bad: M.rule("{backendRefs: [{name: a}, {name: a, weight: 2}]}"),
      good: M.rule("{backendRefs: [{name: a}, {name: a, modelNameOverride: x}]}")),
    RuleCase(
      "L70",
      bad: M.rule("{backendRefs: [{name: a, \(M.pool), priority: 1, modelNameOverride: x}]}"),
      good: M.rule("{backendRefs: [{name: a, \(M.pool), namespace: x, priority: 0}]}")),
  ]

  static let bothGrants = M.joined(
    grant("AIGatewayRoute", "AIServiceBackend", in: "shared"),
    grant("HTTPRoute", "Backend", in: "shared"))

  private static let groups = [
    "AIGatewayRoute": "aigateway.envoyproxy.io", "AIServiceBackend": "aigateway.envoyproxy.io",
    "HTTPRoute": "gateway.networking.k8s.io", "Backend": "gateway.envoyproxy.io",
  ]

  private static func grant(_ source: String, _ target: String, in namespace: String) -> String {
    M.grant(
      "{from: [{group: \(groups[source] ?? ""), kind: \(source), namespace: team-a}], "
        + "to: [{group: \(groups[target] ?? ""), kind: \(target)}]}",
      name: source.lowercased(), namespace: namespace)
  }
}
