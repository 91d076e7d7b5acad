import RE2
import Resources
import Schemas
import YAML

extension Rule {
  static let takenPath = Rule(
    "L26", "taken-path", .warning,
    "an HTTPRoute, GRPCRoute or MCPRoute that takes the paths of AI requests",
    why: "A request is matched by its path first, before its model is known. A path longer than /, "
      + "or a regular expression, wins; so does the path / of an older route. If the match belongs "
      + "to another HTTPRoute, the model of the request is never read.",
    bad: "HTTPRoute with path /v1 on the Gateway of an AIGatewayRoute",
    good: "HTTPRoute with path /shop, or with hostnames of its own",
    reference: Citation.aiGateway("internal/extensionserver/post_translate_modify.go"),
    .bundle { bundle, report in
      for (index, plain, rivals) in bundle.rivals(
        of: bundle.plainHTTPRoutes + bundle.grpcRoutes)
      {
        // The youngest of them is the first to lose.
        guard let rival = rivals.max(by: { $0.age < $1.age }) else { continue }
        for match in plain.matches {
          evaluate(
            match, of: plain, before: rival.route, rival.age, in: index, of: bundle, &report)
        }
      }
      addMCPRoutes(of: bundle, &report)
    })

  /// MCPRoutes, whose path is always longer than that of AIGatewayRoutes.
  private static func addMCPRoutes(of bundle: ResourceIndex, _ report: inout Report) {
    let root = (bundle.rootPrefix ?? "/").withoutSlash
    for route in bundle.mcpRoutes {
      guard let taken = Endpoint.paths.first(where: { root + $0.path == route.servedPath }),
        let rival = bundle.rivals(of: route.attachment, among: bundle.oldestByPlace).first
      else { continue }
      report.add(
        "requests for \(route.servedPath) go to the MCP proxy before AIGatewayRoute \(rival.name) "
          + "\(taken.endpoint.work); use another path", at: .to("spec", "path"), in: route.index,
        severity: route.spec.list("headers").isEmpty ? nil : .info)
    }
  }

  private static func evaluate(
    _ match: HTTPRoute.Match, of plain: HTTPRoute, before route: AIGatewayRoute, _ age: Age,
    in document: Int, of bundle: ResourceIndex, _ report: inout Report
  ) {
    guard let taken = match.takenPath(below: bundle.rootPrefix) else { return }
    let cookies = bundle.cookies(of: match, in: plain)
    let conditions = match.conditions + cookies
    // Clients do not send the header of the model.
    if conditions.contains(WellKnown.modelHeader) { return }
    let isDecidedByAge =
      bundle.keepsOrder(of: plain.attachment)
      || cookies.isEmpty && match.isDecidedByAge(below: bundle.rootPrefix)
    if isDecidedByAge, age < plain.age { return }
    let why =
      !isDecidedByAge
      ? ""
      : age.differsInTime(from: plain.age)
        ? " (it is older)" : " (of routes of one age the first by namespace/name comes first)"
    report.add(
      "\(match.pathValue.quoted) takes requests "
        + (conditions.isEmpty ? "" : "with \(conditions.joined(separator: ", ")) ")
        + "for \(taken.path) before AIGatewayRoute \(route.name) \(taken.endpoint.work)\(why); use a "
        + "narrower path or other hostnames",
      at: plain.kind == .grpcRoute || match.node?.given("path", "value") == nil
        ? match.path : match.path.appending(.to("path", "value")),
      in: document,
      // Whoever asks for more than the path may well mean to take these.
      severity: conditions.isEmpty ? nil : .info)
  }
}

extension ResourceIndex {
  /// Those of some routes that share places with AIGatewayRoutes, each with the oldest of these at
  /// every place.
  func rivals(
    of plain: [(index: Int, route: HTTPRoute)]
  ) -> [(index: Int, plain: HTTPRoute, rivals: [(route: AIGatewayRoute, age: Age)])] {
    guard !plain.isEmpty else { return [] }
    let oldest = oldestByPlace
    return plain.map { index, plain in
      (index, plain, rivals(of: plain.attachment, among: oldest).map { ($0, age(of: $0)) })
    }
  }

  /// The oldest AIGatewayRoute at every place.
  fileprivate var oldestByPlace: [HostListener: AIGatewayRoute] {
    var oldest: [HostListener: AIGatewayRoute] = [:]
    for served in servedRoutes {
      for place in served.places.flatMap(\.own) where oldest[place] == nil {
        oldest[place] = served.route
      }
    }
    return oldest
  }

  /// Those at the places of another route.
  fileprivate func rivals(
    of route: GatewayAttachment, among oldest: [HostListener: AIGatewayRoute]
  ) -> [AIGatewayRoute] {
    servedPlaces(of: route).flatMap(\.meeting).compactMap { oldest[$0] }
  }
}

extension ResourceIndex {
  /// The cookies that a filter beside a match asks for.
  func cookies(of match: HTTPRoute.Match, in route: HTTPRoute) -> [String] {
    cookieMatches(of: match.rule, in: route).flatMap { $0.list("cookies") }
      .compactMap { $0["name"]?.text.map { "cookie \($0)" } }
  }
}

extension HTTPRoute.Match {
  /// Whether it takes what route-not-found of an AIGatewayRoute takes, so that age alone decides.
  func isDecidedByAge(below rootPrefix: String?) -> Bool {
    pathType == "PathPrefix" && pathValue == rootPrefix ?? "/" && node?.given("method") == nil
      && conditions.isEmpty
  }

  /// What it asks for beside the path and the method: names of headers and query parameters.
  fileprivate var conditions: [String] {
    ["headers", "queryParams"].flatMap { node?.list($0) ?? [] }
      .compactMap { $0["name"]?.text?.lowercased() }
  }

  /// A path of AI requests that this takes before the routes' own, nil where there is none
  /// (envoyproxy/ai-gateway v1.1.0, internal/extproc/processor_impl.go; envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/sort.go).
  fileprivate func takenPath(below rootPrefix: String?) -> (path: String, endpoint: Endpoint)? {
    let root = (rootPrefix ?? "/").withoutSlash
    let method = node?.given("method")?.text
    let expression = pathType == "RegularExpression" ? try? RegularExpression(pathValue) : nil
    let prefix = pathValue.withoutSlash
    if pathType == "PathPrefix", prefix.utf8.count < root.utf8.count { return nil }
    return Endpoint.paths.lazy.filter { method == nil || method == $0.endpoint.method }
      .map { (path: root + $0.path, endpoint: $0.endpoint) }.first { path, _ in
        switch pathType {
        case "Exact": path == pathValue
        case "RegularExpression": expression?.matches(path) ?? false
        case _: path == prefix || path.hasPrefix(prefix + "/")
        }
      }
  }
}

extension Endpoint {
  /// What AI Gateway does with its requests.
  fileprivate var work: String {
    switch self {
    case .forwarded: "sees their model"
    case .models: "lists its models"
    }
  }

  /// The method of its requests.
  fileprivate var method: String {
    switch self {
    case .forwarded: "POST"
    case .models: "GET"
    }
  }
}

extension String {
  /// The text without a slash at its end.
  var withoutSlash: String { hasSuffix("/") ? String(dropLast()) : self }
}
