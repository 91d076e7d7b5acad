import Manifest

/// How the requests of a rule are spread over its backends (domain.md 3.5, 3.6).
struct Split: Sendable {
  /// In the order of the rule.
  private(set) var parts: [Answer.Backend]
  /// The priorities that take traffic, ascending.
  let tiers: [Int]
  /// Why priorities have no effect, nil where they have.
  let exception: String?

  init(of rule: ServedRule, in route: ServedRoute, model: String?, known: Known, isZoned: Bool) {
    let refs = rule.node.list("backendRefs")
    parts = refs.enumerated().map { place, ref in
      Split.part(ref, place, of: route, model: model)
    }
    let live = parts.filter { $0.weight > 0 }
    var exception: String?
    if !route.isAI {
      exception = "a plain HTTPRoute has no priorities"
    } else if live.count > 1, isZoned {
      exception = "zone-aware load balancing makes a cluster of each backend"
    } else if live.count > 1 {
      exception = Split.mixture(of: live, known)
    }
    tiers = Set(live.map(\.priority)).sorted()
    self.exception = exception
    for (place, share) in zip(parts.indices, shares(inTier: tiers.first)) {
      parts[place].share = share
    }
  }

  private static func part(_ ref: Node, _ place: Int, of route: ServedRoute, model: String?)
    -> Answer.Backend
  {
    let target = Reference(ref, of: route.name.namespace)
    let override = route.isAI ? ref.given("modelNameOverride")?.text : nil
    let renamed = override.flatMap { $0.isEmpty ? nil : $0 }
    let kind =
      route.isAI && !target.isPool ? "AIServiceBackend" : ref["kind"]?.text ?? "Service"
    return Answer.Backend(
      place: place, kind: kind, name: target.name,
      priority: route.isAI ? max(0, ref["priority"]?.integer ?? 0) : 0,
      weight: max(0, ref.given("weight")?.integer ?? 1), model: renamed ?? model,
      isOverridden: renamed != nil)
  }

  var isLive: Bool { !tiers.isEmpty }

  /// The part of each backendRef while a tier is in use.
  func shares(inTier tier: Int?) -> [Double] {
    let weights = parts.map { part in
      exception != nil || part.priority == tier ? Double(part.weight) : 0
    }
    let sum = weights.reduce(0, +)
    return weights.map { sum > 0 ? $0 / sum : 0 }
  }

  /// Why Envoy Gateway makes a cluster of each backend instead of one with priorities, as far as
  /// the Backends are among the documents.
  private static func mixture(of parts: [Answer.Backend], _ known: Known) -> String? {
    var hasIP = false
    var hasName = false
    var hasHTTP2 = false
    var hasHTTP1 = false
    for part in parts where !part.isPool {
      guard let backend = known.backend(of: part.name) else { continue }
      for endpoint in backend["spec"]?.list("endpoints") ?? [] {
        if endpoint.given("ip") != nil { hasIP = true }
        if endpoint.given("fqdn") != nil { hasName = true }
      }
      let protocols = backend["spec"]?.list("appProtocols") ?? []
      if protocols.contains(where: { $0.text == "gateway.envoyproxy.io/h2c" }) {
        hasHTTP2 = true
      } else {
        hasHTTP1 = true
      }
    }
    if hasIP && hasName { return "Backends by IP address and by host name are mixed" }
    return hasHTTP1 && hasHTTP2 ? "Backends with HTTP/1 and with HTTP/2 are mixed" : nil
  }
}

extension Known {
  /// The Backend behind an AIServiceBackend, nil where it is not among the documents.
  func backend(of service: ObjectKey) -> Node? { backendName(of: service).flatMap { backends[$0] } }

  /// What an AIServiceBackend refers to, nil where it is not among the documents.
  func backendName(of service: ObjectKey) -> ObjectKey? {
    guard let ref = services[service]?["spec"]?["backendRef"], let name = ref["name"]?.text else {
      return nil
    }
    return ObjectKey(namespace: ref["namespace"]?.text ?? service.namespace, name: name)
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

extension Split {
  /// No more tries than these are listed.
  static let mostAttempts = 100

  /// Where each try goes while every one fails (domain.md 3.6).
  func attempts(_ retry: Retry?) -> [Attempt] {
    guard isLive else { return [] }
    let count = min((retry?.retries ?? 0), Split.mostAttempts - 1) + 1
    return (0..<count).map { number in
      var place = 0
      if exception == nil, let each = retry?.attemptsPerPriority {
        place = number / each % tiers.count
      }
      let tier = tiers[place]
      let members = parts.filter { $0.weight > 0 && (exception != nil || $0.priority == tier) }
      return Attempt(number: number + 1, priority: tier, backends: members.map(\.name))
    }
  }
}
