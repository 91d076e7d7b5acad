import Schemas
import Resources
import YAML

extension Rule {
  static let ignoredVersion = Rule(
    "L80", "ignored-version", .warning, "a schema version that has no effect",
    why: "The version is used only for Azure, Cohere and Claude in clouds; for OpenAI and "
      + "Anthropic, prefix sets the path since AI Gateway 0.6. A version there changes nothing: "
      + "requests still go to /v1, and a provider with another path answers 404.",
    bad: "schema: {name: OpenAI, version: openai/v1}",
    good: "schema: {name: OpenAI, prefix: /openai/v1}",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    repair: .automatic,
    .service { service, report in
      guard service.ignoresVersion, let schema = service.schema, let version = service.version
      else { return }
      let path = KnownAIServiceBackend.schema
      if service.meansPrefix(in: report.release) {
        report.add(
          "version has no effect with \(schema); write the path as prefix",
          at: path.appending("version"), fix: "rename to prefix",
          .remove(path.appending("version")), .set(path.appending("prefix"), .string(version)))
        return
      }
      // What is asked for anyway does no harm, nor does what a prefix says already.
      let isHarmless = service.prefix != nil || version.trimmed("/") == "v1"
      report.add(
        "version has no effect with \(schema); leave it out", at: path.appending("version"),
        severity: isHarmless ? .info : .warning, fix: "remove version",
        .remove(path.appending("version")))
    })
}

extension AIServiceBackend {
  /// Whether a version is written that its schema does not read.
  fileprivate var ignoresVersion: Bool {
    (api == .openAI || api == .anthropic) && version?.isEmpty == false
  }

  /// Whether L80 says that the version should be the prefix: it stands alone and looks like a path.
  func meansPrefix(in release: Release) -> Bool {
    guard ignoresVersion, prefix == nil, api == .openAI || release >= .v0_7,
      let path = version?.trimmed("/"), path != "v1"
    else { return false }
    return path.split(separator: "/").contains { part in
      part.first == "v" && part.dropFirst().first?.isNumber == true
    }
  }
}
