import Schemas
import Resources
import YAML

extension Rule {
  static let ignoredPrefix = Rule(
    "L81", "ignored-prefix", .warning, "a schema prefix that has no effect",
    why: "Only the paths of OpenAI and Anthropic begin with the prefix; other schemas have their "
      + "own paths. An empty prefix means v1, not the root: requests still go to /v1.",
    bad: "schema: {name: AzureOpenAI, prefix: /openai, version: 2025-01-01-preview}",
    good: "schema: {name: AzureOpenAI, version: 2025-01-01-preview}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .service { service, report in
      guard let schema = service.api, let prefix = service.prefix else { return }
      let path = KnownAIServiceBackend.schema.appending("prefix")
      guard schema == .openAI || schema == .anthropic else {
        report.add(
          "prefix has no effect with \(schema.rawValue); leave it out", at: path,
          fix: "remove prefix", .remove(path))
        return
      }
      guard prefix.isEmpty else { return }
      report.add(
        "an empty prefix stands for v1; leave it out, or write / for a provider whose API begins "
          + "at the root", at: path, severity: .info, fix: "remove prefix", .remove(path))
    })
}
