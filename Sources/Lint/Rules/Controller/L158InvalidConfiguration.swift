import Resources
import Schemas
import YAML

extension Rule {
  static let invalidConfiguration = Rule(
    "L158", "invalid-configuration", .error, .controller,
    "a value that makes the configuration of a whole Gateway invalid",
    why: "The API server accepts it, and the status says Accepted. But Envoy Gateway validates all "
      + "that it makes of a Gateway and publishes none of it where a part is invalid; of regular "
      + "expressions Envoy does the same. Envoy keeps its previous configuration, and a new Gateway "
      + "has none.",
    bad: "BackendTrafficPolicy {timeout: {tcp: {connectTimeout: 0s}}}",
    good: "BackendTrafficPolicy {timeout: {tcp: {connectTimeout: 10s}}}",
    reference: Citation.envoyGateway("internal/xds/runner/runner.go"),
    repair: .automatic,
    .document { document, report in
      for setting in document.ownInvalidSettings(in: report.release) {
        report.add("\(setting.effect) with this value; \(setting.advice)", at: setting.path)
        guard let value = setting.replacement, let shown = value.scalar?.text else { continue }
        report.attach(
          Fix(
            "write \(shown)", [.set(document: document.index, setting.path, value)],
            // What completes a text is meant by it.
            caution: shown.hasSuffix(document.node[setting.path]?.text ?? " ") ? nil : .guess))
      }
    })
}

extension Document {
  /// The settings that have no rule of their own.
  fileprivate func ownInvalidSettings(in release: Release) -> [InvalidSetting] {
    switch content {
    case .policy(let policy): policy.invalidSettings
    case .backend(let backend): backend.invalidSettings
    case .httpRoute(let route): route.invalidSettings
    case .other where kind != GroupKind.gatewayConfig.kind: invalidSettings(in: release)
    case .route, .grant, .service, .credentials, .tlsPolicy, .gateway, .namespace, .installation,
      .other:
      []
    }
  }
}
