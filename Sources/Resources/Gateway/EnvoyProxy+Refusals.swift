package import Schemas
package import YAML

extension EnvoyProxy {
  /// Why Envoy Gateway does not take an EnvoyProxy that the server took: the Gateways with it are
  /// not accepted, and their proxies have no listeners (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/translator.go, GetRelevantGateways).
  package struct Refusal: Sendable {
    /// The value in question, from the root of the EnvoyProxy.
    package let path: Path
    /// The condition on the Gateway, in Envoy Gateway's words.
    package let condition: String
    /// What would be right, in our words.
    package let advice: String

    fileprivate init(_ path: Path, _ condition: String, _ advice: String) {
      self.path = path
      self.condition = condition
      self.advice = advice
    }
  }

  /// All that there are (api/v1alpha1/validation/envoyproxy_validate.go).
  package var refusals: [Refusal] {
    guard let spec = node.given("spec") else { return [] }
    return ofHost(spec) + ofPatches(spec) + ofService(spec) + ofStatName(spec) + ofOrder(spec)
      + ofBootstrap(spec)
  }

  private func ofHost(_ spec: Node) -> [Refusal] {
    guard spec.given("provider", "type")?.text == "Host",
      spec.given("provider", "host") == nil
    else { return [] }
    return [
      Refusal(
        .to("spec", "provider"), "field 'host' should be specified when provider type is 'Host'",
        "write host {}, or type Kubernetes in a cluster")
    ]
  }

  private func ofPatches(_ spec: Node) -> [Refusal] {
    let parts = [
      ("envoyDeployment", "deployment"), ("envoyHpa", "hpa"), ("envoyPDB", "pdb"),
      ("envoyService", "service"),
    ]
    return parts.compactMap { field, name in
      guard let type = spec.given("provider", "kubernetes", field, "patch", "type")?.text,
        !["JSONMerge", "StrategicMerge"].contains(type), !Variable.isIn(type)
      else { return nil }
      return Refusal(
        .to("spec", "provider", "kubernetes", field, "patch", "type"),
        "unsupported envoy \(name) patch type \(type)", "use StrategicMerge or JSONMerge")
    }
  }

  /// What load balancers are asked for, which has to be of IPv4.
  private func ofService(_ spec: Node) -> [Refusal] {
    let path = Path.to("spec", "provider", "kubernetes", "envoyService")
    var refusals: [Refusal] = []
    let service = node[path]
    for (index, item) in (service?.list("loadBalancerSourceRanges") ?? []).enumerated() {
      guard let text = item.text, !Variable.isIn(text), !IPAddress.isShortNetwork(text) else {
        continue
      }
      refusals.append(
        Refusal(
          path.appending(.to("loadBalancerSourceRanges", index)),
          "loadBalancerSourceRange:\(text) is an invalid IP subnet",
          "use a network of IPv4 such as 10.0.0.0/8"))
    }
    if let text = service?.given("loadBalancerIP")?.text, !Variable.isIn(text),
      IPAddress.bytes(text)?.count != 4
    {
      refusals.append(
        Refusal(
          path.appending("loadBalancerIP"), "loadBalancerIP:\(text) is an invalid IP address",
          "use an address of IPv4"))
    }
    return refusals
  }

  private func ofStatName(_ spec: Node) -> [Refusal] {
    guard let text = spec.given("telemetry", "metrics", "clusterStatName")?.text,
      let problem = StatName.problem(of: text, operators: StatName.cluster)
    else { return [] }
    return [
      Refusal(
        .to("spec", "telemetry", "metrics", "clusterStatName"),
        "unable to configure Cluster Stat Name: \(problem)",
        "use \(StatName.cluster.alternatives)")
    ]
  }

  /// Filters that are to stand before themselves.
  private func ofOrder(_ spec: Node) -> [Refusal] {
    var following: [String: Set<String>] = [:]
    for (index, item) in spec.list("filterOrder").enumerated() {
      guard let name = item["name"]?.text,
        let other = item.given("before")?.text ?? item.given("after")?.text
      else { continue }
      let (first, last) = item.given("before") != nil ? (name, other) : (other, name)
      guard !reaches(first, from: last, by: following) else {
        return [
          Refusal(
            .to("spec", "filterOrder", index),
            "there is a cycle in the filter order: \(first) -> \(last)",
            "leave this item out, or one that it contradicts")
        ]
      }
      following[first, default: []].insert(last)
    }
    return []
  }

