import Resources
import Schemas
import YAML

extension Rule {
  static let ignoredWeights = Rule(
    "L183", "ignored-weights", .warning, "weights or hashes that load balancing does not look at",
    why: "Backends of a rule are one Envoy cluster, in which weights are those of groups of "
      + "endpoints. ConsistentHash, BackendUtilization and endpointOverride take all endpoints alike. "
      + "Where each Backend is a cluster of its own, a cluster is drawn for every request, and "
      + "ConsistentHash keeps no client at one Backend.",
    bad: "backendRefs: [{name: a, weight: 90}, {name: b, weight: 10}], "
      + "BackendTrafficPolicy {loadBalancer: {type: ConsistentHash, ...}}",
    good: "the same with loadBalancer: {type: RoundRobin}",
    reference: Citation.envoyGateway("internal/xds/translator/cluster.go"),
    .bundle { index, report in
      addServiceHashes(in: index, &report)
      let policies = index.backendPolicies.all
      guard policies.contains(where: { $0.policy.traffic.evenBalancing != nil }) else { return }
      for (document, route) in index.routes {
        for rule in route.rules {
          guard let traffic = index.evenTraffic(among: index.traffic(of: rule, of: route)) else {
            continue
          }
          let live = rule.refs.filter(\.isLive)
          addFinding(
            traffic, weights: live.map { ($0.effectivePriority, $0.weight ?? 1) },
            index.envoyClusters(of: rule, in: route),
            at: .to("spec", "rules", rule.index, "backendRefs"), in: document, &report)
        }
      }
      for (document, route) in index.plainHTTPRoutes {
        for (number, rule) in (route.node["spec"]?.list("rules") ?? []).enumerated() {
          let places = index.places(of: route.attachment)
          let found = places.map {
            index.traffic(
              ofRule: rule["name"]?.text, of: route.key, gateway: $0.gateway, listener: $0.listener)
          }
          let live = rule.list("backendRefs").filter { $0["weight"]?.integer != 0 }
          guard let traffic = index.evenTraffic(among: found) else { continue }
          let clusters = index.envoyClusters(
            of: live.map { index.backends[route.object(of: $0)]?.backend },
            through: places.compactMap { index.gateways[$0.gateway]?.gateway }, isZoned: false,
            isFiltered: live.contains { !$0.list("filters").isEmpty })
          addFinding(
            traffic, weights: live.map { (0, $0["weight"]?.integer ?? 1) }, clusters,
            at: .to("spec", "rules", number, "backendRefs"), in: document, &report)
        }
      }
    })

  /// Hashes for services that policies ask: only routes say by what a request is hashed
  /// (envoyproxy/gateway v1.8.1, internal/xds/translator/route.go, extauth.go).
  private static func addServiceHashes(in index: ResourceIndex, _ report: inout Report) {
    for document in index.current {
      guard case .policy(let policy) = document.content else { continue }
      for path in policy.node.paths(to: "backendSettings") {
        let type = path.appending(.to("loadBalancer", "type"))
        guard policy.node[type]?.text == "ConsistentHash" else { continue }
        report.add(
          "Envoy Gateway before 1.9 tells Envoy nothing to hash here, so that one of the endpoints is "
            + "drawn for every request; leave the load balancer out", at: type, in: document.index)
      }
    }
  }

  private static func addFinding(
    _ traffic: EffectiveTraffic, weights: [(priority: Int, weight: Int)], _ clusters: EnvoyClusters,
    at path: Path, in document: Int, _ report: inout Report
  ) {
    guard weights.count > 1, let balancing = traffic.traffic.evenBalancing else { return }
    let policy = traffic.origin("loadBalancer")?.name ?? ""
    if case .each(let reason) = clusters {
      guard balancing == "ConsistentHash" else { return }
      report.add(
        "ConsistentHash of BackendTrafficPolicy \(policy) keeps no client at one Backend: \(reason), "
          + "and Envoy draws one for every request", at: path, in: document)
      return
    }
    let groups = Dictionary(grouping: weights, by: \.priority)
    guard groups.values.contains(where: { Set($0.map(\.weight)).count > 1 }) else { return }
    report.add(
      "weights have no effect: \(balancing) of BackendTrafficPolicy \(policy) takes all endpoints "
        + "alike; use RoundRobin, Random or LeastRequest, or leave the weights out", at: path,
      in: document)
  }
}

extension ResourceIndex {
  /// The first policy by which load balancing takes all endpoints alike.
  fileprivate func evenTraffic(among traffics: [EffectiveTraffic?]) -> EffectiveTraffic? {
    traffics.lazy.compactMap { $0 }.first { $0.traffic.evenBalancing != nil }
  }
}
