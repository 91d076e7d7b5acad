import Resources
import Schemas
import YAML

extension Rule {
  static let unequalCost = Rule(
    "L74.unequal", "unequal-cost", .warning,
    "a cost expression that compares with what backend or model never is",
    why:
      "backend is NAMESPACE/NAME/route/ROUTE/rule/0/ref/0 of the route, not name.namespace as the "
      + "API's comments say, and model is the modelNameOverride where there is one. A comparison with "
      + "anything else is always false, and every request is charged the other way.",
    bad: "cel: \"backend == 'mistral.llm' ? 1u : 0u\"",
    good: "cel: \"backend.startsWith('llm/mistral/') ? 1u : 0u\"",
    reference: Citation.aiGateway("internal/internalapi/internalapi.go"),
    .bundle { index, report in
      for document in index.current where document.kind == GroupKind.gatewayConfig.kind {
        addBackends(document.costs("globalLLMRequestCosts"), in: document.index, &report)
      }
      for policy in index.quotaPolicies {
        addBackends(policy.costs, in: policy.index, &report)
      }
      for (place, route) in index.routes {
        let costs = index.documents[place].costs("llmRequestCosts")
        addBackends(costs, in: place, &report)
        addModels(costs, of: route, in: place, &report)
      }
    })

  private static func addBackends(
    _ costs: [(path: Path, text: String)], in document: Int, _ report: inout Report
  ) {
    for (path, text) in costs {
      let texts = ComparedTexts.all(with: ["backend"], in: text)
      guard let wrong = texts.first(where: { !$0.isBackendOfRule }) else { continue }
      let parts = wrong.split(separator: "/")
      let name =
        parts.count > 1
        ? parts.prefix(2).joined(separator: "/") : "NAMESPACE/\(wrong.prefix { $0 != "." })"
      report.add(
        "backend is never \(wrong.quoted) but NAMESPACE/NAME/route/ROUTE/rule/N/ref/N with the "
          + "namespace of the route; use such as backend.startsWith(\"\(name)/\")",
        at: path, in: document)
    }
  }

  private static func addModels(
    _ costs: [(path: Path, text: String)], of route: AIGatewayRoute, in document: Int,
    _ report: inout Report
  ) {
    for (path, text) in costs {
      let texts = ComparedTexts.all(with: ["model"], in: text)
      guard let wrong = texts.first(where: { !route.maySend(model: $0) }) else { continue }
      let isAsked = route.rules.contains { rule in
        rule.candidates.contains { $0.mayTake(model: wrong) }
      }
      report.add(
        "model is never \(wrong.quoted) in this route"
          + (isAsked
            ? ": every backendRef that takes it overrides it, and model is the modelNameOverride"
            : ", whose rules do not take it"),
        at: path, in: document)
    }
  }
}

extension Document {
  /// The expressions among the costs of a list, each with its place.
  func costs(_ list: String) -> [(path: Path, text: String)] {
    (node["spec"]?.list(list) ?? []).enumerated().compactMap { place, cost in
      cost["cel"]?.text.map { (.to("spec", list, place, "cel"), $0) }
    }
  }
}

extension QuotaPolicy {
  /// The expressions of its quotas, each with its place.
  var costs: [(path: Path, text: String)] {
    quotas.compactMap { quota in
      quota.quota.given("costExpression")?.text.map {
        (quota.path.appending(.to("quota", "costExpression")), $0)
      }
    }
  }
}

extension String {
  /// Whether it is how backends of rules are called (envoyproxy/ai-gateway v1.1.0,
  /// internal/internalapi/internalapi.go, PerRouteRuleRefBackendName).
  fileprivate var isBackendOfRule: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    return Variable.isIn(self)
      || parts.count == 8 && parts[2] == "route" && parts[4] == "rule" && parts[6] == "ref"
  }
}

extension AIGatewayRoute {
  /// Whether requests for a model may be under way to a backend by this name.
  fileprivate func maySend(model: String) -> Bool {
    Variable.isIn(model) || rules.flatMap(\.refs).isEmpty
      || rules.contains { rule in
        let isTaken = rule.candidates.contains { match in
          match.mayTake(model: model) || match.headers.contains { Variable.isIn($0.value) }
        }
        return rule.refs.contains { ref in
          let override = ref.override ?? ""
          return override.isEmpty ? isTaken : override == model || Variable.isIn(override)
        }
      }
  }
}
