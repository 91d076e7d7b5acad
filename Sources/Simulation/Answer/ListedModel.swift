import Schemas
import YAML
package import Resources

/// A model as `/v1/models` lists it (envoyproxy/ai-gateway v1.1.0,
/// internal/extproc/models_processor.go).
package struct ListedModel: Hashable, Sendable {
  package let name: String
  package let owner: String
  /// A date and time as written, nil for the time of the route's creation.
  package let created: String?
  package let route: ObjectKey
  /// From 0.
  package let rule: Int
}

extension CompiledRoute {
  /// Every exact value of the header `x-ai-eg-model`, in the order of the route; twice what is
  /// there twice.
  var models: [ListedModel] {
    guard isAI else { return [] }
    let created = node["metadata"]?.given("creationTimestamp")?.text
    return rules.flatMap { rule -> [ListedModel] in
      guard let index = rule.index else { return [] }
      return rule.conditions.flatMap(\.headers).compactMap { header in
        guard header.isExact, header.name.utf8.elementsEqual(WellKnown.modelHeader.utf8) else {
          return nil
        }
        return ListedModel(
          name: header.value,
          owner: rule.node.given("modelsOwnedBy")?.text ?? "Envoy AI Gateway",
          created: rule.node.given("modelsCreatedAt")?.text ?? created, route: name, rule: index)
      }
    }
  }
}

extension Array where Element == CompiledRoute {
  /// What is listed for a host: the models of its own routes, else of those one wildcard label up,
  /// and behind them those of routes without hostnames (envoyproxy/ai-gateway v1.1.0,
  /// internal/controller/gateway.go, internal/extproc/models_processor.go).
  func models(for host: String?) -> [ListedModel] {
    let named = filter { !$0.hostnames.isEmpty && !$0.models.isEmpty }
    guard let host, !named.isEmpty else { return flatMap(\.models) }
    let patterns = named.flatMap(\.hostnames)
    var domain: String?
    if patterns.contains(host) {
      domain = host
    } else {
      domain = patterns.filter { host.liesOneLabel(under: $0) }
        .max { $0.utf8.count < $1.utf8.count }
    }
    let own = domain.map { domain in named.filter { $0.hostnames.contains(domain) } } ?? []
    return (own + filter(\.hostnames.isEmpty)).flatMap(\.models)
  }
}
