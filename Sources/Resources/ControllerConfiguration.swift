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

  /// Whether Envoy Gateway asks AI Gateway about what it makes.
  package var hasExtension: Bool {
    envoyGateway?["extensionManager"].map { !$0.isNull } ?? false
  }

  package var takesBackends: Bool {
    envoyGateway?["extensionApis"]?["enableBackend"]?.bool ?? false
  }

  package var takesPools: Bool {
    (envoyGateway?["extensionManager"]?["backendResources"]?.items ?? []).contains {
      $0["kind"]?.text == "InferencePool"
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
