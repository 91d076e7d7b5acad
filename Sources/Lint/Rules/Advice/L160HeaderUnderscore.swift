import Resources
import Schemas
import YAML

extension Rule {
  static let headerUnderscore = Rule(
    "L160", "header-underscore", .warning, "a header with an underscore, which Envoy rejects",
    why: "Envoy Gateway answers 400 to requests with an underscore in the name of a header, unless "
      + "a ClientTrafficPolicy has headers.withUnderscoresAction Allow: no such header arrives.",
    bad: "headers: [{name: x_tenant, value: a}]", good: "headers: [{name: x-tenant, value: a}]",
    reference: Citation.envoyGateway("internal/xds/translator/listener.go"),
    .bundle { index, report in
      // One that allows them may well be for what is asked here.
      guard !index.clientPolicies.all.contains(where: { $0.policy.underscoreAction == "Allow" })
      else { return }
      for (document, name, path) in index.headersWithUnderscore where !Variable.isIn(name) {
        report.add(
          "clients that send \(name) get 400; use a name with hyphens, or a ClientTrafficPolicy "
            + "with headers: {withUnderscoresAction: Allow}", at: path, in: document)
      }
    })
}

extension ResourceIndex {
  /// The headers with an underscore that clients are asked for, by rules of routes and by policies.
  fileprivate var headersWithUnderscore: [(document: Int, name: String, path: Path)] {
    var found: [(document: Int, name: String, path: Path)] = []
    func look(_ document: Int, _ owner: Node, at place: @autoclosure () -> Path) {
      for (index, header) in owner.list("headers").enumerated() {
        let name = header.text ?? header["name"]?.text
        guard let name, name.utf8.contains(UInt8(ascii: "_")) else { continue }
        let path = place().appending(.to("headers", index))
        found.append((document, name, header.text == nil ? path.appending("name") : path))
      }
    }
    for (document, route) in routes {
      for rule in route.rules {
        for (place, match) in rule.matches.enumerated() {
          look(
            document, match.node, at: .to("spec", "rules", rule.index, "matches", place))
        }
      }
    }
    for holder in securityPolicies.all {
      let sources = holder.policy.spec.given("apiKeyAuth")?.list("extractFrom") ?? []
      for (place, source) in sources.enumerated() {
        look(holder.index, source, at: .to("spec", "apiKeyAuth", "extractFrom", place))
      }
    }
    for holder in backendPolicies.all {
      for type in ["global", "local"] {
        let rules = holder.policy.spec.given("rateLimit", type)?.list("rules") ?? []
        for (number, rule) in rules.enumerated() {
          for (place, selector) in rule.list("clientSelectors").enumerated() {
            look(
              holder.index, selector,
              at: .to("spec", "rateLimit", type, "rules", number, "clientSelectors", place))
          }
        }
      }
    }
    return found
  }
}
