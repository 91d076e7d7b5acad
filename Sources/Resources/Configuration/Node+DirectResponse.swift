import YAML

extension Node {
  /// The headers of responses that Envoy Gateway makes of the `directResponse` of an HTTPRouteFilter
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/filters.go).
  var directResponseHeaders: [String] {
    let type = given("contentType") == nil ? [] : ["Content-Type"]
    return type
      + ["add", "set"].flatMap { list in
        (given("header")?.list(list) ?? []).compactMap { $0["name"]?.text }
      }
  }
}

extension [String] {
  /// The first that stands in it before.
  var firstRepeated: String? {
    var seen: Set<String> = []
    return first { !seen.insert($0).inserted }
  }
}
