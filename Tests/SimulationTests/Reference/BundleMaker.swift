import Corpus
import YAML
import Resources
import Simulation

/// Makes bundles in which names, labels, hosts and ports meet often. All of it would be taken by
/// the API server.
struct BundleMaker {
  var random: Seeded
  /// Below which AI Gateway has its paths.
  private(set) var rootPrefix = "/"
  private(set) var isDated = false
  private var listeners: [(name: String, port: Int)] = []

  /// What schemas backends have and are asked for, whatever else is in the bundle.
  private var schemas: Seeded
  /// The same for what else policies ask of requests.
  var extras: Seeded
  /// The same for quotas.
  var quotas: Seeded

  init(seed: UInt64) {
    random = Seeded(seed)
    schemas = Seeded(~seed)
    extras = Seeded(seed ^ 0x5EC)
    quotas = Seeded(seed ^ 0x90A)
  }

  static let namespaces = ["infra", "team", "team-a"]
  private static let hosts = [
    "a.example.com", "b.example.com", "'*.example.com'", "'*.example.com'", "'*.com'",
    "'*.b.example.com'", "c.org",
  ]

  /// The text of a bundle around the Gateway infra/gw.
  mutating func bundle() -> String {
    isDated = random.chance(2, of: 5)
    rootPrefix = random.chance(1, of: 8) ? "/ai" : "/"
    var documents = BundleMaker.namespaces.map { namespace in
      "kind: Namespace\nmetadata: {name: \(namespace), labels: {team: \(random.pick(["a", "b"]))}}"
    }
    documents.append(gateway("gw"))
    let main = listeners
    if random.chance(1, of: 4) { documents.append(gateway("gw2")) }
    listeners = main
    for (namespace, name) in places("r", 1...4) {
      documents.append(route(namespace, name))
      if random.chance(1, of: 8) { documents.append(plain(namespace, name)) }
    }
    for (namespace, name) in places("h", 0...2) { documents.append(plain(namespace, name)) }
    for (namespace, name) in places("p", 0...4) {
      documents.append(
        object("BackendTrafficPolicy", namespace, name, traffic(targets(["HTTPRoute", "Gateway"]))))
    }
    for (namespace, name) in places("c", 0...3) {
      documents.append(object("ClientTrafficPolicy", namespace, name, client(targets(["Gateway"]))))
    }
    for (namespace, name) in places("s", 0...2) {
      documents.append(
        object(
          "SecurityPolicy", namespace, name,
          "\(targets(["HTTPRoute", "Gateway"])), cors: {allowOrigins: ['*']}"))
    }
    for (namespace, name) in places("g", 0...2) { documents.append(grant(namespace, name)) }
    documents += guards()
    documents += backends()
    documents += quotaPolicies()
    if rootPrefix != "/" { documents.append(controller) }
    return documents.map { "---\n\($0)\n" }.joined()
  }

  /// What tells a reader of the bundle of the root prefix.
  private var controller: String {
    """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: ai-gateway-controller, namespace: infra}
    spec: {template: {spec: {containers: [{name: c, args: ['--rootPrefix=\(rootPrefix)']}]}}}
    """
  }

  private mutating func places(_ letter: String, _ count: ClosedRange<Int>) -> [(String, String)] {
    var seen: Set<String> = []
    return (0..<Int.random(in: count, using: &random)).compactMap { _ in
      let namespace = random.pick(BundleMaker.namespaces)
      let name = "\(letter)\(random.pick([1, 2, 3]))"
      return seen.insert("\(namespace)/\(name)").inserted ? (namespace, name) : nil
    }
  }

  private mutating func object(_ kind: String, _ namespace: String, _ name: String, _ spec: String)
    -> String
  {
    let group =
      switch kind {
      case "AIGatewayRoute", "AIServiceBackend": "aigateway.envoyproxy.io/v1beta1"
      case "Gateway", "HTTPRoute": "gateway.networking.k8s.io/v1"
      case "ReferenceGrant": "gateway.networking.k8s.io/v1beta1"
      default: "gateway.envoyproxy.io/v1alpha1"
      }
    let date = random.pick(["01", "02", "03"])
    let created = isDated ? ", creationTimestamp: '2026-01-\(date)T00:00:00Z'" : ""
    let labels = random.chance(2, of: 3) ? ", labels: {app: \(random.pick(["x", "y"]))}" : ""
    return """
      apiVersion: \(group)
      kind: \(kind)
      metadata: {name: \(name), namespace: \(namespace)\(labels)\(created)}
      spec: {\(spec)}
      """
  }

  // MARK: - Gateways

