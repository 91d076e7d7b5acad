import YAML
import Resources

extension ResourceIndex {
  /// A parentRef whose Gateway is among the documents.
  struct KnownParent {
    /// The route's document.
    let index: Int
    let route: GatewayAttachment
    /// Whether the route's namespace is not written.
    let isNamespaceImplied: Bool
    let parent: ParentRef
    let path: Path
    let gateway: Gateway
    /// The Gateway's document.
    let document: Int
    /// Whether the Gateway's namespace is not written.
    let isGatewayImplied: Bool
    /// The listeners that it is for.
    let listeners: [Listener]
    /// Those of them that take the route.
    let open: [Listener]

    /// What lets the first of them take routes of some namespaces beside the Gateway's own; nil where
    /// it chooses namespaces by itself, which is not to be undone.
    func opening(to namespaces: Set<String>) -> Fix? {
      listeners.first(where: \.takesHTTPRoutes).flatMap { listener in
        let path = Path.to("spec", "listeners", listener.index, "allowedRoutes", "namespaces")
        guard gateway.node[path]?.given("from")?.text ?? "Same" == "Same" else { return nil }
        let all = namespaces.union([gateway.name.namespace]).sorted()
        let expression = Node.map([
          "key": .string(Labels.namespaceName), "operator": .string("In"),
          "values": .sequence(all.map(Node.string)),
        ])
        return Fix(
          "let listener \(listener.name) take routes of namespaces \(all.joined(separator: ", "))",
          [
            .set(document: document, path.appending("from"), .string("Selector")),
            .set(
              document: document, path.appending("selector"),
              .map(["matchExpressions": .sequence([expression])])),
          ])
      }
    }
  }

  /// Every parentRef of a route, one of AI Gateway or an HTTPRoute, with the Gateway that it names.
  var knownParents: some Sequence<KnownParent> {
    (routes.map { ($0.index, $0.route.attachment) }
      + mcpRoutes.map { ($0.index, $0.attachment) }
      + plainHTTPRoutes.map { ($0.index, $0.route.attachment) }).lazy.flatMap(knownParents)
  }

  private func knownParents(of index: Int, _ route: GatewayAttachment) -> [KnownParent] {
    route.parents.enumerated().compactMap { place, parent in
      guard parent.isGateway,
        let (document, gateway) = gateways[parent.gateway(from: route.namespace)]
      else { return nil }
      let listeners = gateway.listeners(for: parent)
      return KnownParent(
        index: index, route: route, isNamespaceImplied: documents[index].writtenNamespace == nil,
        parent: parent, path: .to("spec", "parentRefs", place), gateway: gateway,
        document: document, isGatewayImplied: documents[document].writtenNamespace == nil,
        listeners: listeners,
        open: listeners.filter { $0.isReady && admits(route.namespace, to: $0, of: gateway) })
    }
  }
}
