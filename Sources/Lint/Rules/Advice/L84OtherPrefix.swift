import Schemas
import Resources
import YAML

extension Rule {
  static let otherPrefix = Rule(
    "L84", "other-prefix", .warning, "a prefix under which the provider has no API",
    why: "Providers serve the APIs of OpenAI and Anthropic under their own path and answer 404 "
      + "elsewhere. Without a prefix requests go to /v1.",
    bad: "schema: {name: OpenAI}, Backend api.groq.com",
    good: "schema: {name: OpenAI, prefix: /openai/v1}, Backend api.groq.com",
    reference: Citation.aiGateway(
      "site/docs/capabilities/llm-integrations/supported-providers.md"),
    repair: .automatic,
    .bundle { bundle, report in
      for place in bundle.knownAIServiceBackends {
        guard let prefix = place.service.prefix(in: bundle.release), let schema = place.service.api,
          let host = place.backend?.hosts.first, let known = KnownHost.of(host),
          let usual = known.usualPrefix(for: schema), !known.serves(schema, below: prefix),
          // The fixes of L80 and L83 repair this too.
          !place.service.meansPrefix(in: bundle.release), place.service.excessOfPrefix == nil
        else { continue }
        let isWritten = place.service.prefix != nil
        let path = KnownAIServiceBackend.schema.appending("prefix")
        report.add(
          "\(host) has its API below /\(usual), not below /\(prefix), where it answers 404; write "
            + "prefix /\(usual)", at: isWritten ? path : KnownAIServiceBackend.schema,
          in: place.index)
        guard !usual.contains("{") else { continue }
        report.attach(
          Fix(
            "write prefix /\(usual)",
            [.set(document: place.index, path, .string("/\(usual)"))]))
      }
    })
}
