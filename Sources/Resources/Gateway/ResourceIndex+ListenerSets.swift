import Schemas
package import YAML

extension ResourceIndex {
  /// What ListenerSets among the documents may do to a Gateway's own listeners, which are not
  /// programmed where they are in conflict (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/listenerset.go, validate.go).
  package func conflicts(of gateway: Gateway) -> [String] {
    let ports = Set(gateway.listeners.compactMap(\.port))
    return listenerSets(of: gateway).compactMap { set in
      let shared = (set.node["spec"]?.list("listeners") ?? []).compactMap { $0["port"]?.integer }
        .first(where: ports.contains)
      return shared.map {
        "ListenerSet \(set.name) has listeners on port \($0) as well: those that are in conflict "
          + "with them are not programmed"
      }
    }
  }

  /// The listeners of ListenerSets that are in conflict with a Gateway's own, each with that one: on
  /// one port with the same hostname, or with a protocol that does not go together.
  package func clashes(with gateway: Gateway)
    -> [(set: Document, path: Path, own: Listener, isOfProtocols: Bool)]
  {
    let ready = gateway.listeners.filter { $0.isReady && $0.speaksHTTPOrTLS }
    return listenerSets(of: gateway).flatMap { set in
      (set.node["spec"]?.list("listeners") ?? []).enumerated().compactMap { place, node in
        let other = Listener(node, index: place)
        guard other.isReady, other.speaksHTTPOrTLS,
          let own = ready.first(where: { own in
            own.port == other.port
              && (own.protocolFamily != other.protocolFamily || own.hostname == other.hostname)
          })
        else { return nil }
        let path = Path.to("spec", "listeners", place, "port")
        return (set, path, own, own.protocolFamily != other.protocolFamily)
      }
    }
  }

  /// The ListenerSets among the documents whose listeners a Gateway has beside its own; those that
  /// labels decide on are taken to be let in.
  package func listenerSets(of gateway: Gateway) -> [Document] {
    guard gateway.takesListenerSets else { return [] }
    return others(.listenerSet).filter { set in
      let parent = set.node["spec"]?.given("parentRef")
      let key = ObjectKey(
        parent?.given("namespace")?.text ?? set.key.namespace, parent?["name"]?.text ?? "")
      return key == gateway.name
        && (gateway.listenerSource != "Same" || set.key.namespace == gateway.name.namespace)
    }
  }
}
