import Schemas
import Resources
import YAML

extension Rule {
  static let mixedSchemas = Rule(
    "L86", "mixed-schemas", .warning, "a rule whose backends do not serve the same endpoints",
    why: "A request that one backend of the rule serves gets 500 from another whose schema does "
      + "not serve the endpoint: that is a share of the requests, or every retry that falls back "
      + "to it.",
    bad:
      "backendRefs: [{name: azure}, {name: claude, priority: 1}], schemas AzureOpenAI, Anthropic",
    good:
      "backendRefs: [{name: azure}, {name: claude, priority: 1}], schemas AzureOpenAI, AWSAnthropic",
    reference: Citation.aiGateway("internal/endpointspec/endpointspec.go"),
    .bundle { bundle, report in
      guard bundle.services.count > 1 else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.refs.count > 1 {
          guard let mixture = bundle.mixture(of: rule, in: route) else { continue }
          let path = Path.to("spec", "rules", rule.index, "backendRefs")
          let names = mixture.names.joined(separator: " and ")
          if mixture.common.isEmpty {
            report.add(
              "schemas \(names) serve no endpoint together: what one of them takes gets 500 from "
                + "another; give each a rule of its own", at: path, in: index)
          } else if mixture.losesChat {
            let common = mixture.common.map(\.path).joined(separator: " and ")
            report.add(
              "schemas \(names) together serve \(common) only: at "
                + "\(ServedEndpoint.chatCompletions.path) some of them answer 500", at: path,
              in: index, severity: .info)
          }
        }
      }
    })
}

/// The schemas of a rule's backends, and what they serve.
private struct Mixture {
  let names: [String]
  /// What all of them serve.
  let common: [ServedEndpoint]
  /// Whether some of them serve chat completions and some do not.
  let losesChat: Bool
}

extension ResourceIndex {
  /// Nil where the backends of a rule that are here have one schema.
  fileprivate func mixture(of rule: RouteRule, in route: AIGatewayRoute) -> Mixture? {
    var schemas: [APISchema] = []
    for ref in rule.refs where !ref.isPool && ref.isLive {
      guard let schema = service(ref.target(from: route.namespace))?.api, !schemas.contains(schema)
      else { continue }
      schemas.append(schema)
    }
    guard schemas.count > 1 else { return nil }
    func isCommon(_ endpoint: ServedEndpoint) -> Bool {
      schemas.allSatisfy { endpoint.isServed(by: $0, in: release) }
    }
    return Mixture(
      names: schemas.map(\.rawValue), common: ServedEndpoint.allCases.filter(isCommon),
      losesChat: !isCommon(.chatCompletions)
        && schemas.contains { ServedEndpoint.chatCompletions.isServed(by: $0, in: release) })
  }
}
