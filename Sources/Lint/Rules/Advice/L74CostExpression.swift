import Resources
import Schemas
import YAML

extension Rule {
  static let costExpression = Rule(
    "L74", "cost-expression", .error, "a cost expression that the controller cannot use",
    why: "Token counts are unsigned integers (uint), and so must be the other operands: "
      + "2u, not 2 or 2.0. A bad expression shows only in the controller's log, and no later "
      + "change of the Gateway's filters gets through.",
    bad: "{type: CEL, metadataKey: x, cel: \"output_tokens * 1.5\"}",
    good: "{type: CEL, metadataKey: x, cel: \"output_tokens * 3u / 2u\"}",
    reference: Citation.aiGateway("internal/llmcostcel/cel.go"),
    .document { document, report in
      switch document.content {
      case .route(let route): report.add(route.invalidSettings)
      case _ where document.kind == GroupKind.gatewayConfig.kind:
        report.add(
          document.invalidSettings(in: report.release).filter { $0.component == .aiGateway })
      case _: return
      }
    })
}

extension Report {
  /// Reports settings that are invalid by themselves.
  mutating func add(_ settings: [InvalidSetting], in document: Int? = nil) {
    for setting in settings { add(setting.advice, at: setting.path, in: document) }
  }
}
