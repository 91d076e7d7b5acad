import Resources
import Schemas
import YAML

extension Rule {
  static let invalidConfiguration = Rule(
    "L158", "invalid-configuration", .error, .controller,
    "a value that makes the configuration of a whole Gateway invalid",
    why:
      "The API server accepts it, and the status says Accepted. But Envoy Gateway validates what "
      + "that it makes of a Gateway, and publishes none of it where a part is invalid; of "
      + "regular expressions Envoy does the same. Envoy goes on with the configuration before, a "
      + "new Gateway has none.",
    bad: "BackendTrafficPolicy {timeout: {tcp: {connectTimeout: 0s}}}",
    good: "BackendTrafficPolicy {timeout: {tcp: {connectTimeout: 10s}}}",
    reference: Upstream.envoyGateway("internal/xds/runner/runner.go"),
    .bundle { index, report in
      for document in index.current {
        tell(index.ownInvalidSettings(of: document), of: document.index, &report)
      }
      for route in index.mcpRoutes {
        tell(route.policySettings, of: route.index, &report)
      }
    })

  private static func tell(
    _ settings: [InvalidSetting], of document: Int, _ report: inout Report
  ) {
    for setting in settings {
      report.add(
        "\(setting.effect) with this value; \(setting.advice)", at: setting.path, in: document)
      guard let value = setting.replacement, let shown = value.scalar?.text else { continue }
      report.attach(
        Fix("write \(shown)", [.set(document: document, setting.path, value)]))
    }
  }
}

extension ResourceIndex {
  /// Those of a document that no rule of its own speaks of.
  fileprivate func ownInvalidSettings(of document: Document) -> [InvalidSetting] {
    switch document.content {
    case .policy(let policy): policy.invalidSettings
    case .backend(let backend): backend.invalidSettings
    case .httpRoute(let route): route.invalidSettings
    case .other where document.kind != GroupKind.gatewayConfig.kind: document.invalidSettings
    case .route, .grant, .service, .credentials, .tlsPolicy, .gateway, .namespace,
      .installation, .other:
      []
    }
  }
}
