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
      for (document, name, path) in index.askedHeaders where name.contains("_") {
        guard !Variable.isIn(name) else { continue }
        report.add(
          "clients that send \(name) get 400; use a name with hyphens, or a ClientTrafficPolicy "
            + "with headers: {withUnderscoresAction: Allow}", at: path, in: document)
      }
    })
}

extension ResourceIndex {
  /// The headers that clients are asked for, by rules of routes and by policies.
  fileprivate var askedHeaders: [(document: Int, name: String, path: Path)] {
    var found: [(document: Int, name: String, path: Path)] = []
    func look(_ document: Int, _ node: Node, at path: Path) {
      for (index, header) in (node[path]?.items ?? []).enumerated() {
        if let name = header.text {
          found.append((document, name, path.appending(index)))
        } else if let name = header["name"]?.text {
          found.append((document, name, path.appending(index).appending("name")))
        }
      }
    }
    for (document, route) in routes {
      for rule in route.rules {
        for place in rule.matches.indices {
          look(
            document, route.node, at: .to("spec", "rules", rule.index, "matches", place, "headers"))
        }
      }
    }
    for holder in securityPolicies.all {
      let sources = holder.policy.spec.given("apiKeyAuth")?.list("extractFrom") ?? []
      for place in sources.indices {
        look(
          holder.index, holder.policy.node,
          at: .to("spec", "apiKeyAuth", "extractFrom", place, "headers"))
      }
    }
    for holder in backendPolicies.all {
      for type in ["global", "local"] {
        let rules = holder.policy.spec.given("rateLimit", type)?.list("rules") ?? []
        for (number, rule) in rules.enumerated() {
          for place in rule.list("clientSelectors").indices {
            look(
              holder.index, holder.policy.node,
              at: .to(
                "spec", "rateLimit", type, "rules", number, "clientSelectors", place, "headers"))
          }
        }
      }
    }
    return found
  }
}
