import Resources
import Manifest
import RE2

extension Rule {
  static let unreachableRule = Rule(
    "L46", .warning, "a rule that is never reached",
    why: "Of two rules that take everything, the first one does. The same holds for regular "
      + "expressions on one header behind one that fits every value.",
    bad: "rules: [{backendRefs: [{name: a}]}, {backendRefs: [{name: b}]}]",
    good: "rules: [{backendRefs: [{name: a}, {name: b}]}]",
    .route { route, report in
      var catchAll: RouteRule?
      var wide: [String: RouteRule] = [:]
      for rule in route.rules {
        var owner: RouteRule?
        let isDead = rule.candidates.allSatisfy { match in
          if match.headers.isEmpty {
            owner = owner ?? catchAll
            return catchAll != nil
          }
          guard let name = match.soleRegexName, let first = wide[name] else { return false }
          owner = owner ?? first
          return true
        }
        if isDead, let owner {
          report.add(
            "\(rule.title) is never reached: \(owner.title) takes its requests; "
              + "give it its own matches, or join the two",
            at: .to("spec", "rules", rule.index))
        }
        for match in rule.candidates where !rule.isDropped {
          if match.headers.isEmpty { catchAll = catchAll ?? rule }
          if match.fitsEveryValue, let name = match.soleRegexName, wide[name] == nil {
            wide[name] = rule
          }
        }
      }
    })
}

extension RouteMatch {
  /// The lower-case name of the only header, where it is matched by a regular expression.
  fileprivate var soleRegexName: String? {
    guard headers.count == 1, let header = headers.first, header.isRegex else { return nil }
    return header.name.lowercased()
  }

  fileprivate var fitsEveryValue: Bool {
    guard let value = headers.first?.value, let expression = try? RegularExpression(value) else {
      return false
    }
    return expression.reach != .some
  }
}
