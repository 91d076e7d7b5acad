import Resources
import Schemas
import YAML

extension Rule {
  static let sidecarSource = Rule(
    "L181", "sidecar-source", .warning, .controller,
    "a variable or volume of the proxies' Pods from a Secret or ConfigMap that stands elsewhere",
    why: "Envoy Gateway runs the proxies, with AI Gateway's sidecar in their Pods, in its own "
      + "namespace unless it is told otherwise. There the Secrets and ConfigMaps of variables and "
      + "volumes are looked up; without one no new proxy starts.",
    bad: "GatewayConfig and Secret in llm, env: [{valueFrom: {secretKeyRef: {name: s, key: k}}}]",
    good: "the same with the Secret in envoy-gateway-system",
    reference: Citation.aiGateway("internal/controller/gateway_mutator.go"),
    .bundle { index, report in
      guard !index.runsProxiesBesideGateways else { return }
      for (kind, places) in [
        (GroupKind.gatewayConfig, PodSource.placesOfConfig), (.envoyProxy, PodSource.placesOfProxy),
      ] {
        for document in index.others(kind)
        where document.namespace != WellKnown.envoyGatewayNamespace {
          for source in places.flatMap({ PodSource.all(in: document.node, $0) })
          where index.hasOnly(source, in: document.namespace) {
            report.add(
              "\(source.kind) \(source.name) stands in namespace \(document.namespace), and the "
                + "proxies' Pods look for it in their own, which is Envoy Gateway's unless it is "
                + "told otherwise: without it no new proxy starts; put it there",
              at: source.path, in: document.index)
          }
        }
      }
    })
}

/// A Secret or ConfigMap without which a container does not start (kubernetes/api, core/v1).
private struct PodSource {
  let kind: String
  let name: String
  let path: Path

  /// A list in a document, whether of variables or of volumes.
  typealias Place = (list: Path, isOfVolumes: Bool)

  static let placesOfConfig: [Place] = [(.to("spec", "extProc", "kubernetes", "env"), false)]
  static let placesOfProxy: [Place] = ["envoyDeployment", "envoyDaemonSet"].flatMap { kind in
    let base = Path.to("spec", "provider", "kubernetes").appending(kind)
    return [
      (base.appending(.to("container", "env")), false),
      (base.appending(.to("pod", "volumes")), true),
    ]
  }

  /// All that the items of a list name and that are not optional.
  static func all(in node: Node, _ place: Place) -> [PodSource] {
    (node[place.list]?.items ?? []).enumerated().flatMap { number, item in
      references(in: item, isVolume: place.isOfVolumes).compactMap { kind, way, key in
        guard let ref = item[way], ref.given("optional")?.bool != true, let name = ref[key]?.text,
          !Variable.isIn(name)
        else { return nil }
        return PodSource(
          kind: kind, name: name,
          path: place.list.appending(number).appending(way).appending(key))
      }
    }
  }

  private static func references(in item: Node, isVolume: Bool)
    -> [(kind: String, way: Path, key: String)]
  {
    guard isVolume else {
      return [
        ("Secret", .to("valueFrom", "secretKeyRef"), "name"),
        ("ConfigMap", .to("valueFrom", "configMapKeyRef"), "name"),
      ]
    }
    let projected = (item.given("projected")?.list("sources") ?? []).indices.flatMap { place in
      [("Secret", "secret"), ("ConfigMap", "configMap")].map { kind, key in
        (kind, Path.to("projected", "sources", place).appending(key), "name")
      }
    }
    return [
      ("Secret", .to("secret"), "secretName"), ("ConfigMap", .to("configMap"), "name"),
    ] + projected
  }
}

extension ResourceIndex {
  /// Whether a Secret or ConfigMap stands in one namespace and in no other.
  fileprivate func hasOnly(_ source: PodSource, in namespace: String) -> Bool {
    stored(source.kind, ObjectKey(namespace, source.name)) != nil
      && stored(source.kind).count { $0.name == source.name } == 1
  }
}
