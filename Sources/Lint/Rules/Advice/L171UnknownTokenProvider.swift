import Resources
import Schemas
import YAML

extension Rule {
  static let unknownTokenProvider = Rule(
    "L171", "unknown-token-provider", .warning,
    "an authorization rule for tokens of a provider that the policy does not have",
    why: "Envoy looks for claims and scopes in what jwt.providers of the same policy verified. A "
      + "rule for a provider that is not there never holds: nobody is let in by it, and nobody is "
      + "kept out.",
    bad: "jwt provider idp; authorization: {rules: [{principal: {jwt: {provider: ipd, ...}}}]}",
    good: "jwt provider idp; authorization: {rules: [{principal: {jwt: {provider: idp, ...}}}]}",
    reference: Citation.envoyGateway("internal/xds/translator/authorization.go"),
    repair: .automatic,
    .policy { policy, report in
      // One that is merged has its parent's providers as well.
      guard policy.kind == .security, policy.spec.given("mergeType") == nil else { return }
      let known = (policy.spec.given("jwt")?.list("providers") ?? []).compactMap {
        $0["name"]?.text
      }
      let rules = policy.spec.given("authorization")?.list("rules") ?? []
      for (index, rule) in rules.enumerated() {
        guard let name = rule.given("principal", "jwt", "provider")?.text, !known.contains(name)
        else { continue }
        let path = Path.to("spec", "authorization", "rules", index, "principal", "jwt", "provider")
        let near = NearestWord.match(for: name, among: known)
        let effect =
          rule.given("action")?.text == "Deny"
          ? "nobody is kept out by it" : "nobody is let in by it"
        report.add(
          "jwt.providers has no \(name), so that the rule never holds and \(effect); "
            + (near.map { "write \($0)" } ?? "write it in jwt.providers, or name another"),
          at: path, caution: near.flatMap { .writing($0, for: name) },
          fix: near.map { "write \($0)" }, .set(path, .string(near ?? name)))
      }
    })
}
