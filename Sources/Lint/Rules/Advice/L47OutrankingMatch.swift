import Schemas
import Resources
import YAML

extension Rule {
  static let outrankingMatch = Rule(
    "L47", "outranking-match", .info,
    "a later rule that is tried first because it matches more headers",
    why: "Matches with more headers are tried first, whatever the order of the rules. That is "
      + "usually intended; it is reported because the order of the rules suggests otherwise.",
    bad: "rules: [{(model a)}, {(model a and tenant x)}]",
    good: "rules: [{(model a and tenant x)}, {(model a)}]",
    reference: Citation.envoyGateway("internal/gatewayapi/sort.go"),
    .bundle { bundle, report in
      for (index, route) in bundle.routes
      where route.rules.contains(where: { $0.matches.contains { $0.headers.count > 1 } })
        && !bundle.keepsOrder(of: route.attachment)
      {
        evaluate(route, index, &report)
      }
    })

  private static func evaluate(_ route: AIGatewayRoute, _ document: Int, _ report: inout Report) {
    var owners: [Int: (rule: RouteRule, match: RouteMatch)] = [:]
    for rule in route.rules {
      for (place, match) in rule.matches.enumerated() where match.headers.count > 1 {
        guard let owner = match.narrowerKeys.lazy.compactMap({ owners[$0] }).first,
          owner.match.conditions.isStrictSubset(of: match.conditions)
        else { continue }
        report.add(
          "this is tried before \(owner.rule.title), which lacks "
            + match.conditions.subtracting(owner.match.conditions).map(\.name).sorted()
            .joined(separator: ", "), at: .to("spec", "rules", rule.index, "matches", place),
          in: document)
      }
      for match in rule.matches where !match.headers.isEmpty && owners[match.key] == nil {
        owners[match.key] = (rule, match)
      }
    }
  }
}
