import Resources
import Schemas
import YAML
import RE2

extension Rule {
  static let idleRateLimit = Rule(
    "L75.idle", "idle-rate-limit", .warning, "a rate limit that limits nothing",
    why: "Where Envoy counts a request, x-ai-eg-model holds the model that the client named; a "
      + "modelNameOverride is not written there, and a selector that fits no request limits nothing. "
      + "Nor does a limit for which requests cost nothing, or what is known with the response only.",
    bad:
      "clientSelectors: [{headers: [{name: x-ai-eg-model, value: mistral-small-2506}]}], an override",
    good: "clientSelectors: [{headers: [{name: x-ai-eg-model, value: small}]}], the client's model",
    reference: Citation.envoyGateway("internal/xds/translator/ratelimit.go"),
    .bundle { index, report in
      let holders = index.backendPolicies.all.filter { !$0.policy.traffic.rateLimits.isEmpty }
      guard !holders.isEmpty else { return }
      let covered = index.rulesByPolicy
      for holder in holders {
        for limit in holder.policy.traffic.rateLimits {
          if let (path, advice) = limit.idleCost {
            report.add(advice, at: path, in: holder.index)
          }
          for header in limit.headers where header.selectsModel {
            addFindings(header, covered[holder.index] ?? [], of: holder, in: index, &report)
          }
        }
      }
    })

  private static func addFindings(
    _ header: RateLimitRule.Header, _ rules: [RouteRule],
    of holder: PolicyAttachments.Holder, in index: ResourceIndex, _ report: inout Report
  ) {
    let models = rules.flatMap(\.candidates).compactMap(\.exactModel)
    guard !rules.isEmpty, !rules.contains(where: { $0.mayTakeModel(of: header) }),
      !index.hasPlainRouteByModel
    else { return }
    let overrides = rules.flatMap(\.refs).compactMap(\.override)
    let isOverride = overrides.contains { header.fits($0) }
    let near = NearestWord.match(for: header.value, among: models)
    let isGlob = header.type == "RegularExpression" && header.value.contains("*")
    let names = Array(Set(models)).sorted()
    report.add(
      "no rule under this policy takes a model that fits \(header.value.quoted)"
        + (isOverride
          ? ", which is a modelNameOverride: the limit counts by the model that clients name" : "")
        + (names.isEmpty ? "" : "; use \(names.alternatives)"),
      at: header.path.appending("value"), in: holder.index,
      severity: isOverride || isGlob || near != nil || holder.policy.targetsRoutesOnly
        ? .warning : .info)
  }
}

extension RateLimitRule.Header {
  /// Whether it selects requests by the value of the model.
  fileprivate var selectsModel: Bool {
    name == WellKnown.modelHeader && type != "Distinct" && !isInverted && !Variable.isIn(value)
  }
}

extension RouteMatch {
  /// The one model that it takes, nil where it takes several or any.
  fileprivate var exactModel: String? { headers.first { $0.isModel && !$0.isRegex }?.value }
}

extension RouteRule {
  /// Whether a model that a selector fits may come to the rule.
  fileprivate func mayTakeModel(of selector: RateLimitRule.Header) -> Bool {
    candidates.contains { match in
      if let model = match.exactModel { return selector.fits(model) || Variable.isIn(model) }
      return selector.type == "RegularExpression" || match.mayTake(model: selector.value)
    }
  }
}

extension Policy {
  /// Whether it names HTTPRoutes, so that no other route is under it.
  fileprivate var targetsRoutesOnly: Bool {
    !hasSelectors && targets.allSatisfy { $0.kind == GroupKind.httpRoute.kind }
  }
}

extension ResourceIndex {
  /// The rules of AIGatewayRoutes for which each policy holds, by its document.
  fileprivate var rulesByPolicy: [Int: [RouteRule]] {
    var rules: [Int: [RouteRule]] = [:]
    for (_, route) in routes {
      for rule in route.rules {
        let holders = traffic(of: rule, of: route).compactMap { $0 }.flatMap(\.policies)
        for document in Set(holders.map(\.index)) { rules[document, default: []].append(rule) }
      }
    }
    return rules
  }

  /// Whether an HTTPRoute that is written by hand asks for the header of models, in which its requests
  /// have what the client writes there.
  fileprivate var hasPlainRouteByModel: Bool {
    plainHTTPRoutes.contains { _, route in
      (route.node["spec"]?.list("rules") ?? []).contains { rule in
        rule.list("matches").contains { match in
          match.list("headers").contains { $0["name"]?.text?.lowercased() == WellKnown.modelHeader }
        }
      }
    }
  }
}
