import Schemas
import Resources

extension Rule {
  static let mixedDynamicResolver = Rule(
    "L72", "mixed-dynamic-resolver", .warning, .controller,
    "a dynamic Backend together with other backends in a rule",
    why: "A Backend of type DynamicResolver cannot share a rule with other backends: every request "
      + "of the rule gets 500.",
    bad: "backendRefs: [{name: anywhere}, {name: openai}], Backend anywhere of DynamicResolver",
    good: "one rule for each",
    reference: Citation.envoyGateway("internal/gatewayapi/route.go"),
    .bundle { bundle, report in
      guard bundle.backends.values.contains(where: \.backend.isDynamic) else { return }
      for (index, route) in bundle.routes {
        for rule in route.rules where rule.refs.count > 1 {
          for (place, ref) in rule.refs.enumerated() where ref.isLive {
            guard let backend = bundle.backend(of: ref, in: route), backend.isDynamic else {
              continue
            }
            report.add(
              "\(ref.name) leads to Backend \(backend.key.name) of type DynamicResolver, which "
                + "must be alone in a rule; give it its own",
              at: .to("spec", "rules", rule.index, "backendRefs", place), in: index)
          }
        }
      }
    })
}
