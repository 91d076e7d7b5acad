import YAML
import Resources
import Simulation

/// What becomes of a request, read off the controllers' sources and written down without regard to
/// what the program does: every question goes through all of the documents anew, nothing is kept,
/// nothing is indexed. It is slow and obvious, so that the program can be held against it.
///
/// Read from envoyproxy/gateway v1.8.1, internal/gatewayapi and internal/xds/translator, and from
/// envoyproxy/ai-gateway v1.1.0, internal/controller, internal/extensionserver, internal/extproc.
/// An AIServiceBackend, Backend, grant or certificate that is not among the documents is taken to
/// be in the cluster.
struct Reference {
  let documents: [Node]
  let gateway: ObjectKey
  var rootPrefix = "/"

  /// All that the answer to a request says.
  struct Outcome: Equatable {
    var status: Int
    var listener: String?
    var domain: String?
    var route: String?
    var rule: Int?
    var match: Int?
    var service: Service?
  }

  /// How a request is served that reaches backends.
  struct Service: Equatable {
    var names: [String] = []
    var shares: [Double] = []
    var priorities: [Int] = []
    var weights: [Int] = []
    var models: [String?] = []
    /// Milliseconds.
    var total: Int?
    var request: Int?
    var backendRequest: Int?
    var streamIdle: Int?
    var idle: Int?
    var perTry: Int?
    var retry: Retry?
    /// Nil where the documents leave the order of tries open.
    var tries: [Int]?
    var buffer: Int?
  }

  struct Retry: Equatable {
    var retries: Int
    var attempts: Int?
    var triggers: Set<String>
    var codes: Set<Int>
    var perTry: Int?
  }

  /// Why there is no one answer to compare with.
  enum Unclear: Error, Equatable {
    /// No port is asked for, and listeners stand at several.
    case port
    /// Two listeners of one port make a virtual host of one name, which Envoy refuses.
    case doubleHost
    /// A listener's policy is turned away for the port that it shares; Envoy then takes what the
    /// first listener of the port has.
    case sharedPort
    /// A body is too large for one route on the way and not for another.
    case buffers
  }

  func outcome(of request: Request, down: Set<String> = []) throws(Unclear) -> Outcome {
    let host = hostWithoutPort(request.host ?? "")
    let port = try port(of: request)
    let chain = listeners(at: port, for: host)
    let hosts = try virtualHosts(of: chain)
    guard let domain = bestDomain(for: host, among: hosts) else { return Outcome(status: 404) }
    let tried = candidates(of: chain, at: domain)
    guard let first = tried.first else { return Outcome(status: 404) }
    // What a client policy does to headers it does once, before any route is chosen.
    var headers = early(first.listener, on: request.headers.map { ($0.name, $0.value) })
    guard let before = winner(tried, request, headers) else {
      return Outcome(status: 404, listener: first.listener.name, domain: domain)
    }
    // Credentials are asked for before AI Gateway or the route answer (internal/xds/translator/
    // httpfilters.go).
    if isAsked(before) {
      return Outcome(status: 401, listener: before.listener.name, domain: domain)
    }
    if !before.route.isGenerated { return try served(before, domain, request, down, nil) }
    if !supportedPaths.contains(where: { path(of: request) == strippedPrefix + $0 }) {
      return Outcome(status: 404, listener: before.listener.name, domain: domain)
    }
    // Without a body AI Gateway reads none and Envoy looks for no other route; the filter at the
    // backend then translates a body that is nil.
    if request.method == "GET", request.model == nil {
      var outcome = try served(before, domain, request, down, before)
      if outcome.status == 200 { (outcome.status, outcome.service) = (500, nil) }
      return outcome
    }
    headers.removeAll { $0.0.lowercased() == "x-ai-eg-model" }
    headers.append(("x-ai-eg-model", request.model ?? ""))
    guard let after = winner(tried, request, headers) else {
      return Outcome(status: 404, listener: first.listener.name, domain: domain)
    }
    return try served(after, domain, request, down, before)
  }

  var strippedPrefix: String { rootPrefix == "/" ? "" : rootPrefix }

  /// Those of AI Gateway that take a body.
  private var supportedPaths: [String] {
    [
      "/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses",
      "/v1/responses/input_tokens", "/v1/audio/speech", "/v1/audio/transcriptions",
      "/v1/audio/translations", "/v1/images/generations", "/tokenize", "/cohere/v2/rerank",
      "/anthropic/v1/messages", "/anthropic/v1/messages/count_tokens",
    ]
  }

