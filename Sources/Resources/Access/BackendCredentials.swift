internal import Schemas
import YAML

extension BackendSecurityPolicy {
  /// The project and region that Vertex is asked for, nil where the policy is for another provider
  /// (envoyproxy/ai-gateway v1.1.0, internal/backendauth/gcp.go).
  package var vertex: (project: String, region: String)? {
    guard type == "GCPCredentials", let gcp = spec.given("gcpCredentials"),
      let project = gcp["projectName"]?.text, let region = gcp["region"]?.text
    else { return nil }
    return (project, region)
  }

  /// The credentials that the controller cannot read, in its words.
  fileprivate func failure(in index: ResourceIndex) -> String? {
    for use in secrets {
      guard let stored = index.stored("Secret", use.secret), !stored.entries.isEmpty else {
        continue
      }
      guard let entry = stored.entry(use.key) else { return use.failure }
      if type == "AzureAPIKey", entry.value?.isEmpty == true {
        return "azure API key is required"
      }
      if type == "GCPCredentials", use.key == GoogleKey.fileName,
        let problem = entry.value.flatMap(GoogleKey.problem)
      {
        return "\(use.key) \(problem)"
      }
    }
    guard index.release >= .v1_1, !sourcesWithoutFallback.isEmpty else { return nil }
    return "invalid credentialOverride for policy \(key.name): credentialOverride with "
      + "fallbackToConfigured=true requires a static credential to be configured"
  }
}

extension BackendSecurityPolicy.SecretUse {
  /// What is said where the Secret has no such key; a token that is made of it is then missing
  /// (internal/controller/backend_security_policy.go).
  fileprivate var failure: String {
    switch key {
    case "client-secret": "missing azure client secret key \(key)"
    case GoogleKey.fileName: "missing gcp service account key \(key)"
    case _: "secret \(secret.name) does not contain key \(key)"
    }
  }
}

extension ResourceIndex {
  /// The Secrets of a backend's credentials that are likely missing, with the policy that reads them.
  package func missingSecrets(of kind: GroupKind, _ key: ObjectKey)
    -> [(policy: ObjectKey, secret: ObjectKey)]
  {
    credentials(of: kind, key).flatMap { policy in
      policy.secrets.map(\.secret).filter { isStoreLikelyMissing("Secret", $0) }
        .map { (policy.key, $0) }
    }
  }

  /// The Secrets of a backend's credentials that the API server refuses, with the policy that reads
  /// them.
  package func refusedSecrets(of kind: GroupKind, _ key: ObjectKey)
    -> [(policy: ObjectKey, secret: ObjectKey)]
  {
    credentials(of: kind, key).flatMap { policy in
      policy.secrets.map(\.secret).filter { secret in
        stored("Secret", secret).map { !documents[$0.index].storedRefusals.isEmpty } ?? false
      }.map { (policy.key, $0) }
    }
  }

  /// Why the controller keeps a backend from AI Gateway for its credentials, in its words, nil where
  /// it does not as far as the documents say (internal/controller/gateway.go).
  package func credentialFailure(of kind: GroupKind, _ key: ObjectKey) -> String? {
    let policies = credentials(of: kind, key)
    guard policies.count < 2 else {
      let title = kind == .inferencePool ? "inference pool" : "backend"
      return "multiple BackendSecurityPolicies found for \(title) \(key.name)"
    }
    return policies.first?.failure(in: self)
  }
}
