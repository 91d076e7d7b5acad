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
      var reader = try CostReader(text, variables: variables())
      let result = try reader.whole()
      return result.problemAsCost
    } catch {
      switch error {
      case .invalid(let message), .ungrammatical(let message): return message
      case .unsupported: return nil
      }
    }
  }

  /// What a cost comes to for some tokens.
  package enum Outcome: Sendable {
    case number(UInt64)
    /// It cannot be computed, as where a difference of unsigned numbers is below 0 (google/cel-go,
    /// common/types/overflow.go).
    case failure
  }

  /// What an expression comes to for the tokens of a request, nil where that is not known, as where it
  /// asks for models or backends.
  package static func outcome(of text: String, for usage: TokenUsage) -> Outcome? {
    guard var reader = try? CostReader(text, variables: variables(usage)),
      let result = try? reader.whole()
    else { return nil }
    return switch result.value {
    case .failure: .failure
    case .uint(let number): .number(number)
    case .int(let number): number < 0 ? .failure : .number(UInt64(number))
    case .unknown, .bool, .string: nil
    }
  }

  /// A variable with its type, and its value where that is known.
  typealias Variable = (name: String, type: CostType, value: CostTerm.Value)

  /// What an expression may name: with the values by which the controller tries each, where none were
  /// counted, and else with those that are known.
  static func variables(_ usage: TokenUsage? = nil) -> [Variable] {
    let text = usage == nil ? CostTerm.Value.string("dummy") : .unknown
    let usage = usage ?? TokenUsage(input: 0, output: 0)
    let counts = [
      ("input_tokens", usage.input), ("cached_input_tokens", usage.cached),
      ("cache_creation_input_tokens", usage.cached), ("output_tokens", usage.output),
      ("total_tokens", usage.input + usage.output), ("reasoning_tokens", usage.reasoning),
    ]
    return ["model", "backend", "route_name"].map { ($0, .string, text) }
      + counts.map { ($0, .uint, .uint($1)) }
  }
}

/// The tokens of a request and its answer.
package struct TokenUsage: Sendable {
  package let input: UInt64
  package let output: UInt64

  package init(input: UInt64, output: UInt64) { (self.input, self.output) = (input, output) }

  /// The part of the input that came from a cache, and that went into one.
  fileprivate var cached: UInt64 { input / 4 }
  fileprivate var reasoning: UInt64 { output / 2 }
}

/// Why an expression cannot be parsed.
enum CostError: Error {
  case invalid(String)
  /// It is not of CEL's grammar, whatever its names mean.
  case ungrammatical(String)
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
