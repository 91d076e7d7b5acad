internal import Schemas
import YAML

/// An expression in CEL that says whether a rule of an MCPRoute fits a request
/// (envoyproxy/ai-gateway v1.1.0, internal/mcpproxy/authorization.go, compileAuthorization).
package enum ToolExpression {
  /// What is wrong with one.
  package enum Problem: Sendable {
    /// It cannot be read, so that no MCPRoute of the Gateway is loaded anew.
    case unreadable(String)
    /// It is never true or false, so that the rule never fits.
    case unfit(String)
  }

  /// What is wrong with an expression, nil where it is probably of use.
  package static func problem(in text: String) -> Problem? {
    guard !text.trimmed.isEmpty, !Variable.isIn(text) else { return nil }
    do {
      var reader = try CostReader(text, variables: [("request", .any)])
      let type = try reader.whole().type
      return type == .bool || type == .any ? nil : .unfit("the result is a \(type.rawValue)")
    } catch {
      switch error {
      case .invalid(let message): return .unreadable(message)
      case .unsupported: return nil
      }
    }
  }
}
