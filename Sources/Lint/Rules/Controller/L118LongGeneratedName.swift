import Resources
import Schemas
import YAML

extension Rule {
  static let longGeneratedName = Rule(
    "L118", "long-generated-name", .error, .controller,
    "a name that is too long for the objects generated from it",
    why: "AI Gateway adds a prefix to the name of a policy or MCPRoute, and the result may have at "
      + "most 253 characters. Otherwise the generated object is refused: a policy gets no token, "
      + "an MCPRoute no HTTPRoute.",
    bad: "a BackendSecurityPolicy with a name of 250 characters and an OIDC exchange",
    good: "names of at most 63 characters",
    reference: Citation.aiGateway("internal/controller/rotators/common.go"),
    .document { document, report in
      let most = 253
      if case .credentials(let policy) = document.content, policy.rotates {
        let room = most - "ai-eg-bsp-".utf8.count
        guard document.name.utf8.count > room else { return }
        report.add(
          "the name leaves no room for the Secret ai-eg-bsp-..., which holds the token: requests "
            + "get 500; use at most \(room) characters", at: .to("metadata", "name"))
      } else if document.kind == GroupKind.mcpRoute.kind {
        let room = most - MCPRoute.mainPrefix.utf8.count
        if document.name.utf8.count > room {
          report.add(
            "the name leaves no room for the HTTPRoute \(MCPRoute.mainPrefix)..., so that nothing is "
              + "served; use at most \(room) characters", at: .to("metadata", "name"))
          return
        }
        evaluate(backendsOf: document, most, &report)
      }
    })

  /// Each backend has generated objects of its own, the longest named after its credential.
  private static func evaluate(
    backendsOf document: Document, _ most: Int, _ report: inout Report
  ) {
    for (place, ref) in (document.node["spec"]?.list("backendRefs") ?? []).enumerated() {
      let hasSecret = ref.given("securityPolicy", "apiKey", "secretRef") != nil
      let prefix = hasSecret ? MCPRoute.credentialPrefix : MCPRoute.filterPrefix
      let room = most - prefix.utf8.count - 1 - document.name.utf8.count
      guard let name = ref["name"]?.text, name.utf8.count > room else { continue }
      report.add(
        "\(prefix)<route>-<backend> would be longer than \(most) characters, so that the route is "
          + "not accepted; use shorter names", at: .to("spec", "backendRefs", place, "name"))
    }
  }
}
