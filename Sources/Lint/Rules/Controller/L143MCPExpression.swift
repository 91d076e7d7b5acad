import RE2
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
      + "rule whose cel is not true or false never fits.",
    bad: "toolSelector: {includeRegex: [\"(?!delete).*\"]}",
    good: "toolSelector: {excludeRegex: [\"delete.*\"]}",
    reference: Upstream.aiGateway("internal/mcpproxy/config.go"),
    .bundle { index, report in
      for route in index.mcpRoutes {
        for server in route.servers {
          for field in ["includeRegex", "excludeRegex"] {
            let path = server.path.appending(.to("toolSelector", field))
            for (place, item) in (route.node[path]?.items ?? []).enumerated() {
              guard let text = item.text, let refusal = RegularExpression.refusal(of: text),
                !refusal.isUnknownHere
              else { continue }
              report.add(
                "the regular expression cannot be read: \(refusal.message)",
                at: path.appending(place), in: route.index)
            }
          }
        }
        for list in [
          Path.to("spec", "securityPolicy", "authorization", "rules"),
          .to("spec", "backendSelector", "rules"),
        ] {
          for (place, rule) in (route.node[list]?.items ?? []).enumerated() {
            guard let text = rule.given("cel")?.text,
              let (fault, severity) = ToolExpression.fault(in: text)
            else { continue }
            report.add(
              fault, at: list.appending(place).appending("cel"), in: route.index,
              severity: severity)
          }
        }
      }
    })
}

/// An expression that says whether a rule of an MCPRoute fits a request (envoyproxy/ai-gateway
/// v1.1.0, internal/mcpproxy/authorization.go, compileAuthorization).
private enum ToolExpression {
  /// What is wrong with one, nil where it is probably of use.
  static func fault(in text: String) -> (String, Finding.Severity)? {
    guard !text.trimmed.isEmpty, !Variable.isIn(text) else { return nil }
    do {
      var reader = try CostReader(text, variables: [("request", .any)])
      switch try reader.whole().type {
      case .bool, .any: return nil
      case let type:
        return (
          "the result is a \(type.rawValue), so that the rule never fits; write a comparison",
          .warning
        )
      }
    } catch {
      switch error {
      case .fault(let message): return ("the expression cannot be read: \(message)", .error)
      case .unjudged: return nil
      }
    }
  }
}
