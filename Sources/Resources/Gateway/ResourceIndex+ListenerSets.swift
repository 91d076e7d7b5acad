import Schemas
import YAML

extension ResourceIndex {
  /// The ListenerSets among the documents whose listeners a Gateway has beside its own; those of a
  /// namespace whose labels decide and are not known are taken to be let in. Envoy Gateway 1.7 does not
  /// know the kind.
  package func listenerSets(of gateway: Gateway) -> [Document] {
    guard gateway.takesListenerSets, release >= .v0_7 else { return [] }
    return others(.listenerSet).filter { set in
      let parent = set.node["spec"]?.given("parentRef")
      let key = ObjectKey(
        parent?.given("namespace")?.text ?? set.key.namespace, parent?["name"]?.text ?? "")
      return key == gateway.name && lets(gateway, takeListenersOf: set.key.namespace)
    }
  }

  /// Whether a Gateway takes listeners of the ListenerSets of a namespace.
  private func lets(_ gateway: Gateway, takeListenersOf namespace: String) -> Bool {
    switch gateway.listenerSource {
    case "Same": return namespace == gateway.name.namespace
    case "Selector":
      let path = Path.to("spec", "allowedListeners", "namespaces", "selector")
      let selector = gateway.node[path].map(LabelSelector.init)
      return selector.map {
        $0.isReadable
          && $0.fits(namespace: namespace, labels: labels(ofNamespace: namespace)) ?? true
      } ?? false
    case _: return true
    }
  }
}
