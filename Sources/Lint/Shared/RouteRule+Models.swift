import Resources

extension RouteRule {
  /// The models that the rule takes by name.
  var namedModels: [String] {
    matches.flatMap { $0.headers.filter { $0.isModel && !$0.isRegex }.map(\.value) }
  }
}

extension BackendRef {
  /// The model that it is asked for in place of the client's, nil where there is none.
  var ownModel: String? { override.flatMap { $0.isEmpty ? nil : $0 } }
}
