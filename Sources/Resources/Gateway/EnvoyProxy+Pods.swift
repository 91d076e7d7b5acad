import Schemas
import YAML

extension EnvoyProxy {
  /// The volumes that Envoy Gateway gives to the proxies itself (envoyproxy/gateway v1.8.1,
  /// internal/infrastructure/kubernetes/proxy/resource.go).
  package static let ownVolumes: Set<String> = ["certs", "sds"]

  /// What keeps the proxies from running: Envoy Gateway lays labels, volumes and mounts over its own by
  /// their names, and Kubernetes refuses what then does not go together (envoyproxy/gateway v1.8.1,
  /// internal/infrastructure/kubernetes/proxy/resource_provider.go,
  /// internal/infrastructure/kubernetes/resource/resource.go).
  package var podProblems: [PodProblem] {
    ["envoyDeployment", "envoyDaemonSet"].flatMap { kind -> [PodProblem] in
      let base = Path.to("spec", "provider", "kubernetes").appending(kind)
      guard let workload = node[base] else { return [] }
      return EnvoyProxy.problems(
        ofLabels: workload.given("pod", "labels"), at: base.appending(.to("pod", "labels")))
        + volumeProblems(of: workload, at: base) + replicaProblems(of: workload, at: base)
    }
  }

  /// Labels by which Envoy Gateway finds the Pods of a Gateway, with other values.
  static func problems(ofLabels labels: Node?, at path: Path) -> [PodProblem] {
    (labels?.entries ?? []).compactMap { label in
      guard let value = selected[label.key], value != label.value.text else { return nil }
      return PodProblem(
        path: path.appending(label.key),
        problem:
          "Envoy Gateway finds the proxies' Pods by label \(label.key), so that Kubernetes refuses "
          + "them with another value", advice: "use another label")
    }
  }

  /// The labels of the selector that do not depend on the Gateway.
  private static let selected = [
    "app.kubernetes.io/name": "envoy", "app.kubernetes.io/component": "proxy",
    "app.kubernetes.io/managed-by": "envoy-gateway",
  ]

  private func volumeProblems(of workload: Node, at base: Path) -> [PodProblem] {
    let volumes = workload.given("pod")?.list("volumes") ?? []
    let names = volumes.map { $0["name"]?.text ?? "" }
    var problems: [PodProblem] = []
    // Another Secret or ConfigMap may hold the same.
    for (index, name) in names.enumerated()
    where EnvoyProxy.ownVolumes.contains(name) && volumes[index].given("emptyDir") != nil {
      problems.append(
        PodProblem(
          path: base.appending(.to("pod", "volumes", index, "name")),
          problem:
            "it takes the place of Envoy Gateway's own volume \(name), without which no proxy gets a "
            + "configuration", advice: "use another name"))
    }
    let mounts = workload.given("container")?.list("volumeMounts") ?? []
    let list = base.appending(.to("container", "volumeMounts"))
    for (index, mount) in mounts.enumerated() {
      guard let name = mount["name"]?.text, EnvoyProxy.ownVolumes.contains(name),
        let place = mount["mountPath"]?.text, place != "/\(name)"
      else { continue }
      problems.append(
        PodProblem(
          path: list.appending(.to(index, "name")),
          problem:
            "it takes the place of Envoy Gateway's own mount of \(name), without which no proxy "
            + "gets a configuration", advice: "mount a volume of another name"))
    }
    func hasVolume(_ name: String) -> Bool {
      names.contains(name) || EnvoyProxy.ownVolumes.contains(name) || name == "sa-token"
        || workload.given("patch") != nil
    }
    let replaced = Set(mounts.compactMap { $0["name"]?.text })
    problems += PodProblem.all(
      ofMounts: mounts, at: list,
      taken: Set(EnvoyProxy.ownVolumes.subtracting(replaced).map { "/\($0)" }),
      volumes: "pod.volumes", hasVolume: hasVolume)
    for (index, container) in workload.list("initContainers").enumerated() {
      problems += PodProblem.all(
        ofMounts: container.list("volumeMounts"),
        at: base.appending(.to("initContainers", index, "volumeMounts")), taken: [],
        volumes: "pod.volumes", hasVolume: hasVolume)
    }
    return problems
  }

  private func replicaProblems(of workload: Node, at base: Path) -> [PodProblem] {
    guard let count = workload.given("replicas")?.integer, count < 1,
      workload.given("patch") == nil,
      node.given("spec", "provider", "kubernetes", "envoyHpa") == nil
    else { return [] }
    return [
      PodProblem(
        path: base.appending("replicas"),
        problem: count == 0
          ? "there is no proxy, and clients get no connection"
          : "Kubernetes refuses a number below 0", advice: "write 1 or more", isCertain: count < 0)
    ]
  }
}
