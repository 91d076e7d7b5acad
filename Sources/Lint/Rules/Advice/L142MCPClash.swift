import Resources
import Schemas
import YAML

extension Rule {
  static let mcpClash = Rule(
    "L142", "mcp-clash", .warning,
    "two MCPRoutes with the same path, or whose generated names are the same",
    why: "An MCPRoute answers at one path, exactly: where two have the same path and headers on "
      + "one Gateway, the older takes the requests. The metadata of oauth is at a path made of it, "
      + "without headers and the slash at the end. And what is made for a server bears the names "
      + "of route and server joined by a hyphen, which two routes must not have in common: the "
      + "later one is not accepted.",
    bad: "MCPRoutes a and b without path", good: "paths /mcp/a and /mcp/b",
    reference: Citation.aiGateway("internal/controller/mcp_route.go"),
    traits: .rivals,
    .bundle { index, report in
      let routes = index.mcpRoutes
      guard routes.count > 1 else { return }
      var owners: [Spot: MCPRoute] = [:]
      var metadata: [Spot: MCPRoute] = [:]
      var names: [ObjectKey: MCPRoute] = [:]
      let aged = routes.map { (route: $0, age: Age(of: $0.node)) }.sorted { $0.age < $1.age }
      for route in aged.map(\.route) {
        let places = index.servedPlaces(of: route.attachment)
        addLostRoutes(by: route, on: places, &owners, &report)
        addLostMetadata(of: route, on: places, &metadata, &report)
        addRepeatedNames(of: route, &names, &report)
      }
    })

  private struct Spot: Hashable {
    let place: HostListener
    let path: String
    /// Each with its name in small letters, type and value, in order.
    let headers: [[String]]
  }

  private static func addLostRoutes(
    by route: MCPRoute, on places: [HostListener], _ owners: inout [Spot: MCPRoute],
    _ report: inout Report
  ) {
    let headers = route.spec.list("headers").map { header in
      [
        header["name"]?.text?.lowercased() ?? "", header["type"]?.text ?? "Exact",
        header["value"]?.text ?? "",
      ]
    }.sorted { $0.lexicographicallyPrecedes($1) }
    func spot(_ place: HostListener) -> Spot {
      Spot(place: place, path: route.servedPath, headers: headers)
    }
    var lost: [(place: HostListener, owner: MCPRoute)] = []
    for place in places {
      guard let owner = place.covering.compactMap({ owners[spot($0)] }).first else { continue }
      lost.append((place, owner))
    }
    for place in places where owners[spot(place)] == nil { owners[spot(place)] = route }
    guard let first = lost.first else { return }
    let hosts = lost.count == places.count ? "" : " for \(first.place.host)"
    let path = route.spec["path"] == nil ? Path.to("spec") : .to("spec", "path")
    report.add(
      "MCPRoute \(first.owner.key.name) has path \(route.servedPath) and the same headers too, and "
        + "gets these requests\(hosts), because it is older or first by name; use another path",
      at: path, in: route.index)
  }

  /// What shows clients where to get a token, where another route shows them something else.
  private static func addLostMetadata(
    of route: MCPRoute, on places: [HostListener], _ owners: inout [Spot: MCPRoute],
    _ report: inout Report
  ) {
    let metadata = shownMetadata(of: route)
    var lost: (path: String, owner: MCPRoute)?
    for path in route.metadataPaths.map(\.path) {
      for place in places {
        let owner = place.covering.compactMap { owners[Spot(place: $0, path: path, headers: [])] }
          .first
        if let owner, shownMetadata(of: owner) != metadata {
          lost = lost ?? (path, owner)
        } else if owner == nil {
          owners[Spot(place: place, path: path, headers: [])] = route
        }
      }
    }
    // Of one that gets no requests at all it does not matter.
    guard let lost,
      lost.owner.servedPath != route.servedPath
        || lost.owner.spec["headers"] != route.spec["headers"]
    else { return }
    report.add(
      "\(lost.path) belongs to MCPRoute \(lost.owner.key.name), which is older or first by name: "
        + "clients of this route get its metadata, and may ask another issuer for tokens; use another "
        + "path", at: .to("spec", "securityPolicy", "oauth"), in: route.index)
  }

  /// The settings of oauth that clients are shown (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/mcp_route_security_policy.go, buildOAuthProtectedResourceMetadataJSON).
  private static func shownMetadata(of route: MCPRoute) -> [Node?] {
    let oauth = route.spec.given("securityPolicy", "oauth")
    return ["issuer", "protectedResourceMetadata"].map { oauth?.given($0) }
  }

  private static func addRepeatedNames(
    of route: MCPRoute, _ names: inout [ObjectKey: MCPRoute], _ report: inout Report
  ) {
    for server in route.servers where !server.name.isEmpty {
      let name = route.route(to: server)
      guard let other = names[name] else {
        names[name] = route
        continue
      }
      guard other.key != route.key else { continue }
      report.add(
        "MCPRoute \(other.key.name) generates an HTTPRoute of the same name \(name.name), so "
          + "this MCPRoute is not accepted; use another name", at: server.path.appending("name"),
        in: route.index,
        severity: .error)
    }
  }
}
