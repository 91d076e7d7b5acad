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

  // MARK: What the server takes, from the facts of its fields

  package static let mostWeight = integer(at: .to("spec", "rules", 0, "backendRefs", 0, "weight"))
  package static let mostBackendRefs = count(at: .to("spec", "rules", 0, "backendRefs"))
  package static let mostMatches = count(at: .to("spec", "rules", 0, "matches"))
  package static let longestBackendName = length(
    at: .to("spec", "rules", 0, "backendRefs", 0, "name"))

  private static func integer(at path: Path) -> Int {
    guard case .integer(let schema)? = ResourceKind.httpRoute.property(at: path)?.judged.schema
    else { return .max }
    return schema.maximum
  }

  private static func count(at path: Path) -> Int {
    guard case .list(let schema)? = ResourceKind.httpRoute.property(at: path)?.judged.schema
    else { return .max }
    return schema.maximum ?? .max
  }

  private static func length(at path: Path) -> Int {
    guard case .string(let schema)? = ResourceKind.httpRoute.property(at: path)?.judged.schema
    else { return .max }
    return schema.maximum ?? .max
  }
}
