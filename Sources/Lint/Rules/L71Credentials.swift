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
      let secrets = bundle.secrets
      for (index, credentials) in bundle.credentials {
        for use in credentials.secrets {
          guard let document = secrets[use.secret], let keys = document.secretKeys,
            !keys.contains(where: { $0.name == use.key })
          else { continue }
          report.add(
            "Secret \(use.secret.name) has no key \(use.key), which "
              + "\(credentials.type ?? "the policy") is read from", at: use.path, in: index)
          guard keys.count == 1, let only = keys.first else { continue }
          let path = Path.to(only.block, only.name)
          guard let value = document.node[path] else { continue }
          report.attach(
            Fix(
              "rename the Secret's key to \(use.key)",
              [
                .remove(document: document.index, path),
                .set(document: document.index, .to(only.block, use.key), value),
              ]))
        }
      }
    })

  static let credentialsElsewhere = Rule(
    "L71.namespace", .warning, .controller, "credentials in another namespace than the backend",
    why: "A BackendSecurityPolicy reaches objects of its own namespace only.",
    bad: "BackendSecurityPolicy in infra, AIServiceBackend in apps",
    good: "both in apps", reference: "domain.md L71",
    .bundle { bundle, report in
      guard !bundle.credentials.isEmpty, !bundle.services.isEmpty else { return }
      var homes: [String: String] = [:]
      for name in bundle.services.keys.sorted().reversed() { homes[name.name] = name.namespace }
      for (index, credentials) in bundle.credentials {
        for target in credentials.targets where target.kind == "AIServiceBackend" {
          guard bundle.services[target.object] == nil, let home = homes[target.object.name] else {
            continue
          }
          report.add(
            "AIServiceBackend \(target.object.name) stands in \(home) here, the policy in "
              + "\(target.object.namespace): it has no effect; use namespace \(home)",
            at: target.path.appending("name"), in: index)
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
    case "AWSBedrock", "AWSAnthropic": ["AWSCredentials", "APIKey"]
    case "AzureOpenAI": ["AzureAPIKey", "AzureCredentials"]
    case "GCPVertexAI", "GCPAnthropic": ["GCPCredentials"]
    case "Anthropic": ["AnthropicAPIKey", "APIKey"]
    case _: nil
    }
  }
}

extension ResourceIndex {
  fileprivate var secrets: [ObjectKey: Document] {
    var secrets: [ObjectKey: Document] = [:]
    for document in documents where document.kind == "Secret" && document.apiVersion == "v1" {
      secrets[document.key] = document
    }
    return secrets
  }
}

extension Document {
  /// The keys of a Secret with the block they stand in, nil where none can be seen.
  fileprivate var secretKeys: [(block: String, name: String)]? {
    let keys = ["stringData", "data"].flatMap { block in
      (node[block]?.entries ?? []).map { (block, $0.key) }
    }
    return keys.isEmpty ? nil : keys
  }
}
