import Schemas
import YAML
import Resources

extension Rule {
  static let tlsTarget = Rule(
    "L99", "tls-target", .warning, .controller,
    "a BackendTLSPolicy whose Backend or Service is missing",
    why: "A BackendTLSPolicy applies only to objects in its own namespace, and must name an Envoy "
      + "Gateway Backend, or a Service, by its own name and group. Otherwise it has no effect: Envoy sends plain "
      + "text, which a provider answers with 400.",
    bad:
      "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: open-ai}], Backend openai",
    good: "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai}]",
    reference: Citation.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    repair: .automatic,
    .bundle { bundle, report in
      guard !bundle.tlsPolicies.isEmpty else { return }
      let presence = [
        GroupKind.backend: ObjectPresence(of: bundle.backends.keys),
        GroupKind.service: ObjectPresence(of: bundle.servicePorts.keys),
      ]
      for (index, policy) in bundle.tlsPolicies {
        for target in policy.targets {
          guard let known = presence[target.kind] else {
            addFindings(target, in: index, of: bundle, &report)
            continue
          }
          guard !known.isEmpty, let missing = known.missingObject(target.object) else { continue }
          report.addMissingTarget(
            target.kind.kind, target.object, missing, at: target.path, in: index)
        }
      }
    })

  /// Reports a target that is neither a Backend nor a Service.
  private static func addFindings(
    _ target: BackendTLSPolicy.Target, in document: Int, of bundle: ResourceIndex,
    _ report: inout Report
  ) {
    let kinds = ["AIServiceBackend", "AIGatewayRoute", "HTTPRoute", "Gateway", "InferencePool"]
    let isBackend = target.kind.kind == GroupKind.backend.kind
    guard isBackend || kinds.contains(target.kind.kind) else { return }
    report.add(
      isBackend
        ? "no Backend is of group \(target.kind.group.quoted), so that the policy has no effect; "
          + "use group gateway.envoyproxy.io"
        : "a BackendTLSPolicy is for a Backend, not for an \(target.kind.kind); use group "
          + "gateway.envoyproxy.io and kind Backend", at: target.path, in: document,
      severity: .error)
    let name = isBackend ? target.object : bundle.service(target.object)?.backend
    guard let name, name.namespace == target.object.namespace else { return }
    report.attach(
      Fix(
        "target Backend \(name.name)",
        [
          .set(
            document: document, target.path.appending("group"), .string(GroupKind.backend.group)),
          .set(document: document, target.path.appending("kind"), .string(GroupKind.backend.kind)),
          .set(document: document, target.path.appending("name"), .string(name.name)),
        ]))
  }
}