  private mutating func gateway(_ name: String) -> String {
    listeners = []
    var seen: Set<String> = []
    var texts: [String] = []
    for letter in ["a", "b", "c"].prefix(random.pick([1, 1, 1, 2, 3])) {
      let port = random.pick([80, 80, 80, 8080])
      let kind = random.pick([
        "HTTP", "HTTP", "HTTP", "HTTP", "HTTP", "HTTP", "HTTP", "HTTPS", "HTTPS", "TCP",
      ])
      let host = kind == "TCP" || random.chance(2, of: 3) ? "" : random.pick(BundleMaker.hosts)
      guard seen.insert("\(port) \(kind) \(host)").inserted else { continue }
      listeners.append((letter, port))
      var text = "name: \(letter), port: \(port), protocol: \(kind)"
      if !host.isEmpty { text += ", hostname: \(host)" }
      if kind == "HTTPS" { text += ", tls: {certificateRefs: [{name: cert}]}" }
      let isOpen = random.chance(2, of: 3)
      text +=
        isOpen
        ? ", allowedRoutes: {namespaces: {from: All}}"
        : random.pick([
          "", ", allowedRoutes: {namespaces: {from: Same}}",
          ", allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}",
          ", allowedRoutes: {namespaces: {from: Selector}}",
          ", allowedRoutes: {namespaces: {from: Selector, selector: {matchExpressions: "
            + "[{key: team, operator: NotIn, values: [a]}]}}}",
          ", allowedRoutes: {namespaces: {from: All}, kinds: [{kind: GRPCRoute}]}",
        ])
      texts.append("{\(text)}")
    }
    return object(
      "Gateway", "infra", name,
      "gatewayClassName: eg, listeners: [\(texts.joined(separator: ", "))]")
  }

  // MARK: - Routes

  private mutating func parents() -> String {
    var parents: [String] = []
    for _ in 0..<random.pick([1, 1, 1, 1, 2]) {
      var parent = "name: \(random.pick(["gw", "gw", "gw", "gw", "gw", "gw2"])), namespace: infra"
      let listener = random.pick(listeners)
      if random.chance(1, of: 4) { parent += ", sectionName: \(listener.name)" }
      if random.chance(1, of: 8) { parent += ", port: \(listener.port)" }
      if !parents.isEmpty, !parent.contains("sectionName") { continue }
      if parents.contains(where: { !$0.contains("sectionName") || $0 == parent }) { continue }
      parents.append(parent)
    }
    var hosts: [String] = []
    if random.chance(1, of: 3) {
      for _ in 0..<random.pick([1, 2]) { hosts.append(random.pick(BundleMaker.hosts)) }
    }
    let hostnames =
      hosts.isEmpty ? "" : ", hostnames: [\(Set(hosts).sorted().joined(separator: ", "))]"
    return "parentRefs: [\(parents.map { "{\($0)}" }.joined(separator: ", "))]\(hostnames)"
  }

  private mutating func route(_ namespace: String, _ name: String) -> String {
    let rules = (0..<random.pick([0, 1, 2, 3, 3])).map { index in
      rule(index, random.pick([[], ["one", "two", "three"]]))
    }
    return object(
      "AIGatewayRoute", namespace, name, "\(parents()), rules: [\(rules.joined(separator: ", "))]")
  }

  private mutating func rule(_ index: Int, _ names: [String]) -> String {
    var parts: [String] = []
    if !names.isEmpty { parts.append("name: \(names[index])") }
    let matches = (0..<random.pick([0, 1, 1, 1, 2])).map { _ in
      "{headers: [\(headers().joined(separator: ", "))]}"
    }
    if !matches.isEmpty { parts.append("matches: [\(matches.joined(separator: ", "))]") }
    let refs = (0..<random.pick([0, 1, 1, 1, 2, 2, 3, 3])).map { _ in
      var ref = "{name: \(random.pick(["a", "b", "c"]))"
      ref += random.pick(["", "", ", weight: 0", ", weight: 1", ", weight: 3"])
      ref += random.pick(["", "", ", priority: 0", ", priority: 1", ", priority: 2"])
      return ref + random.pick(["", "", ", modelNameOverride: o"]) + "}"
    }
    parts.append("backendRefs: [\(refs.joined(separator: ", "))]")
    parts.append(
      random.pick([
        "timeouts: {}", "timeouts: {request: 30s}", "timeouts: {request: 0s}",
        "timeouts: {request: 2h}", "timeouts: {request: 2m, backendRequest: 10s}",
        "timeouts: {request: 0s, backendRequest: 90m}", "timeouts: {backendRequest: 10s}",
      ]))
    if random.chance(1, of: 6) { parts.append("streamIdleTimeout: 5s") }
    return "{\(parts.joined(separator: ", "))}"
  }

