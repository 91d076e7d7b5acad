import Schemas
import Resources
import YAML

extension Rule {
  static let credentialsOfPool = Rule(
    "L131", "credentials-of-pool", .warning, "provider credentials for an InferencePool",
    why: "A pool gets OpenAI requests, with at most an API key as a bearer token. GCPCredentials "
      + "put project and region before the path, and the model server answers 404. Signatures and "
      + "headers of other providers mean nothing to it; a model server that checks keys answers "
      + "401.",
    bad: "type: GCPCredentials, targetRefs: [{kind: InferencePool, name: llama}]",
    good: "type: APIKey, targetRefs: [{kind: InferencePool, name: llama}]",
    reference: Citation.aiGateway("internal/controller/gateway.go"),
    .bundle { bundle, report in
      for (index, policy) in bundle.credentials {
        guard let type = policy.type, type != "APIKey" else { continue }
        for target in policy.targets where target.kind == GroupKind.inferencePool.kind {
          let isGCP = type == "GCPCredentials"
          report.add(
            "InferencePool \(target.object.name) gets OpenAI requests, and \(type) "
              + (isGCP ? "changes the path, so that requests get 404" : "does not fit")
              + "; use APIKey, or no policy", at: target.path, in: index,
            severity: isGCP ? .error : .warning)
        }
      }
    })
}
