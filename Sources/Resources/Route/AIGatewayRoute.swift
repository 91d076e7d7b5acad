import Schemas
package import YAML

/// An AIGatewayRoute (envoyproxy/ai-gateway v1.1.0, api/v1beta1/ai_gateway_route.go), read for
/// rules and simulator.
///
/// It knows its parentRefs, its rules with matches and backendRefs, and its key, each with the path
/// at which a finding about it belongs. `HTTPRoute(of:)` readings of what AI Gateway makes of it
/// stand in the index beside the written ones. What is missing or mistyped is nil here.
package final class AIGatewayRoute: Sendable {
  package let node: Node
  package let name: String
  /// As written; nil is the current namespace, which is taken for `default`.
  package let writtenNamespace: String?
  package let parents: [ParentRef]
  package let hostnames: [String]
  package let rules: [RouteRule]
  /// The other namespaces that its backendRefs lead into, in order of appearance.
  package let destinations: [ReferencedNamespace]
  /// When it was made; the HTTPRoute made of it may be older or younger.
  package let age: Age

  /// Reads a document; rules that equal those of `previous` are taken from there.
  package init(_ node: Node, reusing previous: AIGatewayRoute? = nil) {
    self.node = node
    name = node["metadata"]?["name"]?.text ?? ""
    writtenNamespace = node["metadata"]?["namespace"]?.text
    age = Age(of: node)
    let spec = node["spec"]
    parents = (spec?["parentRefs"]?.items ?? []).map(ParentRef.init)
    hostnames = (spec?["hostnames"]?.items ?? []).compactMap(\.text)
    let old = previous?.rules ?? []
    rules = (spec?["rules"]?.items ?? []).enumerated().map { place, item in
      RouteRule.reading(item, index: place, reusing: place < old.count ? old[place] : nil)
    }
    let namespace = writtenNamespace ?? WellKnown.defaultNamespace
    var destinations = ReferencedNamespace.Collected()
    for rule in rules {
      for destination in rule.destinations where destination.namespace != namespace {
        destinations.add(destination)
      }
    }
    self.destinations = destinations.destinations
  }

  package var namespace: String { writtenNamespace ?? WellKnown.defaultNamespace }
  /// What identifies it; its HTTPRoute has the same.
  package var key: ObjectKey { ObjectKey(namespace, name) }
  package var attachment: GatewayAttachment {
    GatewayAttachment(namespace: namespace, parents: parents, hostnames: hostnames)
  }
  /// The labels, which the HTTPRoute made of it gets too.
  package var labels: Labels { Labels(node["metadata"]?["labels"]) }

  /// The Gateway that a parentRef means.
  package func gateway(of parent: ParentRef) -> ObjectKey { parent.gateway(from: namespace) }
}
