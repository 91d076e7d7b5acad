import Schemas
import Resources
import YAML

extension Rule {
  static let otherPrefix = Rule(
    "L84", "other-prefix", .warning, "a prefix under which the provider has no API",
    why: "Providers with an OpenAI-compatible API serve it under their own path and answer 404 "
      + "elsewhere. Without a prefix requests go to /v1.",
    bad: "schema: {name: OpenAI}, Backend api.groq.com",
    good: "schema: {name: OpenAI, prefix: /openai/v1}, Backend api.groq.com",
    reference: Citation.aiGateway(
      "site/docs/capabilities/llm-integrations/supported-providers.md"),
    .bundle { bundle, report in
      for place in bundle.knownAIServiceBackends where place.service.api == .openAI {
        guard let prefix = place.prefix, let hosts = place.backend?.hosts, let host = hosts.first,
          let known = KnownHost.of(host), !known.prefixes.contains(prefix),
          let usual = known.prefixes.first,
          // The fixes of L80 and L83 repair this too.
          !place.service.meansPrefix(in: bundle.release), place.service.excessOfPrefix == nil
        else { continue }
        let isWritten = place.service.prefix != nil
        let path = KnownAIServiceBackend.schema.appending("prefix")
        report.add(
          "\(host) has its API below /\(usual), not below /\(prefix), where it answers 404; write "
            + "prefix /\(usual)", at: isWritten ? path : KnownAIServiceBackend.schema,
          in: place.index,
          fix: "write prefix /\(usual)", .set(path, .string("/\(usual)")))
      }
    })
}
