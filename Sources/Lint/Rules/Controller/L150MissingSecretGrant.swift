import Resources
import Schemas
import YAML

extension Rule {
  static let missingSecretGrant = Rule(
    "L150", "missing-secret-grant", .warning, .controller,
    "a Secret of another namespace without a grant",
    why: "Envoy Gateway reads a Secret of another namespace only where a ReferenceGrant there "
      + "names the kind that refers to it. Without one the listener is not programmed, or the "
      + "policy refused and every request that it covers gets 500.",
    bad: "certificateRefs: [{name: c, namespace: certs}] alone",
    good: "the same and a ReferenceGrant in certs {from: Gateway, to: Secret}",
    reference: Upstream.envoyGateway("internal/gatewayapi/validate.go"),
    .bundle { bundle, report in
      lazy var homes = Set(
        bundle.grants.all.map(\.grant.home) + bundle.stored("Secret").map(\.namespace))
      for use in bundle.distantSecrets {
        guard
          !bundle.grants.allow(
            use.source, from: use.home, to: .secret, in: use.secret.namespace,
            name: use.secret.name)
        else { continue }
        report.add(
          "namespace \(use.secret.namespace) has no ReferenceGrant here for \(use.source.kind) from "
            + "\(use.home) to Secret \(use.secret.name); write it", at: use.path, in: use.index,
          severity: homes.contains(use.secret.namespace) ? .warning : .info)
        let grant = SuggestedObjects.grant(
          for: use.source, from: use.home, in: use.secret.namespace, to: [.secret])
        report.attach(Fix("write the ReferenceGrant", [.add(bundle.grants.renamingIfTaken(grant))]))
      }
    })
}

extension ResourceIndex {
  /// A reference to a Secret of another namespace.
  fileprivate struct DistantSecret {
    let source: GroupKind
    let home: String
    let secret: ObjectKey
    /// The document, and where the namespace stands in it.
    let index: Int
    let path: Path
  }

  fileprivate var distantSecrets: [DistantSecret] {
    var found: [DistantSecret] = []
    for (key, entry) in gateways {
      for use in entry.gateway.listeners.flatMap(entry.gateway.certificates)
      where use.secret.namespace != key.namespace {
        found.append(
          DistantSecret(
            source: .gateway, home: key.namespace, secret: use.secret, index: entry.index,
            path: use.path.appending("namespace")))
      }
    }
    let places: [Path] = [
      .to("spec", "apiKeyAuth", "credentialRefs"), .to("spec", "basicAuth", "users"),
      .to("spec", "oidc", "clientSecret"),
    ]
    for holder in securityPolicies.all {
      for place in places {
        guard let node = holder.policy.node[place] else { continue }
        let paths = node.items.isEmpty ? [place] : node.items.indices.map { place.appending($0) }
        for path in paths {
          guard let ref = holder.policy.node[path], let name = ref["name"]?.text,
            let namespace = ref.given("namespace")?.text, namespace != holder.policy.home
          else { continue }
          found.append(
            DistantSecret(
              source: .securityPolicy, home: holder.policy.home,
              secret: ObjectKey(namespace, name), index: holder.index,
              path: path.appending("namespace")))
        }
      }
    }
    return found
  }
}
