import Resources
import Schemas
import YAML

extension FormState {
  /// A name that a field may hold: that of an object in a namespace, or of a namespace.
  package struct KnownName: Hashable, Sendable {
    package let name: String
    /// Nil where nothing beside the field says a namespace.
    package let namespace: String?
    /// What distinguishes it from others; nil where its name does.
    package var note: String?
  }

  /// The names that are known for a field, from opened files and from a cluster, in order.
  package func knownNames(at address: Address, in cluster: KnownCluster?) -> [KnownName] {
    guard let wanted = wantedName(at: address) else { return listenerNames(at: address, cluster) }
    let namespace = namespace(around: address, in: cluster)
    let keys = keys(for: wanted, in: namespace, cluster).sorted { Self.isBefore($0, $1, namespace) }
    let gateways = wanted.kind == .gateway ? gateways(in: cluster) : [:]
    return keys.map { key in
      var name = wanted.name(key)
      name.note = gateways[key]?.listeners.map { "\($0.name) \($0.description)" }.joined(
        separator: "; ")
      return name
    }
  }

  /// The first of the known names that begins with a text and is another.
  package func knownName(
    at address: Address, in cluster: KnownCluster?, beginning text: String
  ) -> KnownName? {
    guard let wanted = wantedName(at: address) else { return nil }
    let namespace = namespace(around: address, in: cluster)
    return keys(for: wanted, in: namespace, cluster).filter {
      $0.name != text && $0.name.hasPrefix(text)
    }
    .min { Self.isBefore($0, $1, namespace) }.map(wanted.name)
  }

  /// The listeners of the Gateway that stands beside the field.
  private func listenerNames(at address: Address, _ cluster: KnownCluster?) -> [KnownName] {
    guard address.path.last == .key("sectionName"),
      address.parent.parent == FormState.parentList, let parent = value(at: address.parent)
    else { return [] }
    let namespace = parent["namespace"]?.text ?? namespace(around: address, in: cluster)
    let gateway = gateways(in: cluster)[ObjectKey(namespace, parent["name"]?.text ?? "")]
    return (gateway?.listeners ?? []).map {
      KnownName(name: $0.name, namespace: nil, note: $0.description)
    }
  }

  private func gateways(in cluster: KnownCluster?) -> [ObjectKey: Gateway] {
    let known = (cluster?.objects ?? []) + opened.compactMap(\.node)
    return known.lazy.filter { $0["kind"]?.text == "Gateway" }.reduce(into: [:]) { found, node in
      let key = ObjectKey(of: node)
      found[key] = Gateway(node, name: key)
    }
  }

  /// The namespace of what a field names where nothing beside it says another.
  package func namespace(around address: Address, in cluster: KnownCluster?) -> String {
    let own: String? =
      switch address.object {
      case .gatewayClass: nil
      case .gateway, .proxy, .policy: gatewayNamespace
      case .route, .retry: routeNamespace
      case .provider(let index), .part(_, let index):
        providers.indices.contains(index) ? namespace(of: providers[index]) : nil
      case .grant, .opened: document(address.object)["metadata"]?["namespace"]?.text
      }
    return own ?? cluster?.namespace ?? WellKnown.defaultNamespace
  }

  /// Those of the field's own namespace first.
  private static func isBefore(_ one: ObjectKey, _ other: ObjectKey, _ namespace: String) -> Bool {
    (one.namespace == namespace) == (other.namespace == namespace)
      ? one < other : one.namespace == namespace
  }

  private func keys(
    for wanted: WantedName, in namespace: String, _ cluster: KnownCluster?
  ) -> Set<ObjectKey> {
    let kept = opened.lazy.compactMap(\.node).filter { $0["kind"]?.text == wanted.kind.kind }
    let keys = (cluster?.names(of: wanted.kind) ?? []).union(kept.map { ObjectKey(of: $0) })
    return wanted.isElsewhere || wanted.isNamespace
      ? keys : keys.filter { $0.namespace == namespace }
  }

  /// What a field names; nil where it names nothing.
  private func wantedName(at address: Address) -> WantedName? {
    guard case .key(let field)? = address.path.last else { return nil }
    if case .provider = address.object {
      switch ProviderSetting(rawValue: field) {
      case .secret: return WantedName(.secret, isElsewhere: false)
      case .service: return WantedName(.service, isElsewhere: true)
      case .namespace: return WantedName(.namespace, isElsewhere: false)
      case _: return nil
      }
    }
    if field == "namespace" { return WantedName(.namespace, isElsewhere: false) }
    guard field == "name" else { return nil }
    return kindNamed(by: address.parent).map { kind in
      let isElsewhere = address.object.resource.property(
        at: address.parent.path.appending("namespace"))
      return WantedName(kind, isElsewhere: isElsewhere != nil)
    }
  }

  /// The kind of what a reference names: what stands in it, else what its field means without.
  private func kindNamed(by reference: Address) -> GroupKind? {
    if reference.object == .route, reference.parent == FormState.parentList { return .gateway }
    let steps = reference.path.steps.filter { if case .key = $0 { true } else { false } }
    guard case .key(let field)? = steps.last else { return nil }
    let kind = value(at: reference)?["kind"]?.text
    if field == "backendRefs", reference.object == .route {
      return value(at: reference).map { BackendRef($0).isPool } ?? false
        ? .inferencePool : .aiServiceBackend
    }
    switch field {
    case "secretRef", "clientSecretRef", "clientSecret": return .secret
    case "certificateRefs": return kind ?? "Secret" == "Secret" ? .secret : nil
    case "caCertificateRefs", "valueRef":
      return kind ?? "ConfigMap" == "ConfigMap" ? .configMap : kind == "Secret" ? .secret : nil
    case "endpointPickerRef", "backendRef", "backendRefs":
      return kind ?? "Service" == "Service" ? .service : kind == "Backend" ? .backend : nil
    case _: return nil
    }
  }
}

/// What a field is to name.
private struct WantedName {
  let kind: GroupKind
  /// Whether a field beside it may say another namespace.
  let isElsewhere: Bool

  init(_ kind: GroupKind, isElsewhere: Bool) {
    self.kind = kind
    self.isElsewhere = isElsewhere
  }

  /// Whether it names a namespace.
  var isNamespace: Bool { kind == .namespace }

  func name(_ key: ObjectKey) -> FormState.KnownName {
    FormState.KnownName(name: key.name, namespace: isElsewhere ? key.namespace : nil)
  }
}

extension Listener {
  /// Where it listens, and whose routes it admits.
  fileprivate var description: String {
    let admitted =
      switch namespaces {
      case .same: "its own namespace"
      case .all: "all namespaces"
      case .none: "no namespace"
      case .selected: "namespaces with labels"
      }
    return "\(protocolName)\(port.map { " \($0)" } ?? ""), \(admitted)"
  }
}
