import Schemas
package import YAML

/// An HTTPRoute among the documents: one that somebody wrote, or one that AI Gateway made.
package final class HTTPRoute: Sendable {
  package struct PathMatch: Sendable {
    package let value: String
    package let isExact: Bool
    package let path: Path
  }

  package let node: Node
  package let key: ObjectKey
  package let attachment: GatewayAttachment
  package let age: Age
  package let labels: Labels
  /// The prefixes and exact paths that it asks for.
  package let pathMatches: [PathMatch]
  /// Whether AI Gateway made it.
  package let isGenerated: Bool

  package init(_ node: Node) {
    self.node = node
    key = ObjectKey(of: node)
    age = Age(of: node)
    let metadata = node["metadata"]
    labels = Labels(metadata?["labels"])
    let spec = node["spec"]
    attachment = GatewayAttachment(
      home: key.namespace, parents: (spec?.list("parentRefs") ?? []).map(ParentRef.init),
      hostnames: (spec?.list("hostnames") ?? []).compactMap(\.text))
    isGenerated = metadata?["annotations"]?[HTTPRoute.generatedMark]?.text == "true"
    var pathMatches: [PathMatch] = []
    for (rule, node) in (spec?.list("rules") ?? []).enumerated() {
      for (match, node) in node.list("matches").enumerated() {
        guard let value = node["path"]?["value"]?.text else { continue }
        let type = node["path"]?["type"]?.text ?? "PathPrefix"
        guard type == "PathPrefix" || type == "Exact" else { continue }
        pathMatches.append(
          PathMatch(
            value: value, isExact: type == "Exact",
            path: .to("spec", "rules", rule, "matches", match, "path", "value")))
      }
    }
    self.pathMatches = pathMatches
  }

  /// The annotation of what AI Gateway made (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/ai_gateway_route.go).
  package static let generatedMark = "gateway.envoyproxy.io/ai-gateway-generated"
}
