import Resources
import Schemas
import YAML

extension Rule {
  static let modelHeaderCase = Rule(
    "L49", "model-header-case", .warning, "the model header not in lower case",
    why: "Requests match the rule, but /v1/models lists only models under x-ai-eg-model in lower "
      + "case.",
    bad: "{name: X-AI-EG-Model, value: gpt-4o}", good: "{name: x-ai-eg-model, value: gpt-4o}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .routeRule { rule, report in
      for (place, match) in rule.matches.enumerated() {
        for (index, header) in match.headers.enumerated()
        where header.isModel && header.name != "x-ai-eg-model" {
          let path = Path.to("matches", place, "headers", index, "name")
          report.add(
            "\(header.name.quoted) keeps the model out of /v1/models; use x-ai-eg-model",
            at: path, fix: "write x-ai-eg-model", .set(path, .string("x-ai-eg-model")))
        }
      }
    })
}
