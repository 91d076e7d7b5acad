package import YAML

/// How proxies are run: an EnvoyProxy (envoyproxy/gateway v1.8.1, api/v1alpha1/envoyproxy_types.go).
package struct EnvoyProxy: Sendable {
  /// The place among the documents.
  package let index: Int
  package let key: ObjectKey
  package let node: Node

  private var kubernetes: Node? { node.given("spec", "provider", "kubernetes") }

  /// The ServiceAccount of the proxies; nil for that of Envoy Gateway's own making.
  package var serviceAccount: String? { kubernetes?.given("envoyServiceAccount", "name")?.text }

  /// The ServiceAccount that no Pod gets: some releases of Envoy Gateway write into the Pods of a
  /// DaemonSet that of their own making, which they do not create then (envoyproxy/gateway v1.8.1,
  /// internal/infrastructure/kubernetes/proxy/resource_provider.go, getPodSpec; v1.7.5,
  /// release-notes/v1.7.5.yaml; v1.9.0, release-notes/v1.9.0.yaml).
  package var lostServiceAccount: String? {
    kubernetes?.given("envoyDaemonSet") == nil ? nil : serviceAccount
  }

  /// The releases of which that is true, as the subject of a sentence.
  package static let releasesLosingServiceAccount = "Envoy Gateway before 1.7.5, and 1.8,"

  /// Whether it names a number of proxies beside an autoscaler, which Envoy Gateway writes again and
  /// again before 1.9 (envoyproxy/gateway v1.9.0, release-notes/v1.9.0.yaml).
  package var fixesScaledReplicas: Bool {
    kubernetes?.given("envoyHpa") != nil && kubernetes?.given("envoyDeployment", "replicas") != nil
  }

  /// The versions of TLS for backends that do not name their own.
  package var tlsVersions: TLSVersions { TLSVersions(node.given("spec", "backendTLS")) }

  /// The names of the volumes that the proxies' Pods have.
  package var volumes: Set<String> {
    let pods = ["envoyDeployment", "envoyDaemonSet"].compactMap { kubernetes?.given($0, "pod") }
    return Set(pods.flatMap { $0.list("volumes").compactMap { $0["name"]?.text } })
  }

  /// Whether rules are tried in the order in which they stand, and not the most precise first.
  package var keepsOrder: Bool { node.given("spec", "preserveRouteOrder")?.bool == true }

  /// How filters are moved from their usual places.
  package var filterOrder: [Node] { node["spec"]?.list("filterOrder") ?? [] }

  /// Whether proxies listen on the ports of the listeners themselves.
  package var keepsPorts: Bool {
    kubernetes?.given("useListenerPortAsContainerPort")?.bool == true
  }

  /// Whether requests go to the addresses of Services unless a BackendTrafficPolicy says otherwise, and
  /// not to their endpoints.
  var routesToServices: Bool { node.given("spec", "routingType")?.text == "Service" }

  /// Whether metrics are to be had from the proxies.
  var showsMetrics: Bool {
    node.given("spec", "telemetry", "metrics", "prometheus", "disable")?.bool != true
  }

  /// Whether all Gateways of a class share one set of proxies.
  package var mergesGateways: Bool { node.given("spec", "mergeGateways")?.bool == true }
}

extension EnvoyProxy {
  /// Where it says whom logs, traces and metrics are sent to, with what Envoy Gateway says of
  /// backendRefs there that lead nowhere.
  var collectors: [(path: Path, part: String)] {
    let telemetry = Path.to("spec", "telemetry")
    func part(_ what: String) -> String {
      "Invalid \(what) backendRefs in the referenced EnvoyProxy"
    }
    var places: [(Path, String)] = []
    let logs = node[telemetry.appending("accessLog")]
    if logs?.given("disable")?.bool != true {
      for (index, log) in (logs?.list("settings") ?? []).enumerated() {
        for sink in log.list("sinks").indices {
          let place = telemetry.appending(.to("accessLog", "settings", index, "sinks", sink))
          places += ["als", "openTelemetry"].map { (place.appending($0), part("access log")) }
        }
      }
    }
    places.append((telemetry.appending(.to("tracing", "provider")), part("tracing")))
    let sinks = node[telemetry.appending(.to("metrics", "sinks"))]?.items ?? []
    places += sinks.indices.map {
      (telemetry.appending(.to("metrics", "sinks", $0, "openTelemetry")), part("metrics"))
    }
    return places
  }
}
