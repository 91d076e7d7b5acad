import Schemas
package import YAML

/// A setting of the proxies' Pods with which none of them starts or gets a configuration.
package struct PodProblem: Sendable {
  package let path: Path
  /// What becomes of the proxies, and what to do: the two parts of a sentence.
  package let problem: String
  package let advice: String
  /// Whether nothing else in the cluster can mend it.
  package var isCertain = true
}

extension PodProblem {
  /// What Kubernetes refuses of a container's mounts, at the path of their list; `taken` are the paths that
  /// something is mounted at already (kubernetes/kubernetes v1.36.2,
  /// pkg/apis/core/validation/validation.go).
  static func all(
    ofMounts mounts: [Node], at path: Path, taken: Set<String>, volumes: String,
    hasVolume: (String) -> Bool
  ) -> [PodProblem] {
    var taken = taken
    var problems: [PodProblem] = []
    for (index, mount) in mounts.enumerated() {
      let path = path.appending(index)
      if let place = mount["mountPath"]?.text, !Variable.isIn(place) {
        let isTaken = !taken.insert(place).inserted
        if isTaken || place.contains(":") {
          problems.append(
            PodProblem(
              path: path.appending("mountPath"),
              problem: place.contains(":")
                ? "Kubernetes takes no colon in a mountPath, so that no Pod is created"
                : "something is mounted at \(place) already, so that Kubernetes refuses the Pods",
              advice: "use another path"))
        }
      }
      guard let name = mount["name"]?.text, !Variable.isIn(name), !hasVolume(name) else {
        continue
      }
      problems.append(
        PodProblem(
          path: path.appending("name"),
          problem: "the Pods have no volume \(name), so that Kubernetes refuses them",
          advice: "add it to \(volumes)"))
    }
    return problems
  }

  /// What keeps Kubernetes from creating or starting a container: it asks for more than it may use, or
  /// must not run as the user that it runs as.
  static func all(ofContainer container: Node, at path: Path) -> [PodProblem] {
    let limits = container.given("resources", "limits")
    var problems: [PodProblem] = []
    for request in container.given("resources", "requests")?.entries ?? [] {
      guard let asked = request.value.scalar?.text, !Variable.isIn(asked),
        let most = limits?.given(request.key)?.scalar?.text,
        let amount = Quantity.amount(of: asked), let limit = Quantity.amount(of: most),
        amount > limit
      else { continue }
      problems.append(
        PodProblem(
          path: path.appending(.to("resources", "requests", request.key)),
          problem:
            "\(request.key) \(asked) is more than its limit \(most), so that no Pod is created",
          advice: "ask for at most that"))
    }
    let security = container.given("securityContext")
    if security?.given("runAsUser")?.integer == 0, security?.given("runAsNonRoot")?.bool == true {
      problems.append(
        PodProblem(
          path: path.appending(.to("securityContext", "runAsUser")),
          problem: "user 0 is root, as which the container must not run",
          advice: "use another user"))
    }
    return problems
  }
}

extension ResourceIndex {
  /// What a GatewayConfig mounts in the Pods of its Gateways that they do not have, or where something is
  /// already (envoyproxy/ai-gateway v1.1.0, internal/controller/gateway_mutator.go).
  package func mountProblems(of config: Document) -> [PodProblem] {
    let path = Path.to("spec", "extProc", "kubernetes", "volumeMounts")
    guard let mounts = config.node[path]?.items, !mounts.isEmpty else { return [] }
    let setup = proxySetup
    let sources = gateways.values.map(\.gateway).filter { $0.configuration == config.key }
      .map(setup.source)
    return PodProblem.all(
      ofMounts: mounts, at: path,
      taken: [
        "/etc/filter-config", "/etc/filter-config-bundle", "/etc/ai-gateway-extproc-uds",
      ], volumes: "the EnvoyProxy's envoyDeployment.pod.volumes"
    ) { name in
      EnvoyProxy.ownVolumes.contains(name) || sources.allSatisfy { $0.mayHave(volume: name) }
    }
  }

  /// What keeps the proxies of a Gateway from starting.
  func podProblems(of gateway: Gateway) -> [PodProblem] {
    let proxy = knownProxy(of: gateway)
    let config = gateway.configuration.flatMap { key in
      others(.gatewayConfig).first { $0.key == key }
    }
    return gateway.labelProblems + (proxy?.podProblems ?? [])
      + (proxy.map { documents[$0.index].containerProblems } ?? [])
      + (config.map { mountProblems(of: $0) + $0.containerProblems } ?? [])
  }
}

extension ProxySetup.Source {
  fileprivate func mayHave(volume: String) -> Bool {
    switch self {
    case .unknown: true
    case .usual: false
    case .known(let proxy): proxy.volumes.contains(volume)
    }
  }
}

extension Gateway {
  /// Labels for its proxies' Pods with which Envoy Gateway does not find them.
  package var labelProblems: [PodProblem] {
    let path = Path.to("spec", "infrastructure", "labels")
    return EnvoyProxy.problems(ofLabels: node[path], at: path)
  }
}

extension Document {
  /// What keeps Kubernetes from creating or starting the container of a GatewayConfig or the containers of
  /// an EnvoyProxy; nothing for other kinds.
  package var containerProblems: [PodProblem] {
    containers.flatMap { path in node[path].map { PodProblem.all(ofContainer: $0, at: path) } ?? []
    }
  }

  /// Where containers of the proxies' Pods are described.
  private var containers: [Path] {
    if kind == GroupKind.gatewayConfig.kind { return [.to("spec", "extProc", "kubernetes")] }
    guard kind == GroupKind.envoyProxy.kind else { return [] }
    return ["envoyDeployment", "envoyDaemonSet"].flatMap { workload in
      let base = Path.to("spec", "provider", "kubernetes").appending(workload)
      let inits = (node[base]?.list("initContainers") ?? []).indices.map {
        base.appending(.to("initContainers", $0))
      }
      return [base.appending("container")] + inits
    }
  }
}
