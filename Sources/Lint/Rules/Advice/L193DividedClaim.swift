import Resources
import Schemas
import YAML

extension Rule {
  static let dividedClaim = Rule(
    "L193", "divided-claim", .warning, "a claim that is named by a URL with dots",
    why: "A dot in the name of a claim leads to a claim within another: realm_access.roles is "
      + "roles in realm_access. A name that is a URL is divided, too, and its parts are in no "
      + "token: a rule that asks for it never holds, and a header that is made of it is not "
      + "written.",
    bad: "principal: {jwt: {claims: [{name: https://a.org/tenant, values: [x]}]}}",
    good: "principal: {jwt: {claims: [{name: tenant, values: [x]}]}}",
    reference: Citation.envoyGateway("internal/xds/translator/authorization.go"),
    .bundle { index, report in
      for asked in index.clientSecurity {
        let spec = Path.to("spec")
        let providers = spec.appending(.to("jwt", "providers"))
        for (place, provider) in (asked.policy.node[providers]?.items ?? []).enumerated() {
          for (number, written) in provider.list("claimToHeaders").enumerated() {
            let header = written["header"]?.text.map { "header \($0)" } ?? "the header"
            let path = providers.appending(.to(place, "claimToHeaders", number, "claim"))
            report.add(
              dividedClaim: written["claim"]?.text, by: "Envoy", effect: "\(header) is not written",
              at: asked.source(of: path), in: asked.index)
          }
        }
        report.add(
          claimsOf: asked.policy.node, rules: spec.appending(.to("authorization", "rules")),
          at: .to("principal", "jwt", "claims"), by: "Envoy", in: asked.index)
      }
      for route in index.mcpRoutes {
        report.add(
          claimsOf: route.node,
          rules: .to("spec", "securityPolicy", "authorization", "rules"),
          at: .to("source", "jwt", "claims"), by: "AI Gateway", in: route.index)
      }
    })
}

extension Report {
  /// The claims that rules of an authorization ask for.
  fileprivate mutating func add(
    claimsOf object: Node, rules: Path, at place: Path, by reader: String, in document: Int
  ) {
    for (index, rule) in (object[rules]?.items ?? []).enumerated() {
      let effect =
        rule.given("action")?.text == "Deny"
        ? "the rule never holds and nobody is kept out by it"
        : "the rule never holds and nobody is let in by it"
      for (number, claim) in (rule[place]?.items ?? []).enumerated() {
        add(
          dividedClaim: claim["name"]?.text, by: reader, effect: effect,
          at: rules.appending(index).appending(place).appending(.to(number, "name")), in: document)
      }
    }
  }

  fileprivate mutating func add(
    dividedClaim name: String?, by reader: String, effect: String, at path: Path, in document: Int
  ) {
    guard let name, let claim = DividedClaim(name) else { return }
    add(
      "\(reader) divides the name at its dots and looks for \(claim.inner) in a claim "
        + "\(claim.outer), so that \(effect); have the issuer write the claim under a name "
        + "without dots, and use that", at: path, in: document)
  }
}
