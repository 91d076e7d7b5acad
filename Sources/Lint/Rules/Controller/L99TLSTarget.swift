import Schemas
import YAML
import Resources

extension Rule {
  static let tlsTarget = Rule(
    "L99", "tls-target", .warning, .controller, "a BackendTLSPolicy whose Backend is not there",
    why: "A BackendTLSPolicy reaches objects of its own namespace only, Backends of Envoy Gateway "
      + "by their own names. Otherwise it has no effect, and Envoy speaks plain text.",
    bad:
      "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: open-ai}], Backend openai",
    good: "targetRefs: [{group: gateway.envoyproxy.io, kind: Backend, name: openai}]",
    reference: Upstream.envoyGateway("internal/gatewayapi/backendtlspolicy.go"),
    .bundle { bundle, report in
      guard !bundle.tlsPolicies.isEmpty else { return }
      let presence = Presence(of: bundle.backends.keys)
      for (index, policy) in bundle.tlsPolicies {
        for target in policy.targets {
          guard target.kind == GroupKind.backend else {
            if target.kind == GroupKind.aiServiceBackend {
              report.add(
                "a BackendTLSPolicy is for a Backend, not for an AIServiceBackend; use group "
                  + "gateway.envoyproxy.io and kind Backend", at: target.path, in: index)
            }
            continue
          }
          guard !bundle.backends.isEmpty, let lack = presence.lack(of: target.object) else {
            continue
          }
          report.addMissingTarget("Backend", target.object, lack, at: target.path, in: index)
        }
      }
    })
}
