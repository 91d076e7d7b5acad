import Schemas
import YAML

/// What the configurations of the controllers among the documents say.
extension ResourceIndex {
  /// Whether a controller's name is Envoy Gateway's.
  package func isServed(by controller: String) -> Bool { controllers.contains(controller) }

  /// The names by which Envoy Gateway goes: those of its configurations among the documents, or the
  /// usual one.
  package var controllers: [String] {
    let known = installations.compactMap(\.installation.controllerName)
    return known.isEmpty ? [GatewayClass.usualController] : known
  }

  /// Why Envoy Gateway does not see the objects of a namespace, nil where it may.
  package func unwatchedReason(for namespace: String) -> String? {
    let known = installations.filter { $0.installation.envoyGateway != nil }
    let lists = known.compactMap(\.installation.watchedNamespaces)
    guard !lists.isEmpty, lists.count == known.count,
      !lists.contains(where: { $0.contains(namespace) })
    else { return nil }
    return
      "Envoy Gateway watches \(lists[0].joined(separator: ", ")) only, so that it does not see "
      + "what is in \(namespace)"
  }

  /// Whether Envoy Gateway's configuration stands among the documents and does not have something.
  package func configuration(lacks part: (ControllerConfiguration) -> Bool) -> Bool {
    let known = installations.map(\.installation).filter { $0.envoyGateway != nil }
    return !known.isEmpty && !known.contains(where: part)
  }

  /// What Envoy Gateway's configuration among the documents lacks for asking AI Gateway.
  package var missingExtensionSettings: [String] {
    let known = installations.map(\.installation).filter { $0.envoyGateway != nil }
    return known.map { $0.missingExtensionSettings(needsPools: hasPools) }.min {
      $0.count < $1.count
    } ?? []
  }

  /// The root prefix of AI Gateway's controller; nil where it has none, or is not among the
  /// documents.
  package var rootPrefix: String? {
    installations.lazy.compactMap(\.installation.rootPrefix).first { $0 != "/" && !$0.isEmpty }
  }

  /// Whether proxies run in the namespaces of their Gateways (envoyproxy/gateway v1.8.1,
  /// api/v1alpha1/envoygateway_types.go, KubernetesDeployMode).
  package var runsProxiesBesideGateways: Bool {
    installations.contains { _, installation in
      let type = installation.envoyGateway?.given("provider", "kubernetes", "deploy", "type")
      return type?.text == "GatewayNamespace"
    }
  }

  /// The Secrets into which AI Gateway writes the configurations of several Gateways, each in the place
  /// of the others, with these Gateways by their order; 1.1 writes a hash into the names
  /// (envoyproxy/ai-gateway v1.0.0, internal/controller/ai_gateway_route.go,
  /// FilterConfigSecretPerGatewayName; v1.1.0, internal/controller/secret_name.go).
  package var sharedConfigurations: [(secret: String, gateways: [ObjectKey])] {
    guard release < .v1_1, gateways.count > 1, !runsProxiesBesideGateways else { return [] }
    let used = Set(
      routes.flatMap(\.route.attachment.gateways) + mcpRoutes.flatMap(\.attachment.gateways))
    let known = gateways.filter { used.contains($0.key) }.sorted { $0.value.index < $1.value.index }
    return Dictionary(grouping: known.map(\.key)) { "\($0.name)-\($0.namespace)" }
      .filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
      .map { (secret: $0.key, gateways: $0.value) }
  }

  /// What a release does not do for a Gateway, nil where it serves it.
  package func unservedGateway(_ gateway: ObjectKey) -> String? {
    release == .v1_0 && gateway.namespace == WellKnown.envoyGatewayNamespace
      ? "AI Gateway 1.0.0 does not serve Gateways in \(gateway.namespace), 1.1 does" : nil
  }
}
