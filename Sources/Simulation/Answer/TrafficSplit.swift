package import Resources
import Schemas
import YAML

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
  let refused: [(refIndex: Int, backend: Backend, refusal: Backend.Refusal)]
  let clusters: EnvoyClusters
  /// Whether all are in one cluster, in which Envoy knows of each whether it is up.
  let isOneEnvoyCluster: Bool
  /// Whether each backend is a cluster of its own: a request stays with the one that it is drawn for,
  /// with all its tries (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go,
  /// buildXdsWeightedRouteAction).
  let isDrawnOnce: Bool
  /// The load balancing that takes all endpoints alike, whatever the weights; nil where those count.
  let evenBalancing: String?
  /// By what each part counts among the others: its weight, or its endpoints as far as they are known.
  private let counts: [Int]
  /// The Backend because of which the others are called with HTTP/2 as well.
  let speaksHTTP2: Backend?
  /// The places of the parts that take no requests because an InferencePool of the rule takes all: so it
  /// is in plain HTTPRoutes (envoyproxy/ai-gateway v1.1.0,
  /// internal/extensionserver/post_cluster_modify.go).
  private let passedOver: Set<Int>

  init(
    of rule: CompiledRule, in route: CompiledRoute, model: String?, index: ResourceIndex,
    gateway: Gateway?, traffic: BackendTraffic?
  ) {
    let refs = rule.node.list("backendRefs").map(BackendRef.init)
    parts = refs.enumerated().map { TrafficSplit.part($1, $0, of: route, index) }
    let live = parts.filter { $0.weight > 0 }
    refused = live.compactMap { part in
      guard let backend = index.backend(of: part),
        let refusal = index.refusal(of: backend, through: gateway)
      else { return nil }
      return (part.refIndex, backend, refusal)
    }
    clusters = index.envoyClusters(
      of: live.map { index.backend(of: $0) }, through: gateway.map { [$0] } ?? [],
      isZoned: traffic?.isZoneAware ?? false,
      isFiltered: !route.isAI
        && live.contains { !refs[$0.refIndex].node.list("filters").isEmpty })
    exception =
      route.isAI
      ? (live.count > 1 ? clusters.exception : nil) : "a plain HTTPRoute has no priorities"
    if case .each = clusters { isDrawnOnce = live.count > 1 } else { isDrawnOnce = false }
    isOneEnvoyCluster = route.isAI && !isDrawnOnce
    let isEven = live.count > 1 && !isDrawnOnce
    evenBalancing = isEven ? traffic?.evenBalancing : nil
    counts = parts.map { part in
      isEven && traffic?.evenBalancing != nil
        ? max(1, index.backend(of: part)?.endpoints.count ?? 1) : part.weight
    }
    priorities = Set(live.map(\.priority)).sorted()
    for place in parts.indices {
      let settings = route.isAI ? clusters.settings(of: place, in: index.release) : nil
      let sent = SentModel(settings.map { refs[$0] }, client: model, in: route, index)
      parts[place].writtenModel = sent.written
      parts[place].model = sent.received
      parts[place].modelOrigin = sent.origin
      parts[place].settings = settings
      parts[place].isPriorityWritten = route.isAI && clusters.writesPriorities(in: index.release)
      if exception != nil { parts[place].tier = 0 }
      // Elsewhere AI Gateway writes priorities over those of Envoy Gateway.
      let keepsFallback =
        switch clusters {
        case .apart: true
        case .one: !route.isAI
        case .each: false
        }
      if keepsFallback, index.backend(of: parts[place])?.isFallback ?? false {
        parts[place].tier = 1
      }
    }
    speaksHTTP2 = TrafficSplit.onlyHTTP2(of: live, in: clusters, index)
    passedOver =
      !route.isAI && live.contains(where: \.isPool)
      ? Set(live.filter { !$0.isPool }.map(\.refIndex)) : []
    let shares = shares(out: [])
    let first = parts.filter { $0.weight > 0 }.map(\.tier).min()
    for place in parts.indices {
      parts[place].tierShare = shares[place]
      parts[place].share = parts[place].tier == first ? shares[place] : 0
    }
  }

  private static func part(
    _ reference: BackendRef, _ place: Int, of route: CompiledRoute, _ index: ResourceIndex
  ) -> Answer.Backend {
    let namespace = route.name.namespace
    let kind =
      route.isAI && !reference.isPool
      ? "AIServiceBackend" : reference.node["kind"]?.text ?? "Service"
    let priority = route.isAI ? max(0, reference.effectivePriority) : 0
    return Answer.Backend(
      refIndex: place, kind: kind,
      name: route.isAI
        ? index.target(of: reference, from: namespace) : reference.target(from: namespace),
      priority: priority, weight: max(0, reference.weight ?? 1), tier: priority)
  }

  /// The Backend of a cluster because of which others are called with HTTP/2 as well.
  private static func onlyHTTP2(
    of parts: [Answer.Backend], in clusters: EnvoyClusters, _ index: ResourceIndex
  ) -> Backend? {
    if case .each = clusters { return nil }
    let known = parts.compactMap { index.backend(of: $0) }
    guard known.contains(where: { !$0.isHTTP2 }) else { return nil }
    return known.first(where: \.isHTTP2)
  }

  var isLive: Bool { !priorities.isEmpty }

  private func count(of part: Answer.Backend) -> Int {
    part.weight > 0 ? counts[part.refIndex] : 0
  }

  /// The fraction of each part among those of its priority, or among all where priorities have no
  /// effect, while those at some places take nothing.
  func shares(out places: Set<Int>) -> [Double] {
    let places = places.union(passedOver)
    var sums: [Int: Double] = [:]
    for part in parts where !places.contains(part.refIndex) {
      sums[part.tier, default: 0] += Double(count(of: part))
    }
    return parts.map { part in
      let sum = sums[part.tier] ?? 0
      return places.contains(part.refIndex) || sum == 0 ? 0 : Double(count(of: part)) / sum
    }
  }
}

