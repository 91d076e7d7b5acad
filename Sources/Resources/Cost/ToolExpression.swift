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
      var source = CostTokens(text)
      if let problem = patternProblem(in: try source.all()) { return .unreadable(problem) }
      var reader = try CostReader(text, variables: [("request", .any, .unknown)])
      let type = try reader.whole().type
      return type == .bool || type == .any ? nil : .unfit("the result is a \(type.rawValue)")
    } catch {
      switch error {
      case .invalid(let message), .ungrammatical(let message): return .unreadable(message)
      case .unsupported: return nil
      }
    }
  }

  /// Why an expression is none by CEL's grammar, whatever its names mean; nil where it may be one.
  static func grammarProblem(in text: String) -> String? {
    do {
      var reader = try CostReader(text, variables: nil)
      _ = try reader.whole()
      return nil
    } catch {
      switch error {
      case .ungrammatical(let message): return message
      case .invalid, .unsupported: return nil
      }
    }
  }

  /// Why a regular expression in a call of `matches` cannot be read, nil where all can. One that is
  /// written out is compiled with the expression (google/cel-go, interpreter/optimizations.go).
  private static func patternProblem(in tokens: [CostToken]) -> String? {
    for (place, token) in tokens.enumerated() where token == .word("matches") {
      let isMethod = place > 0 && tokens[place - 1] == .sign(".")
      let arguments = arguments(behind: place, in: tokens)
      guard arguments.count == (isMethod ? 1 : 2), let last = arguments.last, last.count == 1,
        case .string(let pattern?)? = last.first, let problem = pattern.problemAsExpression
      else { continue }
      return problem
    }
    return nil
  }

  /// The tokens of each argument of the call whose name stands at a place, none where it is no call.
  private static func arguments(behind place: Int, in tokens: [CostToken]) -> [[CostToken]] {
    let rest = tokens.dropFirst(place + 1)
    guard rest.first == .sign("(") else { return [] }
    var arguments: [[CostToken]] = [[]]
    var depth = 1
    for token in rest.dropFirst() {
      if case .sign(let sign) = token {
        if ["(", "[", "{"].contains(sign) { depth += 1 }
        if [")", "]", "}"].contains(sign) { depth -= 1 }
      }
      if depth == 0 { return arguments }
      if depth == 1, token == .sign(",") {
        arguments.append([])
      } else {
        arguments[arguments.count - 1].append(token)
      }
    }
    return []
  }
}
