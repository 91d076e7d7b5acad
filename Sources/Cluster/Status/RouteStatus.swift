package import Resources

/// What became of a route in a cluster: the chain from it to its credentials, and where it is reached.
package struct RouteStatus: Sendable {
  /// One object of the chain and what its conditions say.
  package struct Link: Hashable, Sendable {
    /// `HTTPRoute team-a/chat`.
    package let object: String
    package let state: LinkState
    /// What is so, in the controllers' own words where they have some.
    package let message: String
    /// What can be done about it; nil where nothing has to be.
    package let advice: String?
  }

  /// A Gateway through which the route is reached.
  package struct GatewayAddress: Hashable, Sendable {
    package let gateway: ObjectKey
    package let listener: String
    /// `http://10.0.0.7`; nil where the Gateway has no address.
    package let url: String?
    /// A command that tries the route; nil without an address.
    package let curl: String?
  }

  package let route: ObjectKey
  /// From the route to the credentials.
  package let links: [Link]
  package let gatewayAddresses: [GatewayAddress]
  /// What could not be read, a sentence each.
  package let gaps: [String]

  /// The link at which the chain first breaks, or is first unknown; nil where all is well.
  package var firstProblem: Link? {
    links.first { $0.state == .broken } ?? links.first { $0.state == .unknown }
  }

  package var state: LinkState { firstProblem?.state ?? .well }
}
