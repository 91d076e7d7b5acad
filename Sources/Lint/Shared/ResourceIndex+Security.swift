import Resources
import YAML

/// What is asked of clients: a SecurityPolicy among the documents, or the one that AI Gateway makes
/// of an MCPRoute.
struct ClientSecurity {
  /// The document of the policy or MCPRoute.
  let index: Int
  let policy: Policy
  fileprivate let route: MCPRoute?

  /// The title in messages.
  var title: String { route == nil ? "the policy" : "the SecurityPolicy made of it" }

  /// Where in the document stands what stands at a place in the policy.
  func source(of path: Path) -> Path { route?.source(of: path) ?? path }
}

extension ResourceIndex {
  /// All that asks something of clients.
  var clientSecurity: [ClientSecurity] {
    securityPolicies.all.map { ClientSecurity(index: $0.index, policy: $0.policy, route: nil) }
      + mcpRoutes.compactMap { route in
        route.clientPolicy.map { ClientSecurity(index: route.index, policy: $0, route: route) }
      }
  }
}
