import Resources
import Schemas
import YAML

extension Rule {
  static let serviceAccountInPod = Rule(
    "L122", "service-account-in-pod", .error, .admission,
    "a serviceAccountName where EnvoyProxy has no such field",
    why: "A strict apply refuses the field; without validation it is dropped, and the proxies keep "
      + "the ServiceAccount that Envoy Gateway creates, which no cloud trusts.",
    bad: "envoyDeployment: {pod: {serviceAccountName: sa}}",
    good: "envoyServiceAccount: {name: sa}",
    reference: Citation.envoyGatewayCRD("envoyproxies"), stage: .decoding,
    repair: .automatic,
    .document { document, report in
      guard document.partlyKnownResource != nil else { return }
      let base = Path.to("spec", "provider", "kubernetes")
      for deployment in ["envoyDeployment", "envoyDaemonSet"] {
        let path = base.appending(.to(deployment, "pod", "serviceAccountName"))
        guard let name = document.node[path] else { continue }
        report.add(
          "a Pod of an EnvoyProxy has no serviceAccountName; write envoyServiceAccount {name: ...}",
          at: path, fix: "write envoyServiceAccount",
          .set(base.appending(.to("envoyServiceAccount", "name")), name),
          .remove(document.node.emptied(by: path, depth: base.count + 1)))
      }
    })
}
