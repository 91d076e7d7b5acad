import Schemas
import Resources
import YAML

extension Rule {
  static let schemaDetails = Rule(
    "L73", "schema-details", .warning, "a schema's version or prefix where it does not count",
    why: "Azure's API is asked for by its version. The prefix of the path counts for OpenAI and "
      + "Anthropic only, and the version does not count for them.",
    bad: "schema: {name: AzureOpenAI}",
    good: "schema: {name: AzureOpenAI, version: 2025-01-01-preview}",
    reference: Upstream.aiGateway("internal/controller/gateway.go"),
    .service { service, report in
      guard let schema = service.schema else { return }
      let path = Path.to("spec", "schema")
      let takesPrefix = schema == "OpenAI" || schema == "Anthropic"
      if schema == "AzureOpenAI", (service.version ?? "").isEmpty {
        report.add(
          "AzureOpenAI needs the version of the API; write one such as 2025-01-01-preview",
          at: path.appending("version"))
      }
      if !takesPrefix, service.prefix != nil {
        report.add(
          "prefix has no effect with \(schema); leave it out", at: path.appending("prefix"),
          fix: "remove prefix", .remove(path.appending("prefix")))
      }
      guard takesPrefix, let version = service.version, service.prefix == nil,
        // What is asked for anyway does no harm.
        version != "v1"
      else { return }
      report.add(
        "version has no effect with \(schema); write the path as prefix",
        at: path.appending("version"), fix: "rename to prefix", .remove(path.appending("version")),
        .set(path.appending("prefix"), .string(version)))
    })
}
