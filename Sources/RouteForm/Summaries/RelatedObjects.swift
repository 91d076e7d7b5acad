internal import Schemas
internal import YAML
internal import Resources

/// What belongs to a route among other documents, found by the references that lead there or back.
struct RelatedObjects {
  /// A ReferenceGrant and the controller that it serves first.
  struct Grant {
    let place: Int
    let namespace: String
    let role: FormState.Grant.Role
  }

  /// The ClientTrafficPolicy of the route's first Gateway that has one.
  let policy: Int?
  /// The BackendTrafficPolicy of the generated HTTPRoute, which has the route's name.
  let retry: Int?
  /// The grants that let the route into the namespaces of its backends.
  let grants: [Grant]

  init(of route: Node, among documents: [OpenedDocument]) {
    let own = AIGatewayRoute(route)
    let index = ResourceIndex(
      documents.enumerated().compactMap { place, document in
        document.node.map { Document($0, index: place) }
      })
    policy =
      own.attachment.gateways.lazy.compactMap {
        index.clientPolicies.nearest(to: .gateway($0))
      }.first
    retry = own.name.isEmpty ? nil : index.backendPolicies.nearest(to: .route(own.key))
    let foreign = Set(own.destinations.map(\.namespace))
    grants = index.grants.all.compactMap { place, grant in
      guard foreign.contains(grant.namespace),
        let role = RelatedObjects.roles(of: grant.node, for: own.namespace).first
      else { return nil }
      return Grant(place: place, namespace: grant.namespace, role: role)
    }
  }

  /// The controllers that a grant serves for objects of a namespace (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/referencegrant.go; envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/helpers.go).
  static func roles(of grant: Node, for namespace: String?) -> [FormState.Grant.Role] {
    // A grant that the form makes leaves open what the route leaves open.
    let names = [namespace ?? WellKnown.defaultNamespace, namespace ?? ""]
    let from = ReferenceGrant(grant).from.filter { names.contains($0.namespace) }
    return FormState.Grant.Role.allCases.filter { role in
      let kind = (role == .route ? GroupKind.aiGatewayRoute : .httpRoute).kind
      return from.contains { $0.source.kind == kind }
    }
  }
}

extension PolicyAttachments {
  /// The document of the policy that is closest to an object: one that names it, then one that
  /// names a part of it, then one that finds it by labels; of several the oldest.
  fileprivate func nearest(to object: PolicyTarget) -> Int? {
    func naming(_ isWhole: Bool) -> Holder? {
      all.first { holder in
        holder.policy.namespace == object.object.namespace
          && holder.policy.targets(kind: object.kind).contains {
            $0.name == object.object.name && ($0.sectionName == nil) == isWhole
          }
      }
    }
    return (naming(true) ?? naming(false) ?? self[object])?.index
  }
}
