import Resources
import YAML

/// What is asked of clients: a SecurityPolicy among the documents, or the one that AI Gateway makes
/// of an MCPRoute.
struct ClientSecurity {
  /// The document of the policy or MCPRoute.
  let index: Int
  let policy: Policy
  fileprivate let route: MCPRoute?

  /// Whether AI Gateway makes it.
  var isMadeOfRoute: Bool { route != nil }

  /// The title in messages.
  var title: String { route == nil ? "the policy" : "the SecurityPolicy made of it" }

  /// What it is called beside others.
  var name: String { route.map { "MCPRoute \($0.key.name)" } ?? policy.name }

  /// The policy as one that holds by itself.
  var holder: PolicyAttachments.Holder { PolicyAttachments.Holder(index: index, policy: policy) }

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

  /// Why nobody is let in, with what may keep that from being so: another policy of the listener that lends
  /// its API keys, or where to look for them.
  func text(of denial: DenyAll, in document: Int) -> String {
    let effect = "every request gets \(denial.status)"
    let lender = clientSecurity.first { $0.index != document && lendsKeys([$0.holder]) }
    guard denial.isOfKeys, let lender else { return "\(effect): \(denial.advice)" }
    return
      "\(effect), unless Envoy takes what is missing from another policy of the listener, as maybe "
      + "\(lender.name): \(denial.advice)"
  }
}
