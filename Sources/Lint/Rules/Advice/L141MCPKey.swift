import Resources
import Schemas
import YAML

extension Rule {
  static let mcpKey = Rule(
    "L141", "mcp-key", .warning,
    "an MCP server's key or header that is not sent as meant, or is readable in the HTTPRoute",
    why: "Bearer stands before the key only where the header is left out or spelt Authorization, "
      + "letter by letter. A key in queryParam is written into the generated HTTPRoute, for "
      + "everyone to read who may read routes, and as it is: & or % in it break the address. In "
      + "AI Gateway 0.6 and 0.7 a key of a Secret is written there for a header too. A header of "
      + "forwardHeaders that can be none makes requests fail.",
    bad: "apiKey: {secretRef: {name: github}, header: authorization}",
    good: "apiKey: {secretRef: {name: github}}",
    reference: Citation.aiGateway("internal/controller/mcp_route.go"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        for server in route.servers {
          addForwarded(by: server, in: route, &report)
          guard let key = server.apiKey else { continue }
          if let header = key.given("header")?.text, header.lowercased() == "authorization",
            header != "Authorization"
          {
            let path = server.apiKeyPath.appending("header")
            report.add(
              "only Authorization, spelt so, gets Bearer before the key; leave header out, or write "
                + "Authorization", at: path, in: route.index, fix: "write Authorization",
              .set(path, .string("Authorization"), in: route.index))
          }
          guard key.given("secretRef") != nil else { continue }
          if key.given("queryParam") != nil {
            report.add(
              "the key of the Secret is written into the generated HTTPRoute in clear text; use a "
                + "header if the server takes one", at: server.apiKeyPath.appending("queryParam"),
              in: route.index, severity: .info)
          } else if index.release < .v1_0 {
            report.add(
              "AI Gateway \(index.release.rawValue) writes the key of the Secret into the generated "
                + "HTTPRoute in clear text; 1.0 and later do not",
              at: server.apiKeyPath.appending("secretRef"), in: route.index, severity: .info)
          }
        }
      }
    })

  /// Headers of clients that no client can send, or the MCP proxy cannot.
  private static func addForwarded(
    by server: MCPRoute.Server, in route: MCPRoute, _ report: inout Report
  ) {
    for (index, header) in server.node.list("forwardHeaders").enumerated() {
      for field in ["name", "backendHeader"] {
        guard let name = header.given(field)?.text, !Variable.isIn(name),
          !Pattern.headerName.accepts(name)
        else { continue }
        report.add(
          field == "name"
            ? "no client sends a header \(name.quoted); write its name"
            : "\(name.quoted) is not a header name: requests with the client's header fail; write one",
          at: server.path.appending(.to("forwardHeaders", index)).appending(field), in: route.index)
      }
    }
  }
}