  private static let expressions = ["m.*", ".*", ".+", "m[12]", "a|b", "(?!a).*"]

  private mutating func headers() -> [String] {
    var seen: Set<String> = []
    return (0..<random.pick([0, 1, 1, 1, 2, 3])).compactMap { _ in
      let name = random.pick([
        "x-ai-eg-model", "x-ai-eg-model", "x-ai-eg-model", "X-AI-EG-Model", "x-t", "X-T", "x-u",
      ])
      guard seen.insert(name).inserted else { return nil }
      return random.chance(2, of: 3)
        ? "{name: \(name), value: \(random.pick(["m1", "m1", "m2", "a"]))}"
        : "{type: RegularExpression, name: \(name), "
          + "value: '\(random.pick(BundleMaker.expressions))'}"
    }
  }

  private mutating func plain(_ namespace: String, _ name: String) -> String {
    let rules = (0..<random.pick([1, 1, 2])).map { index in
      let matches = (0..<random.pick([0, 1, 1, 2])).map { _ in
        var parts: [String] = []
        let path = random.pick(["/", "/v1", "/v1/", "/v1/chat/completions", "/v2", "/v1/.*"])
        let types =
          path == "/v1/.*" ? ["RegularExpression"] : ["Exact", "PathPrefix", "PathPrefix"]
        if random.chance(3, of: 4) {
          parts.append("path: {type: \(random.pick(types)), value: \(path)}")
        }
        if random.chance(1, of: 2) {
          parts.append("headers: [\(headers().joined(separator: ", "))]")
        }
        if random.chance(1, of: 5) { parts.append("method: \(random.pick(["GET", "POST"]))") }
        if random.chance(1, of: 5) {
          parts.append(
            random.pick([
              "queryParams: [{name: q, value: '1'}]", "queryParams: [{name: q, value: '2'}]",
              "queryParams: [{name: q, type: RegularExpression, value: '.*'}]",
            ]))
        }
        return "{\(parts.joined(separator: ", "))}"
      }
      let weight = random.pick([0, 1, 4])
      let name = random.chance(1, of: 2) ? "name: \(["one", "two"][index]), " : ""
      return "{\(name)matches: [\(matches.joined(separator: ", "))], "
        + "backendRefs: [{name: svc, port: 80}, {name: svc2, port: 80, weight: \(weight)}]}"
    }
    return object(
      "HTTPRoute", namespace, name, "\(parents()), rules: [\(rules.joined(separator: ", "))]")
  }

  // MARK: - Policies

  /// `targetRefs`, `targetRef` or `targetSelectors`.
  private mutating func targets(_ kinds: [String]) -> String {
    func one(_ random: inout Seeded, _ listeners: [(name: String, port: Int)]) -> String {
      let kind = random.pick(kinds)
      let isGateway = kind == "Gateway"
      let name =
        isGateway
        ? random.pick(["gw", "gw", "gw", "gw2"])
        : "\(random.pick(["r", "r", "r", "h"]))\(random.pick([1, 2, 3]))"
      let sections = isGateway ? listeners.map(\.name) : ["one", "two", "none", "route-not-found"]
      let section = random.chance(1, of: 3) ? ", sectionName: \(random.pick(sections))" : ""
      return "{group: gateway.networking.k8s.io, kind: \(kind), name: \(name)\(section)}"
    }
    if random.chance(1, of: 10) { return "targetRef: \(one(&random, listeners))" }
    let named = "targetRefs: [\(one(&random, listeners))]"
    if random.chance(2, of: 3) { return named }
    let namespaces = random.pick([
      "", "", ", namespaces: {from: All}", ", namespaces: {from: Same}",
      ", namespaces: {from: Selector, selector: {matchLabels: {team: a}}}",
    ])
    let labels = random.pick([
      "matchLabels: {app: x}", "matchLabels: {app: y}",
      "matchExpressions: [{key: app, operator: Exists}]",
    ])
    let selectors = "targetSelectors: [{kind: \(random.pick(kinds)), \(labels)\(namespaces)}]"
    return random.chance(1, of: 4) ? "\(named), \(selectors)" : selectors
  }

