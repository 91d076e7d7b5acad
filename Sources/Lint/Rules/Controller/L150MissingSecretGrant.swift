import Resources
import Schemas
import YAML

extension Rule {
  static let missingSecretGrant = Rule(
    "L150", "missing-secret-grant", .warning, .controller,
    "a Secret, ConfigMap, backend or policy target in another namespace without a ReferenceGrant",
    why:
      "Envoy Gateway reads a Secret or ConfigMap of another namespace, calls the backend of an HTTPRoute or "
      + "policy there, or attaches a policy to what its targetSelectors find there, only if a ReferenceGrant in "
      + "that namespace names the referring kind. Without one the listener is not programmed, "
      + "backends are shown no certificate, the policy is refused and every request that it covers "
      + "gets 500, or it has no effect.",
    bad: "certificateRefs: [{name: c, namespace: certs}] alone",
    good: "the same and a ReferenceGrant in certs {from: Gateway, to: Secret}",
    reference: Citation.envoyGateway("internal/gatewayapi/validate.go"),
    repair: .automatic, traits: .form,
    .bundle { bundle, report in
      lazy var granted = Set(bundle.grants.all.map(\.grant.namespace))
      lazy var namespacesByKind = Dictionary(grouping: bundle.documents) { $0.kind ?? "" }
        .mapValues { Set($0.map(\.key.namespace)) }
      for use in bundle.crossNamespaceReferences {
        let namespace = use.object.namespace
        guard
          !bundle.grants.allow(
            use.source, from: use.sourceNamespace, to: use.target, in: namespace,
            name: use.object.name)
        else { continue }
        report.add(
          "namespace \(namespace) has no ReferenceGrant here for \(use.source.kind) from "
            + "\(use.sourceNamespace) to \(use.target.kind) \(use.object.name); write it",
          at: use.path,
          in: use.index,
          severity: granted.contains(namespace)
            || namespacesByKind[use.target.kind]?.contains(namespace) == true
            ? .warning : .info)
        let grant = SuggestedObjects.grant(
          for: use.source, from: use.sourceNamespace, in: namespace, to: [use.target],
          named: use.object.name)
        report.attach(Fix("write the ReferenceGrant", [.add(grant)]))
      }
    })
}

/// A reference to an object of another namespace that needs a grant there.
private struct CrossNamespaceReference {
  let source: GroupKind
  let sourceNamespace: String
  let target: GroupKind
  let object: ObjectKey
  /// The document, and where the namespace stands in it.
  let index: Int
  let path: Path
}

extension ResourceIndex {
  fileprivate var crossNamespaceReferences: [CrossNamespaceReference] {
    var found: [CrossNamespaceReference] = []
    for (key, entry) in gateways {
      for use in entry.gateway.listeners.flatMap(entry.gateway.certificates)
      where use.secret.namespace != key.namespace {
        found.append(
          CrossNamespaceReference(
            source: .gateway, sourceNamespace: key.namespace, target: .secret, object: use.secret,
            index: entry.index, path: use.path.appending("namespace")))
      }
    }
    for entry in gateways.values {
      let namespace = entry.gateway.name.namespace
      for ref in authorities(of: entry.gateway) where ref.object.namespace != namespace {
        found.append(
          CrossNamespaceReference(
            source: .gateway, sourceNamespace: namespace, target: GroupKind("", ref.kind),
            object: ref.object, index: entry.index, path: ref.path.appending("namespace")))
      }
    }
    for use in clientCertificates
    where use.owner == .gateway && use.refusal == nil && use.secret.namespace != use.namespace {
      found.append(
        CrossNamespaceReference(
          source: .gateway, sourceNamespace: use.namespace, target: .secret, object: use.secret,
          index: use.index,
          path: use.path.appending("namespace")))
    }
    for kind in Policy.Kind.allCases {
      let attachments = policies(kind)
      for holder in attachments.all {
        found += crossNamespaceReferences(of: holder.policy, in: holder.index)
      }
      found += attachments.ungranted.map { use in
        CrossNamespaceReference(
          source: kind.groupKind,
          sourceNamespace: use.holder.policy.namespace,
          target: GroupKind(APIGroup.gatewayAPI, use.target.kind), object: use.target.object,
          index: use.holder.index, path: use.path.appending("namespaces"))
      }
    }
    for (index, route) in plainHTTPRoutes {
      for backend in route.backends + route.mirrors
      where backend.object.namespace != route.key.namespace {
        found.append(
          CrossNamespaceReference(
            source: .httpRoute, sourceNamespace: route.key.namespace, target: backend.target,
            object: backend.object, index: index, path: backend.path.appending("namespace")))
      }
    }
    for route in mcpRoutes {
      guard let policy = route.clientPolicy else { continue }
      found += crossNamespaceReferences(of: policy, in: route.index, source: route.source)
    }
    return found
  }

  private func crossNamespaceReferences(
    of policy: Policy, in document: Int, source place: (Path) -> Path = { $0 }
  ) -> [CrossNamespaceReference] {
    let source = policy.kind.groupKind
    func use(_ target: GroupKind, _ object: ObjectKey, _ path: Path) -> CrossNamespaceReference? {
      guard object.namespace != policy.namespace else { return nil }
      return CrossNamespaceReference(
        source: source, sourceNamespace: policy.namespace, target: target, object: object,
        index: document,
        path: place(path.appending("namespace")))
    }
    var found = PolicyBackend.all(in: policy).compactMap { use($0.target, $0.object, $0.path) }
    found += policy.stores.compactMap {
      use(GroupKind("", $0.kind), $0.object, $0.path.parent)
    }
    return found
  }
}
