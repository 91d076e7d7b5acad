import Resources
import Schemas
import YAML

extension Rule {
  static let replicasBesideHPA = Rule(
    "L186", "replicas-beside-hpa", .warning,
    "a number of proxies beside an autoscaler",
    why:
      "Before 1.9 Envoy Gateway writes replicas at every change, whatever the autoscaler made of "
      + "it, so that under load proxies are taken away. Since 1.9 it leaves replicas out.",
    bad: "envoyDeployment: {replicas: 2}, envoyHpa: {maxReplicas: 10}",
    good: "envoyHpa: {minReplicas: 2, maxReplicas: 10}",
    reference: Citation.envoyGateway(
      "internal/infrastructure/kubernetes/proxy/resource_provider.go"),
    .bundle { index, report in
      for proxy in index.proxySetup.orderedProxies
      where proxy.fixesScaledReplicas {
        report.add(
          "before 1.9 Envoy Gateway sets the proxies back to this number at every change, whatever "
            + "envoyHpa made of it, and since 1.9 it does not look at it; write minReplicas there",
          at: .to("spec", "provider", "kubernetes", "envoyDeployment", "replicas"),
          in: proxy.index)
      }
    })
}
