import Schemas
import YAML

/// A listener of a Gateway.
package struct Listener: Sendable {
  /// The namespaces whose routes it takes.
  package enum Namespaces: Sendable {
    case same, all, none
    /// Those with labels.
    case selected(LabelSelector)
  }

  /// Why Envoy Gateway does not program it, so that nothing attached to it is served.
  package enum Problem: Hashable, Sendable {
    case protocolConflict(with: String)
    case hostnameConflict(with: String)
    /// Port, protocol and hostname of an older one, of a Gateway with the same proxies.
    case taken(by: String)
    /// `allowedRoutes.namespaces.from: Selector` without a selector that can be read.
    case noSelector
    /// A kind in `allowedRoutes.kinds` that its protocol does not serve.
    case routeKind(String)
    /// A protocol that Envoy Gateway does not know.
    case unknownProtocol(String)
    /// A protocol with TLS and no `tls`.
    case noTLS(String)
    /// `tls` without a certificate that can be one: none is named, or none that is a Secret.
    case noCertificate
    /// Secrets that are no certificates.
    case unfitCertificate
    /// Authorities of clients that have no certificate.
    case unfitAuthorities(CACertificateRef)
  }

  /// The place among the Gateway's listeners, from 0.
  package let index: Int
  package let name: String
  package let port: Int?
  package let protocolName: String
  /// In lower case; nil for any host.
  package let hostname: String?
  package let namespaces: Namespaces
  package let takesHTTPRoutes: Bool
  package internal(set) var problem: Problem?

  init(_ node: Node, index: Int) {
    self.index = index
    name = node["name"]?.text ?? ""
    port = node["port"]?.integer
    let protocolName = node["protocol"]?.text ?? "HTTP"
    self.protocolName = protocolName
    let hostname = node["hostname"]?.text?.lowercased()
    self.hostname = hostname?.isEmpty == true ? nil : hostname
    let allowed = node.given("allowedRoutes")
    let selector = allowed?.given("namespaces", "selector")
    namespaces =
      switch allowed?.given("namespaces", "from")?.text {
      case nil, "Same": .same
      case "All": .all
      case "Selector": .selected(LabelSelector(selector))
      case .some: .none
      }
    let kinds = allowed?.list("kinds") ?? []
    let served = Listener.kinds(served: protocolName)
    takesHTTPRoutes =
      kinds.isEmpty
      ? served.contains("HTTPRoute") : kinds.contains { $0["kind"]?.text == "HTTPRoute" }
    let stranger = kinds.first { kind in
      kind["group"]?.text ?? APIGroup.gatewayAPI != APIGroup.gatewayAPI
        || !served.contains(kind["kind"]?.text ?? "")
    }
    if served.isEmpty {
      problem = .unknownProtocol(protocolName)
    } else if case .selected(let labels) = namespaces, selector == nil || !labels.isReadable {
      problem = .noSelector
    } else if let stranger {
      problem = .routeKind(stranger["kind"]?.text ?? "")
    } else {
      problem = Listener.problem(ofTLS: node.given("tls"), protocolName)
    }
  }

  /// What is wrong with how it gets its certificate, whatever Secrets there are.
  private static func problem(ofTLS tls: Node?, _ protocolName: String) -> Problem? {
    guard ["HTTPS", "TLS"].contains(protocolName) else { return nil }
    guard let tls else { return .noTLS(protocolName) }
    let usual = protocolName == "HTTPS" ? "Terminate" : "Passthrough"
    guard tls.given("mode")?.text ?? usual == "Terminate" else { return nil }
    let hasSecret = tls.list("certificateRefs").contains { ref in
      (ref.given("group")?.text ?? "").isEmpty && ref.given("kind")?.text ?? "Secret" == "Secret"
    }
    return hasSecret ? nil : .noCertificate
  }

  /// Whether Envoy Gateway programs it, its certificates taken to be there.
  package var isReady: Bool { problem == nil }
  package var isPlainHTTP: Bool { protocolName == "HTTP" }
  package var isHTTP: Bool { isPlainHTTP || protocolName == "HTTPS" }

  /// What listeners on one port must have in common: HTTPS and TLS go together.
  var protocolFamily: String {
    protocolName == "HTTPS" || protocolName == "TLS" ? "HTTPS and TLS" : protocolName
  }

  /// Whether what a client asks for tells it from others on its port.
  var speaksHTTPOrTLS: Bool { isHTTP || protocolName == "TLS" }

  /// Whether labels of a namespace that are not known decide what it takes.
  package func depends(onLabelsOf namespace: String, known: Labels?) -> Bool {
    guard case .selected(let selector) = namespaces else { return false }
    return selector.fits(namespace: namespace, labels: known) == nil
  }

  /// Whether it takes HTTPRoutes of a namespace; of one whose labels are not known what labels
  /// decide is taken for granted.
  package func admits(_ namespace: String, labels: Labels?, of gateway: ObjectKey) -> Bool {
    guard takesHTTPRoutes else { return false }
    return switch namespaces {
    case .same: namespace == gateway.namespace
    case .all: true
    case .none: false
    case .selected(let selector):
      problem != .noSelector && selector.fits(namespace: namespace, labels: labels) ?? true
    }
  }

  private static func kinds(served protocolName: String) -> Set<String> {
    switch protocolName {
    case "HTTP", "HTTPS": ["HTTPRoute", "GRPCRoute"]
    case "TLS": ["TLSRoute", "TCPRoute"]
    case "TCP": ["TCPRoute"]
    case "UDP": ["UDPRoute"]
    case _: []
    }
  }
}