  private func reaches(_ wanted: String, from start: String, by following: [String: Set<String>])
    -> Bool
  {
    var seen: Set<String> = []
    var open = [start]
    while let name = open.popLast() {
      if name == wanted { return true }
      if seen.insert(name).inserted { open += following[name] ?? [] }
    }
    return false
  }

  /// Envoy's beginnings: of those that replace Envoy Gateway's own, what leads to it has to stay
  /// (internal/xds/bootstrap/validate.go).
  private func ofBootstrap(_ spec: Node) -> [Refusal] {
    let path = Path.to("spec", "bootstrap", "value")
    guard let text = node[path]?.text, !Variable.isIn(text) else { return [] }
    let type = spec.given("bootstrap", "type")?.text ?? "Replace"
    guard type == "Replace" || type == "Merge" else { return [] }
    let parsed = Parser().parse(Array(text.utf8))
    guard !parsed.hasErrors, let root = parsed.documents.first?.root, case .mapping = root else {
      return [
        Refusal(path, "unable to unmarshal user bootstrap", "write Envoy's bootstrap in YAML")
      ]
    }
    guard type == "Replace" else { return [] }
    guard root.either("dynamic_resources", "dynamicResources") != nil else {
      return [
        Refusal(
          path, "dynamic_resources cannot be modified",
          "keep dynamic_resources as they are, or use type Merge")
      ]
    }
    let clusters = root.either("static_resources", "staticResources")?.list("clusters") ?? []
    guard !clusters.contains(where: { $0["name"]?.text == "xds_cluster" }) else { return [] }
    return [
      Refusal(
        path, "xds_cluster's loadAssigntment cannot be modified",
        "keep cluster xds_cluster as it is, or use type Merge")
    ]
  }
}

extension EnvoyProxy {
  /// The objects of which the API server takes none by the name that is to be theirs, so that the
  /// proxies are not run or not reached (internal/infrastructure/kubernetes/proxy/resource_provider.go).
  package var misnamedObjects: [(path: Path, kind: String, pattern: Pattern)] {
    let objects: [(field: String, kind: String, pattern: Pattern)] = [
      ("envoyDeployment", "Deployment", .subdomain), ("envoyDaemonSet", "DaemonSet", .subdomain),
      ("envoyService", "Service", .label), ("envoyServiceAccount", "ServiceAccount", .subdomain),
    ]
    return objects.compactMap { field, kind, pattern in
      let path = Path.to("spec", "provider", "kubernetes", field, "name")
      guard let name = node[path]?.text, !Variable.isIn(name),
        !pattern.accepts(name) || name.utf8.count > (pattern == .label ? 63 : 253)
      else { return nil }
      return (path, kind, pattern)
    }
  }
}

extension Node {
  /// A field of protobuf by one of its two names.
  fileprivate func either(_ first: String, _ second: String) -> Node? {
    given(first) ?? given(second)
  }
}

extension EnvoyProxy {
  /// Expressions in CEL that say which requests are logged and cannot be parsed, for which Envoy
  /// Gateway writes no access logs (envoyproxy/gateway v1.8.1, internal/gatewayapi/listener.go,
  /// processAccessLog).
  var unreadableMatches: [PolicyRefusal] {
    let path = Path.to("spec", "telemetry", "accessLog")
    guard let logs = node[path], logs.given("disable")?.bool != true else { return [] }
    return logs.list("settings").enumerated().flatMap { place, log in
      log.list("matches").enumerated().compactMap { index, match -> PolicyRefusal? in
        guard let text = match.text, !Variable.isIn(text),
          let problem = ToolExpression.grammarProblem(in: text)
        else { return nil }
        return PolicyRefusal(
          path.appending(.to("settings", place, "matches", index)),
          "invalid CEL expression: \(text)", problem)
      }
    }
  }
}