  func path(of request: Request) -> String {
    String(request.path.split(separator: "?", omittingEmptySubsequences: false)[0])
  }
}

/// A document as the controllers see it.
struct Thing {
  let node: Node

  var kind: String { node["kind"]?.text ?? "" }
  var name: String { node["metadata"]?["name"]?.text ?? "" }
  var namespace: String { node["metadata"]?["namespace"]?.text ?? "default" }
  var created: String { node["metadata"]?["creationTimestamp"]?.text ?? "" }
  var spec: Node { node["spec"] ?? .map([:]) }
  var labels: [String: String] { node["metadata"]?["labels"]?.strings ?? [:] }
  var key: String { "\(namespace)/\(name)" }

  /// Whether Envoy Gateway comes to it first: by age, then by name.
  func isBefore(_ other: Thing) -> Bool {
    if created != other.created { return created < other.created }
    return Array(key.utf8).lexicographicallyPrecedes(Array(other.key.utf8))
  }
}

extension Node {
  /// The scalars of a mapping as text.
  var strings: [String: String] {
    var strings: [String: String] = [:]
    for entry in entries { strings[entry.key] = entry.value.scalar?.text ?? "" }
    return strings
  }

  /// A length of time in milliseconds.
  var milliseconds: Int? {
    guard let text = scalar?.text else { return nil }
    var total = 0
    var digits = ""
    var unit = ""
    func value() -> Int {
      let factor = ["h": 3_600_000, "m": 60_000, "s": 1000, "ms": 1][unit] ?? 0
      return (Int(digits) ?? 0) * factor
    }
    for letter in text {
      if letter.isNumber, !unit.isEmpty {
        total += value()
        digits = ""
        unit = ""
      }
      if letter.isNumber { digits.append(letter) } else { unit.append(letter) }
    }
    return total + value()
  }

  /// A quantity in bytes.
  var bytes: Int? {
    guard let text = scalar?.text else { return nil }
    let units: [(String, Int)] = [
      ("Ki", 1 << 10), ("Mi", 1 << 20), ("Gi", 1 << 30), ("Ti", 1 << 40), ("k", 1000),
      ("M", 1_000_000), ("G", 1_000_000_000), ("T", 1_000_000_000_000),
    ]
    for (unit, factor) in units where text.hasSuffix(unit) {
      return Int(text.dropLast(unit.count)).map { $0 * factor }
    }
    return Int(text)
  }
}

extension Reference {
  func things(_ kind: String) -> [Thing] {
    documents.map { Thing(node: $0) }.filter { $0.kind == kind }
  }

  func thing(_ kind: String, _ namespace: String, _ name: String) -> Thing? {
    things(kind).first { $0.namespace == namespace && $0.name == name }
  }

  /// The oldest first.
  func sorted(_ kind: String) -> [Thing] { things(kind).sorted { $0.isBefore($1) } }

  /// The labels of a namespace; nil where nothing is known of it.
  func labels(ofNamespace name: String) -> [String: String]? {
    for thing in things("Namespace") where thing.name == name {
      return thing.labels.merging(["kubernetes.io/metadata.name": name]) { $1 }
    }
    return nil
  }

  /// What a label selector makes of labels (apimachinery, metav1.LabelSelectorAsSelector); nil
  /// for a selector that cannot be read.
  func fits(_ selector: Node, _ labels: [String: String]) -> Bool? {
    var fits = true
    for (key, value) in selector["matchLabels"]?.strings ?? [:] where labels[key] != value {
      fits = false
    }
    for expression in selector["matchExpressions"]?.items ?? [] {
      let key = expression["key"]?.text ?? ""
      let values = (expression["values"]?.items ?? []).compactMap { $0.scalar?.text }
      switch expression["operator"]?.text {
      case "In":
        if values.isEmpty { return nil }
        if labels[key].map(values.contains) != true { fits = false }
      case "NotIn":
        if values.isEmpty { return nil }
        if labels[key].map(values.contains) == true { fits = false }
      case "Exists":
        if !values.isEmpty { return nil }
        if labels[key] == nil { fits = false }
      case "DoesNotExist":
        if !values.isEmpty { return nil }
        if labels[key] != nil { fits = false }
      default: return nil
      }
    }
    return fits
  }
}
