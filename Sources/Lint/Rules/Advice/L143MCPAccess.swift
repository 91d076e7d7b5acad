import Resources
import Schemas
import YAML

extension Rule {
  static let mcpAccess = Rule(
    "L143", "mcp-access", .warning, "an MCPRoute that allows no client, tool or server",
    why: "What no rule allows is denied, unless defaultAction says Allow: without a rule that "
      + "allows, clients see no tools (authorization), or get no session (backendSelector). A tool "
      + "belongs to a server by the name in backendRefs. Without credentialRefs, or keys in their "
      + "Secrets, no key fits. Clients "
      + "look for the issuer of tokens at a URL that is made of the resource's.",
    bad: "backendSelector: {}",
    good: "backendSelector: {rules: [{cel: \"request.mcp.backend == 'github'\"}]}",
    reference: Citation.aiGateway("internal/mcpproxy/authorization.go"),
    repair: .automatic,
    .bundle { index, report in
      for asked in index.clientSecurity where asked.isMadeOfRoute {
        guard let denial = index.denial(of: [asked.holder]) else { continue }
        report.add(
          index.text(of: denial, in: asked.index), at: asked.source(of: denial.path),
          in: asked.index)
      }
      for route in index.mcpRoutes {
        let security = route.spec.given("securityPolicy")
        let place = Path.to("spec", "securityPolicy")
        if security?.given("authorization")?.allowsNothing == true {
          report.add(
            "no rule allows a tool, so that clients see none and may call none; write a rule, or "
              + "defaultAction Allow", at: place.appending("authorization"), in: route.index)
        }
        if route.spec.given("backendSelector")?.allowsNothing == true {
          report.add(
            "no rule allows a server, so that no client gets a session; write a rule, or "
              + "defaultAction Allow", at: .to("spec", "backendSelector"), in: route.index)
        }
        addTargets(of: route, at: place, &report)
        addPrefixed(of: route, at: place, &report)
        addIssuer(of: route, in: index, &report)
        addMetadata(of: route, at: place, &report)
      }
    })

  /// Tools of servers that the route does not have.
  private static func addTargets(of route: MCPRoute, at place: Path, _ report: inout Report) {
    let names = route.servers.map(\.name)
    let rules = route.spec.given("securityPolicy", "authorization")?.list("rules") ?? []
    for (index, rule) in rules.enumerated() {
      for (number, tool) in (rule.given("target")?.list("tools") ?? []).enumerated() {
        guard let name = tool["backend"]?.text, !names.contains(name), !Variable.isIn(name) else {
          continue
        }
        let path = place.appending(
          .to("authorization", "rules", index, "target", "tools", number, "backend"))
        report.add(
          "the route has no server \(name.quoted), so that this tool is never meant; use "
            + names.alternatives, at: path, in: route.index)
        guard let near = NearestWord.match(for: name, among: names) else { continue }
        report.attach(
          Fix(
            "write \(near)", [.set(document: route.index, path, .string(near))],
            caution: .writing(near, for: name)))
      }
    }
  }

  /// Tools by the names that clients see, with the server's in front; the proxy compares its own
  /// names (internal/mcpproxy/handlers.go, handleToolCallRequest).
  private static func addPrefixed(of route: MCPRoute, at place: Path, _ report: inout Report) {
    for server in route.servers {
      for list in ["include", "exclude"] {
        let path = server.path.appending(.to("toolSelector", list))
        for (number, tool) in (route.node[path]?.items ?? []).enumerated() {
          addPrefixed(tool.text, of: server.name, at: path.appending(number), in: route, &report)
        }
      }
    }
    let rules = place.appending(.to("authorization", "rules"))
    for (index, rule) in (route.node[rules]?.items ?? []).enumerated() {
      for (number, tool) in (rule.given("target")?.list("tools") ?? []).enumerated() {
        addPrefixed(
          tool["tool"]?.text, of: tool["backend"]?.text ?? "",
          at: rules.appending(.to(index, "target", "tools", number, "tool")), in: route, &report)
      }
    }
  }

  private static func addPrefixed(
    _ tool: String?, of server: String, at path: Path, in route: MCPRoute, _ report: inout Report
  ) {
    let prefix = MCPRoute.toolPrefix(of: server)
    guard let tool, !server.isEmpty, tool.hasPrefix(prefix), tool != prefix else { return }
    let own = String(tool.dropFirst(prefix.count))
    report.add(
      "clients see the tool by this name, but here the server's own name counts, without \(prefix): "
        + "unless the server itself calls it so, this never fits; write \(own)", at: path,
      in: route.index,
      fix: "write \(own)", .set(path, .string(own)))
  }

  /// Clients that are sent for the metadata to where the route does not show it.
  private static func addMetadata(of route: MCPRoute, at place: Path, _ report: inout Report) {
    guard let announced = route.announcedMetadataPath, !Variable.isIn(announced),
      !announced.contains("?"), let served = route.metadataPaths.first?.path, served != announced
    else { return }
    report.add(
      "clients without a token are sent to \(announced), and this route shows its metadata at "
        + "\(served): unless something before the Gateway changes paths, they find none; write the "
        + "URL with the path \(route.servedPath)",
      at: place.appending(.to("oauth", "protectedResourceMetadata", "resource")), in: route.index)
  }

  /// Keys of an issuer within the cluster are asked for over TLS that nobody outside vouches for.
  private static func addIssuer(
    of route: MCPRoute, in index: ResourceIndex, _ report: inout Report
  ) {
    guard let oauth = route.spec.given("securityPolicy", "oauth"), oauth.given("jwks") == nil,
      let issuer = oauth["issuer"]?.text, issuer.hasPrefix("https://")
    else { return }
    let host = issuer.dropFirst("https://".count).prefix { !"/:?#".contains($0) }
    guard host.hasSuffix(".svc") || host.hasSuffix(".cluster.local"),
      !index.tlsPolicies.contains(where: {
        $0.policy.hostname.map { $0 == host } ?? false
          && $0.policy.key.namespace == route.key.namespace
      })
    else { return }
    report.add(
      "the keys of \(host) are fetched over TLS, and no BackendTLSPolicy here of namespace "
        + "\(route.key.namespace) has that hostname: unless its certificate is a public one, every "
        + "token is refused; write one, or jwks",
      at: .to("spec", "securityPolicy", "oauth", "issuer"), in: route.index,
      severity: index.tlsPolicies.contains { $0.policy.key.namespace == route.key.namespace }
        ? .warning : .info)
  }
}
