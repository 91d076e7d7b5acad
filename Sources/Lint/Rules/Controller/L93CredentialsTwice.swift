import Schemas
import YAML
import Resources

extension Rule {
  static let credentialsTwice = Rule(
    "L93", "credentials-twice", .error, .controller, "two credentials for one backend",
    why: "The controller accepts one BackendSecurityPolicy per backend; with two, or one that "
      + "lists the backend twice, it leaves the backend out, and requests to it get 500. It "
      + "compares names only: a policy for an InferencePool also counts for the AIServiceBackend "
      + "of the same name, which is then reported as not accepted.",
    bad: "BackendSecurityPolicies a and b, both with targetRefs: [openai]",
    good: "one BackendSecurityPolicy with targetRefs: [openai]",
    reference: Citation.aiGateway("internal/controller/ai_service_backend.go"),
    repair: .automatic,
    .bundle { bundle, report in
      var owners: [PolicyTarget: BackendSecurityPolicy] = [:]
      for (index, credentials) in bundle.credentials {
        var own: Set<PolicyTarget> = []
        for target in credentials.targets {
          let place = PolicyTarget(kind: target.kind, target.object)
          let title = "\(target.kind) \(target.object.name)"
          guard own.insert(place).inserted else {
            report.add(
              "\(title) is listed twice, which counts as two policies: requests to it get 500; keep "
                + "one of them", at: target.path, in: index, fix: "remove it", .remove(target.path))
            continue
          }
          if let owner = owners[place] {
            guard owner.key != credentials.key else { continue }
            report.add(
              "\(title) already has the policy \(owner.key.name); keep one of them",
              at: target.path, in: index)
            continue
          }
          owners[place] = credentials
          guard let kind = target.otherKind,
            let other = owners[PolicyTarget(kind: kind, target.object)],
            other.key != credentials.key
          else { continue }
          report.add(
            "\(kind) \(target.object.name) has the policy \(other.key.name), and both count for "
              + "the AIServiceBackend, which is then not accepted; use another name for one of "
              + "them", at: target.path, in: index, severity: .warning)
        }
      }
    })
}

extension BackendSecurityPolicy.Target {
  /// The other kind that a policy can be for.
  fileprivate var otherKind: String? {
    switch kind {
    case GroupKind.aiServiceBackend.kind: GroupKind.inferencePool.kind
    case GroupKind.inferencePool.kind: GroupKind.aiServiceBackend.kind
    case _: nil
    }
  }
}
