import Resources
import Schemas
import YAML

extension Rule {
  static let sidecarSource = Rule(
    "L181", "sidecar-source", .warning, .controller,
    "a variable of the sidecar from a Secret or ConfigMap that stands elsewhere",
    why: "AI Gateway's sidecar runs in the proxies' Pod, which Envoy Gateway runs in its own "
      + "namespace unless it is told otherwise. There the Secrets and ConfigMaps of variables are "
      + "looked up; without one no new proxy starts.",
    bad: "GatewayConfig and Secret in llm, env: [{valueFrom: {secretKeyRef: {name: s, key: k}}}]",
    good: "the same with the Secret in envoy-gateway-system",
    reference: Citation.aiGateway("internal/controller/gateway_mutator.go"),
    .bundle { index, report in
      guard !index.runsProxiesBesideGateways else { return }
      for config in index.others(.gatewayConfig)
      where config.namespace != "envoy-gateway-system" {
        let path = Path.to("spec", "extProc", "kubernetes", "env")
        for (place, variable) in (config.node[path]?.items ?? []).enumerated() {
          for (field, kind) in [("secretKeyRef", "Secret"), ("configMapKeyRef", "ConfigMap")] {
            guard let ref = variable.given("valueFrom", field), ref.given("optional")?.bool != true,
              let name = ref["name"]?.text, !Variable.isIn(name),
              index.stored(kind, ObjectKey(config.namespace, name)) != nil,
              index.stored(kind).count(where: { $0.name == name }) == 1
            else { continue }
            report.add(
              "\(kind) \(name) stands in namespace \(config.namespace), and the proxies' Pods look "
                + "for it in their own, which is Envoy Gateway's unless it is told otherwise: without "
                + "it no new proxy starts; put it there",
              at: path.appending(.to(place, "valueFrom", field, "name")), in: config.index)
          }
        }
      }
    })
}

extension ResourceIndex {
  /// Whether proxies run in the namespaces of their Gateways (envoyproxy/gateway v1.8.1,
  /// api/v1alpha1/envoygateway_types.go, KubernetesDeployMode).
  fileprivate var runsProxiesBesideGateways: Bool {
    documents.contains { document in
      guard case .installation(let installation) = document.content else { return false }
      let type = installation.envoyGateway?.given("provider", "kubernetes", "deploy", "type")
      return type?.text == "GatewayNamespace"
    }
  }
}
