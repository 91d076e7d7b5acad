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
      return key == gateway.name && takesListeners(gateway, of: set.key.namespace) ?? true
    }
  }

  /// Whether labels that are not known decide on one of these ListenerSets.
  package func guessesListenerSets(of gateway: Gateway) -> Bool {
    listenerSets(of: gateway).contains { takesListeners(gateway, of: $0.key.namespace) == nil }
  }

  /// Whether a Gateway takes listeners of the ListenerSets of a namespace, nil where labels decide that
  /// are not known.
  private func takesListeners(_ gateway: Gateway, of namespace: String) -> Bool? {
    switch gateway.listenerSource {
    case "Same": return namespace == gateway.name.namespace
    case "Selector":
      let path = Path.to("spec", "allowedListeners", "namespaces", "selector")
      guard let selector = gateway.node[path].map(LabelSelector.init), selector.isReadable else {
        return false
      }
      return selector.fits(namespace: namespace, labels: labels(ofNamespace: namespace))
    case _: return true
    }
  }
}
