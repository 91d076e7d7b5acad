import Resources
import Schemas
import YAML

extension Rule {
  static let lostServiceAccount = Rule(
    "L185", "lost-service-account", .warning, .controller,
    "a ServiceAccount for the proxies of a DaemonSet",
    why:
      "\(EnvoyProxy.releasesLosingServiceAccount) writes a ServiceAccount of its own making into "
      + "the Pods of a DaemonSet, and does not create it where another is named. Kubernetes then "
      + "starts no proxy, or one without the cloud's identity where that account is left from before.",
    bad: "provider.kubernetes: {envoyDaemonSet: {}, envoyServiceAccount: {name: sa}}",
    good: "provider.kubernetes: {envoyDeployment: {}, envoyServiceAccount: {name: sa}}",
    reference: Citation.envoyGateway(
      "internal/infrastructure/kubernetes/proxy/resource_provider.go"),
    .bundle { index, report in
      for proxy in index.proxySetup.orderedProxies {
        guard let account = proxy.lostServiceAccount else { continue }
        report.add(
          "\(EnvoyProxy.releasesLosingServiceAccount) gives the Pods of a DaemonSet another "
            + "ServiceAccount than \(account), which does not exist: no proxy starts; use envoyDeployment, or Envoy "
            + "Gateway 1.9", at: .to("spec", "provider", "kubernetes", "envoyServiceAccount"),
          in: proxy.index)
      }
    })
}
