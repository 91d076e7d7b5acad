import Resources
import Schemas
import YAML

extension Rule {
  static let takenPath = Rule(
    "L26", "taken-path", .warning, "an HTTPRoute that takes the paths of AI requests",
    why: "A request is matched by its path first, before its model is known. A path longer than / "
      + "wins, and if it belongs to another HTTPRoute, the model of the request is never read.",
    bad: "HTTPRoute with path /v1 on the Gateway of an AIGatewayRoute",
    good: "HTTPRoute with path /shop, or with hostnames of its own",
    reference: Upstream.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { bundle, report in
      guard !bundle.httpRoutes.isEmpty else { return }
      var lanes: [HostListener: AIGatewayRoute] = [:]
      for (_, route) in bundle.routes {
        for lane in route.attachment.ownPlaces where lanes[lane] == nil { lanes[lane] = route }
      }
      for (index, plain) in bundle.httpRoutes
      where !plain.isGenerated && bundle.route(plain.key) == nil {
        let shared = plain.attachment.sharedPlaces.lazy.compactMap { lanes[$0] }
        guard let route = shared.first else { continue }
        for match in plain.pathMatches {
          guard let taken = match.takenPath else { continue }
          report.add(
            "\(match.value.quoted) takes requests for \(taken) before AIGatewayRoute "
              + "\(route.name) sees their model; use a narrower path or other hostnames",
            at: match.path, in: index)
        }
      }
    })
}

extension HTTPRoute.PathMatch {
  /// A path of AI requests that this takes, nil where there is none (envoyproxy/ai-gateway v1.1.0,
  /// internal/extproc/processor_impl.go).
  fileprivate var takenPath: String? {
    guard value != "/", !value.isEmpty else { return nil }
    let prefix = value.hasSuffix("/") ? String(value.dropLast()) : value
    return Endpoint.paths.lazy.map(\.path).first { endpoint in
      isExact ? endpoint == value : endpoint == prefix || endpoint.hasPrefix(prefix + "/")
    }
  }
}
