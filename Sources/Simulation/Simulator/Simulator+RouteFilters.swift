import Resources
import Schemas
import YAML

extension Simulator {
  /// What the filters of a plain HTTPRoute's rule answer in place of a backend, nil where they do not:
  /// a `directResponse` goes before a redirect (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/route.go).
  func ownAnswer(of winner: Candidate, on listener: String? = nil)
    -> (status: Answer.Status, reason: String)?
  {
    guard !winner.route.isAI, !winner.isPreflight else { return nil }
    if let mcpRoute = mcpRoute(of: winner), winner.rule.index != 0 {
      return (.done, "AI Gateway's metadata for clients of MCPRoute \(mcpRoute.key.name) answer")
    }
    let filters = winner.rule.node.list("filters")
    let responses = filters.compactMap { routeFilter(of: $0, in: winner.route.name) }
      .filter { $0.node["spec"]?.given("directResponse") != nil }
    if let first = responses.first {
      let number = first.node["spec"]?.given("directResponse", "statusCode")?.integer
      return (
        number.flatMap(Answer.Status.init) ?? .done,
        "directResponse of HTTPRouteFilter \(first.name) answers in place of a backend"
      )
    }
    guard let redirect = filters.lazy.compactMap({ $0.given("requestRedirect") }).first else {
      return nil
    }
    let parts = [
      redirect.given("scheme")?.text.map { "scheme \($0)" },
      redirect.given("hostname")?.text.map { "host \($0)" },
      port(ofRedirect: redirect, of: winner, on: listener).map { "port \($0)" },
      redirect.given("path", "replaceFullPath")?.text.map { "path \($0)" },
      redirect.given("path", "replacePrefixMatch")?.text.map { "prefix \($0)" },
    ].compactMap { $0 }
    return (
      redirect.given("statusCode")?.integer.flatMap(Answer.Status.init) ?? .found,
      "its filter sends the client elsewhere"
        + (parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))")
    )
  }

  /// The port to which a redirect leads, nil where it is that of its scheme.
  private func port(
    ofRedirect redirect: Node, of winner: Candidate, on listener: String?
  ) -> Int? {
    guard redirect.given("port") != nil || redirect.writtenPort == nil,
      let route = index.httpRoute(winner.route.name)?.route
    else { return nil }
    return index.port(ofRedirect: redirect, on: listener, of: gateway, route.attachment)
  }

  /// The MCPRoute of whose HTTPRoute a match is.
  func mcpRoute(of candidate: Candidate) -> MCPRoute? {
    candidate.route.isAI ? nil : index.mcpRoute(servedBy: candidate.route.name)
  }

  /// The HTTPRouteFilter that a filter names, nil where it is not among the documents.
  func routeFilter(of filter: Node, in route: ObjectKey) -> Document? {
    index.httpRoute(route)?.route.filter(filter).flatMap(index.routeFilter)
  }

  /// HTTPRouteFilters that a rule names and that are not among the documents.
  func unknownFilters(of winner: Candidate) -> [String] {
    guard !winner.route.isAI, mcpRoute(of: winner) == nil else { return [] }
    let refs = winner.rule.node.list("filters").filter { $0.given("extensionRef") != nil }
    return refs.filter { routeFilter(of: $0, in: winner.route.name) == nil }
      .compactMap { $0.given("extensionRef", "name")?.text }
      .map { "HTTPRouteFilter \($0) is not here and may answer itself" }
  }
}
