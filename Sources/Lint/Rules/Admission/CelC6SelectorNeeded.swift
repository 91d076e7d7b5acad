import Schemas
import YAML
import Resources

extension Rule {
  static let selectorNeeded = Rule(
    "cel.C6", "selector-needed", .error, .admission, "from: Selector without a selector",
    why: "With from: Selector, a label selector must say which namespaces are meant.",
    bad: "namespaces: {from: Selector}",
    good: "namespaces: {from: Same}",
    reference: Citation.envoyGatewayCRD("clienttrafficpolicies"),
    .policy { policy, report in
      for (index, selector) in (policy.node["spec"]?["targetSelectors"]?.items ?? []).enumerated() {
        guard case .mapping(let namespaces)? = selector["namespaces"],
          namespaces["from"]?.text == "Selector", !namespaces.holds("selector")
        else { continue }
        report.add(
          "from Selector needs a selector beside it; write one, or use Same",
          at: .to("spec", "targetSelectors", index, "namespaces", "selector"),
          field: .to("spec", "targetSelectors", index, "namespaces"))
      }
    })
}
