import Resources
import Kinds
import Manifest

extension Rule {
  static let secretKey = Rule(
    "L71", .error, .controller, "a Secret without the key that is read from it",
    why: "Each type of credentials is read from one key of its Secret: apiKey for API keys, "
      + "credentials for AWS, client-secret for Azure, service_account.json for GCP.",
    bad: "stringData: {key: sk-...}", good: "stringData: {apiKey: sk-...}",
    .bundle { bundle, report in
      guard !bundle.credentials.isEmpty else { return }
      for (index, credentials) in bundle.credentials {
        for use in credentials.secrets {
          guard let stored = bundle.stored("Secret", use.secret), !stored.entries.isEmpty,
            !stored.entries.contains(where: { $0.key == use.key })
          else { continue }
          report.add(
            "Secret \(use.secret.name) has no key \(use.key), which "
              + "\(credentials.type ?? "the policy") is read from", at: use.path, in: index)
          guard stored.entries.count == 1, let only = stored.entries.first else { continue }
          let path = Path.to(only.block, only.key)
          guard let value = bundle.documents[stored.index].node[path] else { continue }
          report.attach(
            Fix(
              "rename the Secret's key to \(use.key)",
              [
                .remove(document: stored.index, path),
                .set(document: stored.index, .to(only.block, use.key), value),
              ]))
        }
      }
    })

  static let credentialsElsewhere = Rule(
    "L71.namespace", .warning, .controller, "credentials whose backend is not there",
    why: "A BackendSecurityPolicy reaches objects of its own namespace only. Where the backend is "
      + "not found, the policy is called accepted all the same, and requests go out without "
      + "credentials.",
    bad: "BackendSecurityPolicy in infra, AIServiceBackend in apps",
    good: "both in apps", reference: "domain.md L71",
    .bundle { bundle, report in
      guard !bundle.credentials.isEmpty, !bundle.services.isEmpty else { return }
      let presence = Presence(of: bundle.services.keys)
      for (index, credentials) in bundle.credentials {
        for target in credentials.targets where target.kind == "AIServiceBackend" {
          guard let lack = presence.lack(of: target.object) else { continue }
          let name = "AIServiceBackend \(target.object.name)"
          report.add(
            lack.home.map {
              "\(name) stands in \($0) here, the policy in \(target.object.namespace): it has no "
                + "effect; use namespace \($0)"
            }
              ?? "\(name) is not in namespace \(target.object.namespace) here\(lack.hint); while "
              + "it is missing, the policy has no effect", at: target.path.appending("name"),
            in: index, severity: lack.severity)
        }
      }
    })

  static let credentialsTwice = Rule(
    "L71.twice", .error, .controller, "two credentials for one backend",
    why: "The controller takes one BackendSecurityPolicy a backend, and refuses the backend "
      + "otherwise.",
    bad: "BackendSecurityPolicies a and b, both with targetRefs: [openai]",
    good: "one BackendSecurityPolicy with targetRefs: [openai]", reference: "domain.md L71",
    .bundle { bundle, report in
      guard bundle.credentials.count > 1 else { return }
      var owners: [PolicyTarget: BackendSecurityPolicy] = [:]
      for (index, credentials) in bundle.credentials {
        for target in credentials.targets {
          let place = PolicyTarget(kind: target.kind, target.object)
          guard let owner = owners[place] else {
            owners[place] = credentials
            continue
          }
          guard owner.key != credentials.key else { continue }
          report.add(
            "\(target.kind) \(target.object.name) already has the policy \(owner.key.name); keep "
              + "one of them", at: target.path, in: index)
        }
      }
    })

  static let credentialsOfOtherKind = Rule(
    "L71.type", .warning, "credentials of another provider than the backend's",
    why: "Each provider is asked in its own way: AWS by signed requests, Azure and GCP by tokens, "
      + "Anthropic by a header of its own.",
    bad: "schema: {name: AWSBedrock} with type: AzureCredentials",
    good: "schema: {name: AWSBedrock} with type: AWSCredentials", reference: "domain.md L71",
    .bundle { bundle, report in
      guard !bundle.services.isEmpty else { return }
      for (index, credentials) in bundle.credentials {
        guard let type = credentials.type else { continue }
        for target in credentials.targets where target.kind == "AIServiceBackend" {
          guard let schema = bundle.services[target.object]?.service.schema,
            let types = BackendSecurityPolicy.types(for: schema), !types.contains(type)
          else { continue }
          report.add(
            "\(type) does not fit schema \(schema) of AIServiceBackend \(target.object.name); use "
              + types.alternatives, at: .to("spec", "type"), in: index)
        }
      }
    })
}

extension BackendSecurityPolicy {
  /// The types that a schema is served with, the usual one first; nil where any may do.
  fileprivate static func types(for schema: String) -> [String]? {
    switch schema {
    // Bedrock also takes keys as bearers.
    case "OpenAI": ["APIKey", "AzureAPIKey", "AzureCredentials"]
    case "Cohere": ["APIKey"]
    case "AWSBedrock", "AWSAnthropic": ["AWSCredentials", "APIKey"]
    case "AzureOpenAI": ["AzureAPIKey", "AzureCredentials"]
    case "GCPVertexAI", "GCPAnthropic": ["GCPCredentials"]
    case "Anthropic": ["AnthropicAPIKey"]
    case _: nil
    }
  }
}