extension EnvoyClusters {
  /// Why priorities have no effect, nil where they have.
  fileprivate var exception: String? {
    switch self {
    case .one: nil
    case .each(let reason): reason
    case .apart: "AI Gateway writes none to Backends that all have IP addresses"
    }
  }

  /// The place of the backendRef whose model, schema, credentials and changes the requests of a
  /// backendRef get; nil where AI Gateway leaves them alone, as it does with a cluster of a single
  /// backend before 1.1.
  fileprivate func settings(of place: Int, in release: Release) -> Int? {
    switch self {
    case .one: place
    case .each: release >= .v1_1 ? place : nil
    case .apart: 0
    }
  }
}

extension ResourceIndex {
  /// The Backend behind a part of a rule, as far as the documents say.
  func backend(of part: Answer.Backend) -> Backend? {
    if part.isPool { return nil }
    return part.kind == GroupKind.backend.kind
      ? backends[part.name]?.backend : backend(ofService: part.name)
  }
}

/// One try of a request when those before it failed.
package struct Attempt: Sendable {
  /// From 1.
  package let number: Int
  package let priority: Int
  /// The backends that it may go to.
  package let backends: [ObjectKey]
}

extension TrafficSplit {
  /// No more tries than these are listed.
  static let mostAttempts = 100

  /// Where each try goes while every one fails; backends at some places are known to be out.
  func attempts(_ retry: Retry?, out places: Set<Int> = []) -> [Attempt] {
    let places = places.union(passedOver)
    let live = parts.filter { $0.weight > 0 && !places.contains($0.refIndex) }
    let tiers = Set(live.map(\.tier)).sorted()
    guard !tiers.isEmpty else { return [] }
    // Each list is made once, however many tries share it.
    let members = Dictionary(grouping: live, by: \.tier)
    let names = members.mapValues { $0.map(\.name) }
    let priorities = members.mapValues { $0.map(\.priority).min() ?? 0 }
    let count = min((retry?.retries ?? 0), TrafficSplit.mostAttempts - 1) + 1
    return (0..<count).map { number in
      let place = retry?.attemptsPerPriority.map { number / $0 % tiers.count } ?? 0
      return Attempt(
        number: number + 1, priority: priorities[tiers[place]] ?? 0,
        backends: names[tiers[place]] ?? [])
    }
  }
}
