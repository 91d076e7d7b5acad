import Schemas
import YAML
import Resources

extension Rule {
  static let missingGrants = Rule(
    "L60", "missing-grants", .warning,
    "a reference into another namespace without both ReferenceGrants",
    why: "The route and its generated HTTPRoute each need a ReferenceGrant in the backend's "
      + "namespace. Without the first the HTTPRoute is not written at all; without the second it "
      + "answers 500. A Backend that is not among the documents is assumed to be in the namespace "
      + "of its AIServiceBackend.",
    bad: "{name: azure, namespace: shared} alone",
    good: "the same and two ReferenceGrants in shared",
    reference: Citation.aiGateway("internal/controller/referencegrant.go"),
    repair: .automatic,
    .bundle { index, report in
      let namespaces = index.knownNamespaces
      for (document, route) in index.routes {
        for missing in index.missingGrants(for: route) {
          let offers = missing.grants(from: route.namespace).map(DocumentEdit.add)
          let kinds = missing.sources.map(\.kind).joined(separator: " and ")
          let isOne = offers.count == 1
          report.add(
            "namespace \(missing.namespace) has no ReferenceGrant here for \(kinds) from "
              + "\(route.namespace); write \(isOne ? "it" : "them")", at: missing.path,
            in: document,
            severity: index.isWhole || namespaces.contains(missing.namespace) ? .warning : .info)
          report.attach(
            Fix(
              isOne ? "write the ReferenceGrant" : "write the ReferenceGrants", offers,
              caution: index.lends(some: missing, to: route.namespace) ? .opening : nil))
        }
      }
    })
}

/// The references of a route into one namespace that no grant allows.
private struct MissingGrants {
  let namespace: String
  /// Where the first of them stands.
  let path: Path
  var missing: Set<Reference> = []

  /// Who needs a grant, the route first.
  var sources: [GroupKind] {
    [.aiGatewayRoute, .httpRoute].filter { source in missing.contains { $0.source == source } }
  }

  func grants(from routeNamespace: String) -> [Node] {
    sources.map { source in
      let targets = [GroupKind.aiServiceBackend, .backend, .inferencePool].filter {
        missing.contains(Reference(source: source, target: $0))
      }
      return SuggestedObjects.grant(for: source, from: routeNamespace, in: namespace, to: targets)
    }
  }
}

extension ResourceIndex {
  /// The namespaces whose grants, backends or pools stand among the documents, so that a grant that is not
  /// there is unlikely in another file.
  fileprivate var knownNamespaces: Set<String> {
    var found = Set(grants.all.map(\.grant.namespace))
    found.formUnion(services.keys.map(\.namespace))
    found.formUnion(backends.keys.map(\.namespace))
    found.formUnion(pools.map(\.namespace))
    return found
  }

  /// What a route still needs, by namespace, in the order of its backendRefs.
  fileprivate func missingGrants(for route: AIGatewayRoute) -> [MissingGrants] {
    var found: [MissingGrants] = []
    var places: [String: Int] = [:]
    let namespace = route.namespace
    func need(
      _ source: GroupKind, _ kind: GroupKind, _ target: ObjectKey, isNamed: Bool,
      at path: @autoclosure () -> Path
    ) {
      guard target.namespace != namespace, !target.namespace.isEmpty,
        !grants.allow(
          source, from: namespace, to: kind, in: target.namespace,
          name: isNamed ? target.name : nil)
      else { return }
      let place = places[target.namespace] ?? found.count
      if place == found.count {
        places[target.namespace] = place
        found.append(MissingGrants(namespace: target.namespace, path: path()))
      }
      found[place].missing.insert(Reference(source: source, target: kind))
    }
    for rule in route.rules where !rule.destinations.isEmpty || !services.isEmpty {
      for (index, ref) in rule.refs.enumerated() where ref.namespace != nil || !services.isEmpty {
        var path: Path {
          let path = Path.to("spec", "rules", rule.index, "backendRefs", index)
          return ref.namespace == nil ? path : path.appending("namespace")
        }
        let target = self.target(of: ref, from: namespace)
        if ref.isPool {
          need(.aiGatewayRoute, .inferencePool, target, isNamed: true, at: path)
          need(.httpRoute, .inferencePool, target, isNamed: true, at: path)
        } else {
          need(.aiGatewayRoute, .aiServiceBackend, target, isNamed: true, at: path)
          let backend = services[target]?.service.backend
          need(.httpRoute, .backend, backend ?? target, isNamed: backend != nil, at: path)
        }
      }
    }
    return found
  }
}

extension ResourceIndex {
  /// Whether a grant lets routes of a namespace refer to some objects of a kind, by their names, and not
  /// to what is missing.
  fileprivate func lends(some missing: MissingGrants, to namespace: String) -> Bool {
    missing.missing.contains { reference in
      grants.allow(
        reference.source, from: namespace, to: reference.target, in: missing.namespace, name: nil)
    }
  }
}
