import YAML
package import Resources

/// How the requests of a rule are spread over its backends (envoyproxy/gateway v1.8.1,
/// internal/ir/xds.go, internal/xds/translator/cluster.go).
struct TrafficSplit: Sendable {
  /// In the order of the rule.
  private(set) var parts: [Answer.Backend]
  /// The priorities that take traffic, ascending.
  let priorities: [Int]
  /// Why priorities have no effect, nil where they have.
  let exception: String?
  /// The places of the parts whose Backend Envoy Gateway refuses, each with it.
  let refused: [(place: Int, backend: Backend, refusal: Backend.Refusal)]

  init(
    of rule: CompiledRule, in route: CompiledRoute, model: String?, index: ResourceIndex,
    gateway: Gateway?, isZoned: Bool
  ) {
    let refs = rule.node.list("backendRefs")
    parts = refs.enumerated().map { place, ref in
      TrafficSplit.part(ref, place, of: route, model: model, index)
    }
    let live = parts.filter { $0.weight > 0 }
    refused = live.compactMap { part in
      guard let backend = index.backend(of: part),
        let refusal = index.refusal(of: backend, through: gateway)
      else { return nil }
      return (part.place, backend, refusal)
    }
    var exception: String?
    if !route.isAI {
      exception = "a plain HTTPRoute has no priorities"
    } else if live.count > 1, let backend = refused.first?.backend {
      exception = "Backend \(backend.key.name) is refused, which makes a cluster of each backend"
    } else if live.count > 1, isZoned {
      exception = "zone-aware load balancing makes a cluster of each backend"
    } else if live.count > 1 {
      exception = TrafficSplit.mixture(of: live, index)
    }
    priorities = Set(live.map(\.priority)).sorted()
    self.exception = exception
    let shares = shares(out: [])
    for place in parts.indices {
      parts[place].tierShare = shares.ofPriority[place]
      parts[place].share =
        exception != nil || parts[place].priority == priorities.first
        ? shares.ofPriority[place] : 0
    }
  }

  private static func part(
    _ ref: Node, _ place: Int, of route: CompiledRoute, model: String?, _ index: ResourceIndex
  ) -> Answer.Backend {
    let reference = BackendRef(ref)
    let home = route.name.namespace
    let override = route.isAI ? ref.given("modelNameOverride")?.text : nil
    let renamed = override.flatMap { $0.isEmpty ? nil : $0 }
    let kind =
      route.isAI && !reference.isPool ? "AIServiceBackend" : ref["kind"]?.text ?? "Service"
    return Answer.Backend(
      place: place, kind: kind,
      name: route.isAI ? index.target(of: reference, from: home) : reference.target(from: home),
      priority: route.isAI ? max(0, reference.effectivePriority) : 0,
      weight: max(0, reference.weight ?? 1), model: renamed ?? model,
      isOverridden: renamed != nil)
  }

  var isLive: Bool { !priorities.isEmpty }

  /// The fraction of each part among those of its priority, or among all where priorities have no
  /// effect, while those at some places take nothing.
  func shares(out places: Set<Int>) -> (ofPriority: [Double], sums: [Int: Double]) {
    var sums: [Int: Double] = [:]
    for (place, part) in parts.enumerated() where !places.contains(place) {
      sums[exception == nil ? part.priority : 0, default: 0] += Double(part.weight)
    }
    let shares = parts.enumerated().map { place, part in
      let sum = sums[exception == nil ? part.priority : 0] ?? 0
      return places.contains(place) || sum == 0 ? 0 : Double(part.weight) / sum
    }
    return (shares, sums)
  }

  /// Why Envoy Gateway makes a cluster of each backend instead of one with priorities, as far as
  /// the Backends are among the documents.
  private static func mixture(of parts: [Answer.Backend], _ index: ResourceIndex) -> String? {
    var hasIP = false
    var hasName = false
    var hasHTTP2 = false
    var hasHTTP1 = false
    for part in parts where !part.isPool {
      guard let backend = index.backend(of: part) else { continue }
      if backend.hasAddresses { hasIP = true }
      if !backend.hosts.isEmpty { hasName = true }
      if backend.isHTTP2 { hasHTTP2 = true } else { hasHTTP1 = true }
    }
    if hasIP && hasName { return "Backends by IP address and by host name are mixed" }
    return hasHTTP1 && hasHTTP2 ? "Backends with HTTP/1 and with HTTP/2 are mixed" : nil
  }
}

extension ResourceIndex {
  /// The Backend behind a part of a rule, as far as the documents say.
  func backend(of part: Answer.Backend) -> Backend? {
    part.kind == GroupKind.backend.kind
      ? backends[part.name]?.backend : backend(ofService: part.name)
  }
}

/// One try of a request when those before it failed.
package struct Attempt: Sendable {
  /// From 1.
  package let number: Int
  package let priority: Int
  /// Those that it may go to.
  package let backends: [ObjectKey]
}

extension TrafficSplit {
  /// No more tries than these are listed.
  static let mostAttempts = 100

  /// Where each try goes while every one fails; backends at some places are known to be out.
  func attempts(_ retry: Retry?, out places: Set<Int> = []) -> [Attempt] {
    let live = parts.filter { $0.weight > 0 && !places.contains($0.place) }
    let priorities = Set(live.map(\.priority)).sorted()
    guard !priorities.isEmpty else { return [] }
    // Each list is made once, however many tries share it.
    let members = Dictionary(grouping: live, by: \.priority).mapValues { $0.map(\.name) }
    let all = exception == nil ? [] : live.map(\.name)
    let count = min((retry?.retries ?? 0), TrafficSplit.mostAttempts - 1) + 1
    return (0..<count).map { number in
      var place = 0
      if exception == nil, let each = retry?.attemptsPerPriority {
        place = number / each % priorities.count
      }
      let priority = priorities[place]
      let targets = exception == nil ? members[priority] ?? [] : all
      return Attempt(number: number + 1, priority: priority, backends: targets)
    }
  }
}
