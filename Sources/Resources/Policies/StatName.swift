/// The names of Envoy's metrics as Envoy Gateway makes them of patterns with command
/// operators (envoyproxy/gateway v1.8.1, api/v1alpha1/validation/envoyproxy_validate.go).
enum StatName {
  /// The command operators in names for routes.
  static let route = [
    "%ROUTE_NAME%", "%ROUTE_NAMESPACE%", "%ROUTE_KIND%", "%ROUTE_RULE_NAME%",
  ]
  /// The command operators in names for clusters.
  static let cluster = route + ["%ROUTE_RULE_NUMBER%", "%BACKEND_REFS%"]

  /// What is wrong with a pattern, in Envoy Gateway's words; nil where nothing is.
  static func problem(of pattern: String, operators known: [String]) -> String? {
    let parts = pattern.split(separator: "%", omittingEmptySubsequences: false)
    // Every other part is an operator, if a percent sign closes it.
    let operators = parts.indices.dropLast().filter { !$0.isMultiple(of: 2) }.map {
      "%\(parts[$0])%"
    }
    if operators.isEmpty {
      return parts.count > 1 ? "unable to configure stat name with invalid operator" : nil
    }
    let unknown = operators.filter { !known.contains($0) }
    return unknown.isEmpty ? nil : "unsupported operators: [\(unknown.joined(separator: " "))]"
  }
}