  private mutating func traffic(_ targets: String) -> String {
    var parts = [targets]
    if targets.contains("HTTPRoute"), !targets.contains("kind: Gateway"), random.chance(1, of: 3) {
      parts.append("mergeType: \(random.pick(["StrategicMerge", "JSONMerge"]))")
    }
    if random.chance(3, of: 5) { parts.append("retry: {\(retry())}") }
    if random.chance(1, of: 4) {
      parts.append(
        "timeout: {http: {\(random.pick(["requestTimeout: 7s", "streamIdleTimeout: 9m"]))}}")
    }
    if random.chance(1, of: 6) { parts.append("healthCheck: {active: {type: TCP, tcp: {}}}") }
    if random.chance(1, of: 6) {
      parts.append("requestBuffer: {limit: \(random.pick(["1000", "1Mi", "40k"]))}")
    }
    if random.chance(1, of: 6) { parts.append(random.pick(BundleMaker.odd)) }
    var seen: Set<Substring> = []
    return parts.filter { seen.insert($0.prefix { $0 != ":" }).inserted }.joined(separator: ", ")
  }

  /// Parts at the edge of what Envoy Gateway refuses, on both sides.
  private static let odd = [
    "requestBuffer: {limit: 5Gi}", "requestBuffer: {limit: 4095Mi}",
    "connection: {bufferLimit: 4Gi}", "connection: {bufferLimit: '4294967295'}",
    "bandwidthLimit: {request: {limit: {value: 1000, unit: Second}}}",
    "bandwidthLimit: {response: {limit: {value: 60Ki, unit: Minute}}}",
    "bandwidthLimit: {response: {limit: {value: 59Ki, unit: Minute}}}",
    "loadBalancer: {type: ConsistentHash, consistentHash: {type: SourceIP, tableSize: 1000}}",
    "loadBalancer: {type: ConsistentHash, consistentHash: {type: SourceIP, tableSize: 1009}}",
    "http2: {initialStreamWindowSize: 64Ki}", "http2: {initialConnectionWindowSize: 60Ki}",
    "rateLimit: {type: Global}", "rateLimit: {type: Local}",
    "rateLimit: {type: Global, global: {rules: [{clientSelectors: [{headers: [{name: x-u, type: "
      + "Distinct, invert: true}]}], limit: {requests: 1, unit: Hour}}]}}",
    "rateLimit: {type: Global, global: {rules: [{clientSelectors: [{headers: [{name: x-u, type: "
      + "RegularExpression, value: '(?!a)'}]}], limit: {requests: 1, unit: Hour}}]}}",
    "rateLimit: {type: Global, global: {rules: [{clientSelectors: [{headers: [{name: x-u, type: "
      + "Distinct}]}], limit: {requests: 1, unit: Hour}}]}}",
    "rateLimit: {type: Local, local: {rules: [{limit: {requests: 1, unit: Hour}}, {limit: "
      + "{requests: 2, unit: Hour}}]}}",
    "rateLimit: {local: {rules: [{limit: {requests: 1, unit: Hour}}]}}",
    "retry: {perRetry: {backOff: {baseInterval: 0s}}}",
    "retry: {perRetry: {backOff: {baseInterval: 2s, maxInterval: 1s}}}",
    "retry: {perRetry: {backOff: {baseInterval: 1s, maxInterval: 1000ms}}}",
  ]

  private mutating func retry() -> String {
    var parts: [String] = []
    if random.chance(1, of: 2) { parts.append("numRetries: \(random.pick([0, 1, 2, 5]))") }
    if random.chance(1, of: 2) {
      parts.append("numAttemptsPerPriority: \(random.pick([0, 1, 1, 2]))")
    }
    if random.chance(1, of: 2) {
      parts.append(
        random.pick([
          "retryOn: {triggers: [retriable-status-codes, reset], httpStatusCodes: [429, 500]}",
          "retryOn: {triggers: [retriable-status-codes]}", "retryOn: {triggers: []}",
          "retryOn: {httpStatusCodes: [429]}", "retryOn: {}", "retryOn: {httpStatusCodes: []}",
          "retryOn: {triggers: [5xx], httpStatusCodes: [429]}",
        ]))
    }
    if random.chance(1, of: 4) { parts.append("perRetry: {timeout: 4s}") }
    return parts.joined(separator: ", ")
  }

