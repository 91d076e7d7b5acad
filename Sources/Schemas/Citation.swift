/// Where a fact stands in the project's source, so that a reader can open it: project, release and
/// path.
package enum Citation {
  /// A file of Envoy AI Gateway.
  package static func aiGateway(_ path: String, release: String = "v1.1.0") -> String {
    "envoyproxy/ai-gateway \(release), \(path)"
  }

  /// A CRD of Envoy AI Gateway, by its plural name, and the line in its file where that is known.
  package static func aiGatewayCRD(_ name: String, line: Int? = nil) -> String {
    aiGateway("CRD \(name)") + (line.map { ", line \($0)" } ?? "")
  }

  /// A file of Envoy Gateway.
  package static func envoyGateway(_ path: String) -> String {
    "envoyproxy/gateway v1.8.1, \(path)"
  }

  /// A CRD of Envoy Gateway, by its plural name, and the line in its file where that is known.
  package static func envoyGatewayCRD(_ name: String, line: Int? = nil) -> String {
    envoyGateway("CRD \(name)") + (line.map { ", line \($0)" } ?? "")
  }

  /// A CRD of Gateway API's experimental channel, which Envoy Gateway installs, by its plural name,
  /// and the line in its file where that is known.
  package static func gatewayAPICRD(_ name: String, line: Int? = nil) -> String {
    "kubernetes-sigs/gateway-api v1.5.1, CRD \(name)" + (line.map { ", line \($0)" } ?? "")
  }

  /// A CRD of the Gateway API Inference Extension, by its plural name.
  package static func inferenceCRD(_ name: String) -> String {
    "kubernetes-sigs/gateway-api-inference-extension v1.0.2, CRD \(name)"
  }

  /// A file of Kubernetes.
  package static func kubernetes(_ path: String) -> String {
    "kubernetes/kubernetes v1.36.2, \(path)"
  }

  /// A file of Envoy.
  package static func envoy(_ path: String) -> String {
    "envoyproxy/envoy v1.38.1, \(path)"
  }

  /// A page of Flux's documentation.
  package static func flux(_ page: String) -> String { "fluxcd.io/flux/components/\(page)" }
}
