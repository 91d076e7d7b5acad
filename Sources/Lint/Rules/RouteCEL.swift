import Resources
import Kinds
import Manifest

// The route's own admission rules (domain.md 1.1, table of CEL rules).

extension Rule {
  static let onlyGateways = Rule(
    "cel.P1", .error, .admission, "a parentRef that is no Gateway",
    why: "AI routes hang on Gateways only.", bad: "parentRefs: [{name: a, kind: Service}]",
    good: "parentRefs: [{name: a, kind: Gateway}]", reference: "domain.md 1.1",
    .route { route, report in
      for (index, parent) in route.parents.enumerated() where parent.kind != "Gateway" {
        let path = Path.to("spec", "parentRefs", index, "kind")
        report.add(
          "kind \(parent.kind.quoted) is not supported; use Gateway", at: path,
          field: .to("spec", "parentRefs"),
          fix: "write Gateway", .set(path, .string("Gateway")))
      }
    })

  static let uniqueRuleNames = Rule(
    "cel.R0", .error, .admission, "two rules of one name",
    why: "Policies point at rules by their names.", bad: "rules: [{name: chat}, {name: chat}]",
    good: "rules: [{name: chat}, {name: code}]", reference: "domain.md 1.1",
    .route { route, report in
      var seen: Set<String> = []
      for rule in route.rules {
        guard let name = rule.name, !seen.insert(name).inserted else { continue }
        report.add(
          "rule name \(name.quoted) is taken by an earlier rule; use another",
          at: .to("spec", "rules", rule.index, "name"), field: .to("spec", "rules"))
      }
    })

  static let reservedRuleName = Rule(
    "cel.R1", .error, .admission, "a reserved rule name",
    why: "The controller adds a rule of that name.", bad: "name: route-not-found",
    good: "name: rest", reference: "domain.md 1.1",
    .routeRule { rule, report in
      guard rule.name == "route-not-found" else { return }
      report.add(
        "rule name \"route-not-found\" is reserved; use another", at: .to("name"), field: .root)
    })

  static let mixedPools = Rule(
    "cel.R2", .error, .admission, "a pool beside other backends",
    why: "A rule leads to one InferencePool or to AIServiceBackends, not to both.",
    bad:
      "backendRefs: [{name: a}, {name: p, group: inference.networking.k8s.io, kind: InferencePool}]",
    good: "one rule each", reference: "domain.md 1.1",
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      let isMixed = !rule.refs.allSatisfy(\.namesBoth) && rule.refs.contains(where: \.isTyped)
      guard isMixed, let index = rule.refs.firstIndex(where: \.isTyped) else { return }
      let message =
        rule.refs.count > 1
        ? "an InferencePool cannot share a rule with AIServiceBackends; give it its own rule"
        : "the rule leads neither to an InferencePool nor to an AIServiceBackend; "
          + "name group and kind together, or neither"
      report.add(message, at: .to("backendRefs", index), field: .root)
    })

  static let onePool = Rule(
    "cel.R3", .error, .admission, "two pools in a rule",
    why: "A rule leads to one InferencePool only.",
    bad: "backendRefs: [(pool a), (pool b)]", good: "one rule each", reference: "domain.md 1.1",
    .routeRule { rule, report in
      guard rule.traits.contains(.typed) else { return }
      guard rule.refs.count > 1, rule.refs.allSatisfy(\.namesBoth) else { return }
      report.add(
        "a rule takes one InferencePool; give the other its own rule", at: .to("backendRefs", 1),
        field: .root)
    })
}
