import Schemas
package import YAML

/// What a document says of how the controllers were installed: Envoy Gateway's configuration, bare
/// or in its ConfigMap, or AI Gateway's Deployment.
package final class ControllerConfiguration: Sendable {
  /// Envoy Gateway's configuration, nil where the document is none.
  package let envoyGateway: Node?
  /// Whether the document is the configuration itself, not a ConfigMap around it.
  package let isBare: Bool
  /// The path that all routes of AI Gateway stand under, nil where it is not said.
  package let rootPrefix: String?

  package init?(_ node: Node, kind: String) {
    isBare = kind == "EnvoyGateway"
    switch kind {
    case "EnvoyGateway":
      envoyGateway = node
      rootPrefix = nil
    case "ConfigMap":
      guard let text = node["data"]?["envoy-gateway.yaml"]?.text else { return nil }
      envoyGateway = Parser().parse(Array(text.utf8)).documents.first?.root
      rootPrefix = nil
    case "Deployment":
      guard let prefix = ControllerConfiguration.rootPrefix(of: node) else { return nil }
      envoyGateway = nil
      rootPrefix = prefix
    default: return nil
    }
  }

  /// The extensions that Envoy Gateway asks about what it makes: one, or since 1.8 a list of them.
  private var extensions: [Node] {
    let single = envoyGateway?.given("extensionManager").map { [$0] } ?? []
    return single + (envoyGateway?.list("extensionManagers") ?? [])
  }

  /// What AI Gateway needs and misses here (envoyproxy/ai-gateway v1.1.0,
  /// manifests/envoy-gateway-values.yaml; envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/extension.go); without the hooks, the filter that reads the model is
  /// nowhere.
  package func missingExtensionSettings(needsPools: Bool) -> [String] {
    let found = extensions.map { missingSettings(of: $0, needsPools: needsPools) }
    return found.min { $0.count < $1.count } ?? ["extensionManager"]
  }

  private func missingSettings(of node: Node, needsPools: Bool) -> [String] {
    let hooks = Path.to("hooks", "xdsTranslator")
    let posts = (node[hooks]?.list("post") ?? []).compactMap(\.text)
    let wanted = ["Translation"] + (needsPools ? ["Cluster", "Route"] : [])
    var missing = wanted.filter { !posts.contains($0) }.map {
      "extensionManager.hooks.xdsTranslator.post with \($0)"
    }
    for part in ["listener", "route", "cluster"] {
      let isGiven = node[hooks]?.given("translation", part, "includeAll")?.bool
      // Clusters are handed over unless it says otherwise.
      guard !(isGiven ?? (part == "cluster")) else { continue }
      missing.append("extensionManager.hooks.xdsTranslator.translation.\(part).includeAll: true")
    }
    let service = node.given("service")
    if ["fqdn", "ip", "unix"].allSatisfy({ service?.given($0) == nil }),
      service?.given("host") == nil
    {
      missing.append("extensionManager.service")
    }
    return missing
  }

  package var takesBackends: Bool {
    envoyGateway?["extensionApis"]?["enableBackend"]?.bool ?? false
  }

  package var takesPatches: Bool {
    envoyGateway?["extensionApis"]?["enableEnvoyPatchPolicy"]?.bool ?? false
  }

  /// The controller that Envoy Gateway is for GatewayClasses, nil where the document does not
  /// configure it.
  var controllerName: String? {
    envoyGateway.map {
      $0.given("gateway", "controllerName")?.text ?? GatewayClass.usualController
    }
  }

  /// The namespaces whose objects Envoy Gateway sees, nil for all or those with some labels
  /// (envoyproxy/gateway v1.8.1, internal/provider/kubernetes/kubernetes.go).
  var watchedNamespaces: [String]? {
    let watch = envoyGateway?.given("provider", "kubernetes", "watch")
    guard watch?.given("type")?.text == "Namespaces" else { return nil }
    let names = (watch?.list("namespaces") ?? []).compactMap(\.text)
    return names.isEmpty || names.contains(where: Variable.isIn) ? nil : names
  }

  package var takesPools: Bool {
    extensions.flatMap { $0.list("backendResources") }.contains {
      $0["kind"]?.text == GroupKind.inferencePool.kind
        && $0["group"]?.text ?? APIGroup.inference == APIGroup.inference
    }
  }

  /// Whether an extension brings backendRefs of a kind.
  func brings(_ kind: GroupKind) -> Bool {
    extensions.flatMap { $0.list("backendResources") }.contains {
      $0["kind"]?.text == kind.kind && $0["group"]?.text ?? "" == kind.group
    }
  }

  package var hasRateLimit: Bool {
    envoyGateway?["rateLimit"]?["backend"].map { !$0.isNull } ?? false
  }

  package var takesLua: Bool {
    envoyGateway?["extensionApis"]?["disableLua"]?.bool != true
  }

  private static func rootPrefix(of deployment: Node) -> String? {
    let containers = deployment["spec"]?["template"]?["spec"]?["containers"]?.items ?? []
    for container in containers {
      for key in ["args", "command"] {
        for argument in (container[key]?.items ?? []).compactMap(\.text) {
          for option in ["--rootPrefix=", "-rootPrefix="] where argument.hasPrefix(option) {
            return String(argument.dropFirst(option.utf8.count))
          }
        }
      }
    }
    return nil
  }
}
