/// An API group whose kinds are all known, at least by name.
package struct KnownGroup: Sendable {
  package let name: String
  /// Every version in which a server has some of the kinds.
  package let versions: [String]
  package let kinds: [String]

  /// The groups that the releases this program knows bring (their CRDs).
  package static let all = [
    KnownGroup(
      name: "aigateway.envoyproxy.io", versions: ["v1beta1", "v1alpha1"],
      kinds: [
        "AIGatewayRoute", "AIServiceBackend", "BackendSecurityPolicy", "GatewayConfig", "MCPRoute",
        "QuotaPolicy",
      ]),
    // EnvoyGateway is no kind of a server but that of Envoy Gateway's own configuration.
    KnownGroup(
      name: "gateway.envoyproxy.io", versions: ["v1alpha1"],
      kinds: [
        "Backend", "BackendTrafficPolicy", "ClientTrafficPolicy", "EnvoyExtensionPolicy",
        "EnvoyPatchPolicy", "EnvoyProxy", "HTTPRouteFilter", "SecurityPolicy", "EnvoyGateway",
      ]),
    KnownGroup(
      name: "gateway.networking.k8s.io", versions: ["v1", "v1beta1", "v1alpha3", "v1alpha2"],
      kinds: [
        "BackendTLSPolicy", "Gateway", "GatewayClass", "GRPCRoute", "HTTPRoute", "ListenerSet",
        "ReferenceGrant", "TCPRoute", "TLSRoute", "UDPRoute",
      ]),
    KnownGroup(
      name: "inference.networking.k8s.io", versions: ["v1"],
      kinds: ["InferencePool", "InferencePoolImport"]),
  ]

  /// The group of an `apiVersion`, nil for one that is not known here.
  package static func of(_ apiVersion: String?) -> KnownGroup? {
    let name = apiVersion?.prefix { $0 != "/" }
    return all.first { $0.name == name ?? "" && $0.name != apiVersion ?? "" }
  }

  /// Whether some kinds of the group are served in the version of an `apiVersion`.
  package func serves(_ apiVersion: String) -> Bool {
    versions.contains { "\(name)/\($0)" == apiVersion }
  }
}
