import Resources
import Schemas
import YAML

extension Rule {
  static let noProxyIdentity = Rule(
    "L115", "no-proxy-identity", .warning,
    "cloud credentials from a ServiceAccount that the proxies do not have",
    why: "Without a credential of its own, a BackendSecurityPolicy uses the ServiceAccount of the "
      + "proxy's Pod. Envoy Gateway creates one per Gateway, which no cloud trusts: unless the "
      + "node has a role, requests get 500. Where nothing gives Google's credentials at all, the "
      + "sidecar refuses its whole configuration.",
    bad: "awsCredentials: {region: r}, Gateway without infrastructure",
    good: "an EnvoyProxy with envoyServiceAccount {name: sa}, and parametersRef to it",
    reference: Citation.aiGateway("examples/basic/aws-pod-identity.yaml"),
    .bundle { bundle, report in
      let idle = bundle.credentials.filter { $0.credentials.identity != nil }
      guard !idle.isEmpty else { return }
      let setup = bundle.proxySetup
      let gateways = bundle.gatewaysOfServices
      for (index, policy) in idle {
        // Without a fallback each request brings its own; Google's are looked for all the same.
        let isOverridden =
          bundle.release >= .v1_1 && CredentialOverride(policy)?.fallsBack == false
        if isOverridden, policy.identity == .aws { continue }
        let gatewayKeys = policy.targets.reduce(into: Set<ObjectKey>()) {
          $0.formUnion(gateways[$1.object] ?? [])
        }
        for key in gatewayKeys.sorted() {
          guard let gateway = bundle.gateways[key]?.gateway else { continue }
          let identity: String
          switch setup.source(of: gateway) {
          case .unknown: continue
          case .usual: identity = "names no EnvoyProxy"
          case .known(let proxy):
            guard proxy.serviceAccount == nil else { continue }
            identity = "has an EnvoyProxy without envoyServiceAccount"
          }
          report.add(
            "the proxies of Gateway \(key.name) have no identity that the provider knows: it "
              + identity
              + (isOverridden ? "" : "; requests get 500 unless the nodes have a role")
              + (policy.identity == .gcp
                ? (isOverridden ? "; " : ", and ")
                  + "outside Google Cloud the sidecar loads nothing for the whole Gateway" : ""),
            at: .to("spec", policy.identity == .gcp ? "gcpCredentials" : "awsCredentials"),
            in: index)
          break
        }
      }
    })
}
