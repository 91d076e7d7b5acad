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
      + "forwardHeaders that can be none makes requests fail, and one that the proxy "
      + "sends itself takes the place of its own.",
    bad: "apiKey: {secretRef: {name: github}, header: authorization}",
    good: "apiKey: {secretRef: {name: github}}",
    reference: Citation.aiGateway("internal/controller/mcp_route.go"),
    repair: .automatic,
    .bundle { index, report in
      for route in index.mcpRoutes {
        addClaims(of: route, &report)
        if index.release < .v1_1 { addClientID(of: route, &report) }
        for server in route.servers {
          addForwarded(by: server, in: route, &report)
          guard let key = server.apiKey else { continue }
          addKey(key, of: server, in: route, index, &report)
          if let header = key.given("header")?.text, header.lowercased() == "authorization",
            header != "Authorization"
          {
            let path = server.apiKeyPath.appending("header")
            let value = key.given("inline")?.text ?? secret(of: key, in: route, index)
            // What has a scheme of its own is meant as it is.
            if value?.trimmed.contains(" ") == true { continue }
            report.add(
              "only Authorization, spelt so, gets Bearer before the key; leave header out, or write "
                + "Authorization", at: path, in: route.index, caution: value == nil ? .guess : nil,
              fix: "write Authorization",
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

  /// What is sent otherwise than it is written; no finding quotes a key.
  private static func addKey(
    _ key: Node, of server: MCPRoute.Server, in route: MCPRoute, _ index: ResourceIndex,
    _ report: inout Report
  ) {
    let parameter = key.given("queryParam")?.text
    let path = server.apiKeyPath
    if parameter != nil,
      server.node.given("path")?.text?.contains(where: { $0 == "?" || $0 == "#" }) == true
    {
      report.add(
        "the key is written behind what path has after ? or #, where the server does not look for it; leave "
          + "the parameters out of path, or use a header", at: path.appending("queryParam"),
        in: route.index, severity: .error)
    }
    let inline = key.given("inline")?.text
    if index.isEmptyKeyRead(of: server) {
      report.add(
        "AI Gateway stops at an empty key and writes nothing for the route; write the key, or name a "
          + "Secret", at: path.appending("inline"), in: route.index, severity: .error)
    } else if inline == "", key.given("header")?.text ?? "Authorization" == "Authorization" {
      report.add(
        "Envoy Gateway writes no header for an empty key: requests to the server get 500; write the key",
        at: path.appending("inline"), in: route.index, severity: .error)
    }
    if parameter == nil, let header = key.given("header")?.text {
      addReplaced(header, at: path.appending("header"), in: route, &report)
      if header.lowercased() == "host" || header.contains(where: { $0 == "/" || $0 == ":" }) {
        report.add(
          "no key can be sent in header \(header.quoted): requests to the server fail; use another header",
          at: path.appending("header"), in: route.index, severity: .error)
      }
    }
    guard let value = inline ?? secret(of: key, in: route, index), !Variable.isIn(value) else {
      return
    }
    let place = path.appending(inline == nil ? "secretRef" : "inline")
    if let parameter {
      guard let odd = (parameter + value).first(where: { "&#+% ".contains($0) }) else {
        return
      }
      report.add(
        "the key stands in the address as it is written, in which \(String(odd).quoted) means something "
          + "else; use a header if the server takes one", at: place, in: route.index)
    } else if key.given("header")?.text ?? "Authorization" == "Authorization",
      value.lowercased().hasPrefix("bearer ")
    {
      report.add(
        "the key begins with Bearer, which AI Gateway writes before it as well: the server gets it "
          + "twice; leave it out", at: place, in: route.index)
    } else if value.trimmed.contains(where: \.isNewline) {
      report.add(
        "the key has a line end within, which no header can have; write it in one line", at: place,
        in: route.index)
    }
  }

  /// The key in a Secret, nil where it is not here.
  private static func secret(of key: Node, in route: MCPRoute, _ index: ResourceIndex) -> String? {
    let name = key.given("secretRef", "name")?.text
    return name.flatMap { index.stored("Secret", ObjectKey(route.key.namespace, $0)) }?
      .entry("apiKey")?.value
  }

  /// Claims of tokens that take the place of what the MCP proxy sends to servers.
  private static func addClaims(of route: MCPRoute, _ report: inout Report) {
    let list = Path.to("spec", "securityPolicy", "oauth", "claimToHeaders")
    for (index, claim) in (route.node[list]?.items ?? []).enumerated() {
      guard let name = claim.given("header")?.text else { continue }
      addReplaced(name, at: list.appending(.to(index, "header")), in: route, &report)
    }
  }

  /// The name of the client by its key, which no server gets before AI Gateway 1.1 unless it asks for
  /// the header itself (envoyproxy/ai-gateway v1.0.0 and v1.1.0, internal/controller/gateway.go).
  private static func addClientID(of route: MCPRoute, _ report: inout Report) {
    let path = Path.to("spec", "securityPolicy", "apiKeyAuth", "forwardClientIDHeader")
    guard let header = route.node[path]?.text, !header.isEmpty,
      !route.servers.contains(where: { server in
        server.node.list("forwardHeaders").contains {
          $0.given("name")?.text?.lowercased() == header.lowercased()
        }
      })
    else { return }
    report.add(
      "AI Gateway before 1.1 sends the header to no server; write it in forwardHeaders of those "
        + "that need it", at: path, in: route.index)
  }

  /// A header that the MCP proxy sends to servers, if a client's takes its place (envoyproxy/ai-gateway
  /// v1.1.0, internal/mcpproxy/session.go, mcpproxy.go).
  private static func addReplaced(
    _ name: String, at path: Path, in route: MCPRoute, _ report: inout Report
  ) {
    switch name.lowercased() {
    case "mcp-session-id":
      report.add(
        "it takes the place of the server's own session, so that every request after the first fails; "
          + "leave it out", at: path, in: route.index, severity: .error)
    case "x-ai-eg-mcp-backend", "x-ai-eg-mcp-route":
      report.add(
        "with this header a client can choose any server of the route, and use its key and all its "
          + "tools; leave it out", at: path, in: route.index, severity: .error)
    case "content-type", "accept", "accept-encoding", "mcp-protocol-version":
      report.add(
        "it takes the place of the MCP proxy's own header; leave it out", at: path,
        in: route.index)
    case _: break
    }
  }

  /// Headers of clients that no client can send, or the MCP proxy cannot, or that it sends itself.
  private static func addForwarded(
    by server: MCPRoute.Server, in route: MCPRoute, _ report: inout Report
  ) {
    for (index, header) in server.node.list("forwardHeaders").enumerated() {
      let field = header.given("backendHeader") == nil ? "name" : "backendHeader"
      let place = server.path.appending(.to("forwardHeaders", index, field))
      addReplaced(header.given(field)?.text ?? "", at: place, in: route, &report)
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
