import Resources
import Schemas
import YAML

extension Rule {
  static let refusedMCPHTTPRoute = Rule(
    "L54.mcp", "refused-mcp-httproute", .error, .generated,
    "an MCPRoute whose HTTPRoutes are refused, or whose servers are asked without a path",
    why: "The API server takes any text as a path or header of an MCPRoute, but not in the "
      + "HTTPRoutes that AI Gateway writes of it: the route is then not accepted, and nothing behind "
      + "the refused one is written. The path of an MCP server is sent as it is written.",
    bad: "path: mcp", good: "path: /mcp", reference: Citation.gatewayAPICRD("httproutes"),
    repair: .automatic,
    .bundle { index, report in
      for route in index.mcpRoutes {
        for (path, message) in route.refusals(in: index.release) {
          report.add(
            "the generated HTTPRoute is refused: \(message)", at: path, in: route.index)
        }
        for server in route.servers {
          let written = server.askedPath
          guard !written.hasPrefix("/"), !Variable.isIn(written) else { continue }
          let path = server.path.appending("path")
          let url = URLParts(written)
          let right = url.map { $0.path.isEmpty ? "/" : String($0.path) } ?? "/" + written
          report.add(
            "requests to \(server.name) are sent for \(written.quoted), which is no path and gets 400; "
              + "write \(right)", at: path, in: route.index,
            // The host of a URL may not be that of the Backend.
            caution: url == nil ? nil : .guess, fix: "write \(right)",
            .set(path, .string(right), in: route.index))
        }
        let path = Path.to("spec", "path")
        if route.servedPath.count > 1, route.servedPath.hasPrefix("/"),
          route.servedPath.hasSuffix("/")
        {
          let bare = "/" + route.servedPath.trimmed("/")
          report.add(
            "clients are served at \(route.servedPath) only, not without the slash at its end; "
              + "leave that out unless they write it", at: path, in: route.index, severity: .info)
          guard !index.mcpRoutes.contains(where: { $0.servedPath == bare }),
            !Endpoint.paths.contains(where: { $0.path == bare })
          else { continue }
          report.attach(Fix("write \(bare)", [.set(document: route.index, path, .string(bare))]))
        }
      }
    })
}
