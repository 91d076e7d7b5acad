import Resources
import Schemas
import YAML

extension Rule {
  static let missingGateway = Rule(
    "L21", "missing-gateway", .warning, .controller, "a parentRef to a missing Gateway",
    why: "Without a namespace the Gateway is looked up in the route's namespace. If it is not "
      + "found, the route attaches to nothing, and the controller reports that it could not sync. "
      + "AI Gateway stops there since 1.0: proxies of Gateways named after it keep the backends that "
      + "they knew before.",
    bad: "route in apps with parentRefs: [{name: gw}], Gateway gw in infra",
    good: "parentRefs: [{name: gw, namespace: infra}]",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .bundle { index, report in
      addOtherKinds(in: index, &report)
      guard !index.gateways.isEmpty else { return }
      let presence = ObjectPresence(of: index.gateways.keys)
      for (document, namespace, parents, isOfAIGateway) in index.children {
        for (place, parent) in parents.enumerated() where parent.isGateway {
          let wanted = parent.gateway(from: namespace)
          guard !parent.name.isEmpty, let missing = presence.missingObject(wanted) else { continue }
          let path = Path.to("spec", "parentRefs", place)
          if let otherNamespace = missing.otherNamespace {
            report.add(
              "Gateway \(parent.name) is in namespace \(otherNamespace) here, not in "
                + "\(wanted.namespace); write namespace \(otherNamespace)",
              at: path.appending("namespace"), in: document,
              // Another file or the cluster may have the one that is named.
              caution: parent.namespace == nil ? nil : .guess,
              fix: "write namespace \(otherNamespace)",
              .set(path.appending("namespace"), .string(otherNamespace)))
          } else {
            report.add(
              "Gateway \(parent.name) is not in namespace \(wanted.namespace) here\(missing.hint)"
                + (isOfAIGateway && place + 1 < parents.count && index.release >= .v1_0
                  ? "; without it AI Gateway does not tell those after it of changes of the route"
                  : "")
                + (missing.severity == .info ? "; other files or the cluster may have it" : ""),
              at: path.appending("name"), in: document, severity: missing.severity)
            guard let near = missing.near else { continue }
            report.attach(
              Fix(
                "write name \(near)",
                [.set(document: document, path.appending("name"), .string(near))],
                caution: .writing(near, for: parent.name)))
          }
        }
      }
    })

  /// Reports parentRefs of plain HTTPRoutes to what is probably meant to be a Gateway; those of
  /// other routes the server checks.
  private static func addOtherKinds(in index: ResourceIndex, _ report: inout Report) {
    for (document, route) in index.plainHTTPRoutes {
      for (place, parent) in route.attachment.parents.enumerated() where parent.isAlmostGateway {
        let path = Path.to("spec", "parentRefs", place)
        report.add(
          "kind \(parent.kind) of \(parent.group) is no parent of routes, so that the route attaches "
            + "to nothing; leave group and kind out", at: path.appending("kind"), in: document)
      }
    }
  }
}

extension ParentRef {
  /// Whether it is to a kind that is almost Gateway, or to a Gateway of a group that has none.
  fileprivate var isAlmostGateway: Bool {
    if kind == "Gateway" { return [APIGroup.envoyGateway, APIGroup.aiGateway].contains(group) }
    return group == APIGroup.gatewayAPI && kind != "ListenerSet"
      && NearestWord.match(for: kind, among: ["Gateway", "ListenerSet"]) != nil
  }
}

extension ResourceIndex {
  /// The routes of all kinds with their namespaces and the Gateways that they name.
  fileprivate var children:
    [(document: Int, namespace: String, parents: [ParentRef], isOfAIGateway: Bool)]
  {
    routes.map { ($0.index, $0.route.namespace, $0.route.parents, true) }
      + plainHTTPRoutes.map {
        ($0.index, $0.route.key.namespace, $0.route.attachment.parents, false)
      }
      + mcpRoutes.map { ($0.index, $0.key.namespace, $0.attachment.parents, true) }
  }
}
