import Resources
import Schemas
import YAML

extension Rule {
  static let mcpExpression = Rule(
    "L143.expression", "mcp-expression", .error, .controller,
    "an expression of an MCPRoute that the proxy cannot use",
    why:
      "The controller passes expressions on unread. One that the proxy cannot read keeps it from "
      + "loading the MCP configuration of the whole Gateway: all MCPRoutes stay as they were. A "
      + "rule whose cel is not true or false, or fails, never matches. Headers have names in lower "
      + "case, tools the names that their servers give them, and authorization is asked for "
      + "tools/call only.",
    bad: "toolSelector: {includeRegex: [\"(?!delete).*\"]}",
    good: "toolSelector: {excludeRegex: [\"delete.*\"]}",
    reference: Citation.aiGateway("internal/mcpproxy/config.go"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        report.add(route.invalidSettings, in: route.index)
        for (path, problem) in route.unreadableHeaders {
          report.add(
            "\(problem); Envoy Gateway leaves the route out", at: path, in: route.index)
        }
        for (path, text) in route.rulesInCEL {
          guard case .unfit(let problem) = ToolExpression.problem(in: text) else { continue }
          report.add(
            "\(problem), so the rule never matches; write an expression that returns true or false",
            at: path, in: route.index, severity: .warning)
        }
        for (path, text) in route.rulesInCEL where !Variable.isIn(text) {
          let isSelector = path.steps.contains(.key("backendSelector"))
          for problem in route.neverTrue(in: text, isSelector: isSelector) {
            report.add(problem, at: path, in: route.index, severity: .warning)
          }
        }
      }
    })
}

extension MCPRoute {
  /// What an expression asks for that no request has (envoyproxy/ai-gateway v1.1.0,
  /// internal/mcpproxy/authorization.go, buildCELActivation; handlers.go, handleToolCallRequest).
  fileprivate func neverTrue(in text: String, isSelector: Bool) -> [String] {
    let upper = ["headers", "headers_all"].flatMap {
      ComparedTexts.keys(of: ["request", $0], in: text)
    }.filter { $0 != $0.lowercased() }.map {
      "request.headers has no \($0.quoted), since its names are in lower case; write "
        + $0.lowercased().quoted
    }
    let unknown = ComparedTexts.fields(of: ["request", "mcp"], in: text).filter {
      !["method", "backend", "tool", "params"].contains($0)
    }.map { "request.mcp has no field \($0); use method, backend, tool or params" }
    let names = servers.map(\.name)
    let servers = ComparedTexts.all(with: ["request", "mcp", "backend"], in: text)
      .filter { !names.contains($0) && !names.contains(where: Variable.isIn) }
      .map { "the route has no server \($0.quoted); use \(names.alternatives)" }
    return upper + unknown + servers
      + (isSelector ? unknownToSelector(in: text) : neverCalled(in: text))
  }

  /// What is not known when servers are chosen (api/v1beta1/mcp_route.go).
  private func unknownToSelector(in text: String) -> [String] {
    ComparedTexts.fields(of: ["request", "mcp"], in: text)
      .filter { ["method", "tool", "params"].contains($0) }
      .map { "request.mcp.\($0) is not known when servers are chosen; use request.mcp.backend" }
  }

  /// What a call of a tool never is.
  private func neverCalled(in text: String) -> [String] {
    let prefixes = servers.map { MCPRoute.toolPrefix(of: $0.name) }
    let methods = ComparedTexts.all(with: ["request", "mcp", "method"], in: text)
    let tools = ComparedTexts.all(with: ["request", "mcp", "tool"], in: text)
    let asked = ComparedTexts.all(with: ["request", "mcp", "params", "name"], in: text)
    // One method of several may be right.
    let others = methods.contains("tools/call") ? [] : methods
    return others.map {
      "authorization is asked for tools/call only, never for \($0.quoted); leave the method out"
    }
      + tools.compactMap { tool in
        prefixes.first { tool.hasPrefix($0) && tool != $0 }.map { prefix in
          "request.mcp.tool is the server's own name of the tool, without \(prefix); write "
            + String(tool.dropFirst(prefix.count)).quoted
        }
      }
      + asked.filter { name in !prefixes.contains { name.hasPrefix($0) } }.map {
        "request.mcp.params.name has the server in front, as in \(prefixes.first ?? "")\($0); use "
          + "request.mcp.tool"
      }
  }
}
