/// A BackendTLSPolicy that lost a Backend or Service, or a port of it, to an older one (envoyproxy/gateway
/// v1.8.1, internal/gatewayapi/backendtlspolicy.go).
package struct TLSConflict: Sendable {
  /// The loser's document.
  package let index: Int
  /// What it lost, as it names it.
  package let target: BackendTLSPolicy.Target
  package let owner: ObjectKey
}

extension ResourceIndex {
  /// What BackendTLSPolicies lost to older ones, of one age to the first by namespace and name.
  package var tlsConflicts: [TLSConflict] {
    guard tlsPolicies.count > 1 else { return [] }
    var owners: [PolicyTarget: ObjectKey] = [:]
    var conflicts: [TLSConflict] = []
    let aged = tlsPolicies.map { ($0, age: Age(of: documents[$0.index].node)) }
    for ((index, policy), _) in aged.sorted(by: { ($0.age, $0.0.index) < ($1.age, $1.0.index) }) {
      for target in policy.targets where [.backend, .service].contains(target.kind) {
        let place = PolicyTarget(
          kind: target.kind.kind, target.object, section: target.section)
        guard let owner = owners[place] else {
          owners[place] = policy.key
          continue
        }
        guard owner != policy.key else { continue }
        conflicts.append(TLSConflict(index: index, target: target, owner: owner))
      }
    }
    return conflicts
  }

  /// The documents of the BackendTLSPolicies that lost all their targets.
  var supersededTLSPolicies: Set<Int> {
    let lost = Dictionary(grouping: tlsConflicts, by: \.index)
    return Set(
      tlsPolicies.lazy.filter { lost[$0.index]?.count == $0.policy.targets.count }.map(\.index))
  }
}