  private mutating func client(_ targets: String) -> String {
    var parts = [targets]
    if random.chance(1, of: 2) {
      parts.append("connection: {bufferLimit: \(random.pick(["1000", "50Mi", "4095Mi", "4Gi"]))}")
    }
    if random.chance(1, of: 4) { parts.append("timeout: {http: {streamIdleTimeout: 11m}}") }
    if random.chance(1, of: 4) {
      parts.append(
        random.pick([
          "headers: {earlyRequestHeaders: {remove: [x-t]}}",
          "headers: {earlyRequestHeaders: {set: [{name: x-t, value: a}]}}",
          "headers: {earlyRequestHeaders: {add: [{name: X-T, value: b}]}}",
          "headers: {earlyRequestHeaders: {addIfAbsent: [{name: x-u, value: m1}]}}",
          "headers: {earlyRequestHeaders: {set: [{name: x-t, value: a}], remove: [X-T]}}",
          "headers: {earlyRequestHeaders: {set: [{name: x-ai-eg-model, value: m1}]}}",
          "headers: {earlyRequestHeaders: {}}", "headers: {lateResponseHeaders: {remove: [x-t]}}",
        ]))
    }
    if random.chance(1, of: 8) {
      parts.append(
        random.pick([
          "http2: {initialStreamWindowSize: 64Ki}", "http2: {initialStreamWindowSize: 1Ki}",
          "http2: {initialConnectionWindowSize: 2Gi}",
          "http1: {http10: {useDefaultHost: true}}", "http1: {http10: {}}",
          "tls: {ciphers: [ECDHE-RSA-AES128-GCM-SHA256]}", "tls: {ciphers: [NOT-A-CIPHER]}",
        ]))
    }
    return parts.joined(separator: ", ")
  }

  // MARK: - The rest

  private mutating func grant(_ namespace: String, _ name: String) -> String {
    let kind = random.pick(["BackendTrafficPolicy", "ClientTrafficPolicy", "HTTPRoute"])
    let to = random.pick(["Gateway", "HTTPRoute"])
    let target = random.pick(["", "", ", name: \(to == "Gateway" ? "gw" : "r1")"])
    return object(
      "ReferenceGrant", namespace, name,
      "from: [{group: gateway.envoyproxy.io, kind: \(kind), "
        + "namespace: \(random.pick(BundleMaker.namespaces))}], "
        + "to: [{group: gateway.networking.k8s.io, kind: \(to)\(target)}]")
  }

  private mutating func backends() -> [String] {
    var documents: [String] = []
    for namespace in BundleMaker.namespaces {
      for name in ["a", "b", "c"] {
        let schema = schemas.pick(
          Array(repeating: "OpenAI", count: 6) + ["Anthropic", "AzureOpenAI"])
        documents.append(
          object(
            "AIServiceBackend", namespace, name,
            "schema: {name: \(schema)}, backendRef: {group: gateway.envoyproxy.io, kind: Backend, "
              + "name: \(name)-be}"))
        let endpoint = random.pick([
          "fqdn: {hostname: \(name).example.com, port: 443}",
          "fqdn: {hostname: \(name).example.com, port: 443}",
          "fqdn: {hostname: \(name).example.com, port: 443}", "ip: {address: 10.0.0.1, port: 80}",
        ])
        documents.append(
          object(
            "Backend", namespace, "\(name)-be",
            random.chance(1, of: 12) ? "type: DynamicResolver" : "endpoints: [{\(endpoint)}]"))
      }
    }
    return documents
  }

  // MARK: - Requests

  /// Clients say the port where the Gateway has several.
  mutating func request() -> Request {
    var request = Request(model: random.pick(["m1", "m1", "m1", "m2", "a", "zz", nil]))
    let host = random.pick([
      "a.example.com", "a.example.com", "a.example.com", "b.example.com", "x.b.example.com",
      "y.example.com", "c.org", "A.EXAMPLE.COM", "z.com",
    ])
    let ports = Set(listeners.map(\.port))
    let port = random.pick([80, 80, 8080])
    request.host = ports.count > 1 || random.chance(1, of: 4) ? "\(host):\(port)" : host
    request.path =
      random.chance(3, of: 4)
      ? Request.chat
      : random.pick(["/v1/embeddings", "/v1/other", "/v2", "\(Request.chat)?q=1"])
    if schemas.chance(1, of: 12) { request.path = "/anthropic/v1/messages" }
    if rootPrefix != "/", random.chance(7, of: 8) { request.path = rootPrefix + request.path }
    if random.chance(1, of: 8) { request.method = "GET" }
    for _ in 0..<random.pick([0, 0, 1, 2]) {
      request.headers.append(
        Request.Header(
          random.pick(["x-t", "X-U", "x-ai-eg-model"]), random.pick(["a", "b", "m1", "m2"])))
    }
    if random.chance(1, of: 3) {
      request.size = Int64(random.pick([0, 999, 1000, 1001, 32768, 32769, 40001, 2_000_000]))
    }
    return request
  }

  mutating func down() -> Set<String> {
    random.chance(1, of: 3)
      ? Set((0..<random.pick([1, 2])).map { _ in random.pick(["a", "b", "c"]) }) : []
  }
}
