import Schemas
import YAML

// With which policies of listeners and Gateways those of routes are merged.

extension ResourceIndex {
  /// What holds where a policy is the nearest: the policy alone, or with the one of a listener or Gateway
  /// that it is merged with, each combination once; alone where it holds for nothing among the
  /// documents.
  package func combinations(of holder: PolicyAttachments.Holder) -> [[PolicyAttachments.Holder]] {
    guard holder.policy.isMerged(in: release.schemaSet) else { return [[holder]] }
    return derived.combinations.value(makeCombinations)[holder.index] ?? [[holder]]
  }

  /// The pairs of a policy and the one that it is merged with.
  package func mergedPairs(_ kind: Policy.Kind)
    -> [(own: PolicyAttachments.Holder, parent: PolicyAttachments.Holder)]
  {
    policies(kind).all.flatMap { holder in
      combinations(of: holder).filter { $0.count > 1 }.map { ($0[0], $0[1]) }
    }
  }

  /// Whether a policy holds somewhere without being merged with another one.
  package func holdsAlone(_ holder: PolicyAttachments.Holder) -> Bool {
    combinations(of: holder).contains { $0.count == 1 }
  }

  private func makeCombinations() -> [Int: [[PolicyAttachments.Holder]]] {
    let kinds = Policy.Kind.allCases.filter { kind in
      policies(kind).all.contains { $0.policy.isMerged(in: release.schemaSet) }
    }
    var found: [Int: [[PolicyAttachments.Holder]]] = [:]
    var seen: Set<[Int]> = []
    for own in kinds.isEmpty ? [] : ruleNames {
      for place in places(of: own.attachment) {
        for (kind, name) in kinds.flatMap({ kind in own.names.map { (kind, $0) } }) {
          let policies = policies(
            kind, onRule: name, of: own.route, gateway: place.gateway, listener: place.listener)
          guard let first = policies.first, seen.insert(policies.map(\.index)).inserted else {
            continue
          }
          found[first.index, default: []].append(policies)
        }
      }
    }
    return found
  }
}

extension ResourceIndex {
  /// The field `backOff` of a BackendTrafficPolicy that has a `maxInterval` and, with the policies that
  /// it is merged with, no `baseInterval`, which Envoy's API demands.
  func backOffSettings(of policy: Policy, in document: Int) -> [InvalidSetting] {
    let path = Path.to("spec", "retry", "perRetry", "backOff")
    guard policy.node[path]?.given("maxInterval") != nil else { return [] }
    let isOpen = combinations(of: PolicyAttachments.Holder(index: document, policy: policy))
      .contains { policies in
        spec(of: policies).given("retry", "perRetry", "backOff")?.given("baseInterval") == nil
      }
    return isOpen
      ? [
        InvalidSetting(
          path: path, component: .envoyGateway,
          advice: "it needs a baseInterval; write one such as 25ms", replacement: nil)
      ] : []
  }
}
