import Schemas

/// What can be said of a cost expression in CEL before it runs (envoyproxy/ai-gateway v1.1.0,
/// internal/llmcostcel/cel.go).
///
/// It is read, its types are checked, and it is worked out once with no tokens counted, as the
/// controller does with every expression. What goes beyond variables, operators and plain functions
/// is left alone.
package enum CostExpression {
  /// Why the controller refuses an expression, nil where it (probably) takes it.
  package static func problem(in text: String) -> String? {
    do {
      var reader = try CostReader(text, variables: variables)
      let result = try reader.whole()
      return result.problemAsCost
    } catch {
      switch error {
      case .invalid(let message): return message
      case .unsupported: return nil
      }
    }
  }

  /// A variable with its type.
  typealias Variable = (name: String, type: CostType)

  static let variables: [Variable] = [
    ("model", .string), ("backend", .string), ("route_name", .string),
    ("input_tokens", .uint), ("cached_input_tokens", .uint),
    ("cache_creation_input_tokens", .uint), ("output_tokens", .uint), ("total_tokens", .uint),
    ("reasoning_tokens", .uint),
  ]
}

/// Why an expression cannot be parsed.
enum CostError: Error {
  case invalid(String)
  /// It has something that is not looked into here.
  case unsupported
}

/// A type of CEL, `any` where it is known only when the expression runs.
enum CostType: String, Sendable {
  case bool, int, uint, double, string, bytes, null, list, map, any
}

/// A part of an expression: its type, and its value when no tokens were counted.
struct CostTerm {
  enum Value: Equatable {
    case unknown
    case bool(Bool)
    case int(Int64)
    case uint(UInt64)
    case string(String)
    /// Working it out ends here.
    case failure(String)
  }

  let type: CostType
  var value: Value = .unknown
  /// The items of a map whose keys are all known texts, nil for anything else.
  var items: [String: CostTerm]?

  static let any = CostTerm(type: .any)

  fileprivate var problemAsCost: String? {
    if case .failure(let message) = value { return message }
    if case .int(let number) = value, number < 0 { return "the result is negative, \(number)" }
    switch type {
    case .int, .uint, .any: return nil
    case .double:
      return "the result is a double, and a cost is a whole number; use uint(...) around it"
    case .bool, .string, .bytes, .null, .list, .map:
      return "the result is a \(type.rawValue), and a cost is a whole number"
    }
  }
}
