import Manifest

/// An HTTPRoute that somebody wrote, as the rules see it.
final class PlainRoute: Sendable {
  struct PathMatch: Sendable {
    let value: String
    let isExact: Bool
    let path: Path
  }

  let name: ObjectKey
  let attachment: GatewayAttachment
  let pathMatches: [PathMatch]
  /// Whether AI Gateway made it.
  let isGenerated: Bool

  init(_ node: Node, name: ObjectKey) {
    self.name = name
    let spec = node["spec"]
    attachment = GatewayAttachment(
      home: name.namespace,
      parents: (spec?["parentRefs"]?.items ?? []).map(Route.Parent.init),
      hostnames: (spec?["hostnames"]?.items ?? []).compactMap(\.text))
    let mark = node["metadata"]?["annotations"]?["gateway.envoyproxy.io/ai-gateway-generated"]
    isGenerated = mark?.text == "true"
    var pathMatches: [PathMatch] = []
    for (rule, node) in (spec?["rules"]?.items ?? []).enumerated() {
      for (match, node) in (node["matches"]?.items ?? []).enumerated() {
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
}
