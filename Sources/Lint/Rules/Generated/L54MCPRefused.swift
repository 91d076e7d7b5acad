import Resources
import Schemas
import YAML

extension Rule {
  static let mcpRefused = Rule(
    "L54.mcp", "refused-mcp-httproute", .error, .generated,
    "an MCPRoute whose HTTPRoutes the server refuses",
    why: "The server takes any text as a path or header of an MCPRoute, but not in the HTTPRoutes "
      + "that AI Gateway writes of it: the route is then not accepted, and nothing behind the "
      + "refused one is written.",
    bad: "path: mcp", good: "path: /mcp", reference: Citation.gatewayAPICRD("httproutes"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        for (path, message) in route.refusals(in: index.release) {
          report.add(
            "the generated HTTPRoute is refused: \(message)", at: path, in: route.index)
        }
        let path = Path.to("spec", "path")
        if route.servedPath.count > 1, route.servedPath.hasPrefix("/"),
          route.servedPath.hasSuffix("/")
        {
          report.add(
            "clients are served at \(route.servedPath) only, not without the slash at its end; "
              + "leave that out unless they write it", at: path, in: route.index, severity: .info,
            fix: "write \(route.servedPath.trimmed("/"))",
            .set(path, .string("/" + route.servedPath.trimmed("/")), in: route.index))
        }
      }
    })
}
