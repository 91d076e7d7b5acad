package import Resources
import Schemas
import YAML

extension Kubectl {
  /// What became of a route; nil where there is none of that name.
  package func status(
    of key: ObjectKey, in snapshot: ClusterSnapshot
  ) throws(ClusterError) -> RouteStatus? {
    let index = ResourceIndex(of: snapshot.objects, release: snapshot.release ?? .current)
    guard let (_, route) = index.route(key) else {
      guard snapshot.mayHold(.aiGatewayRoute, in: key.namespace) else { return nil }
      throw .forbidden("AIGatewayRoutes of \(key.namespace) may not be listed")
    }
    var secrets: [String: Set<String>] = [:]
    for namespace in index.secretNamespaces(of: route) {
      do throws(ClusterError) {
        secrets[namespace] = Set(try self.secrets(in: namespace).map(\.name))
      } catch {
        guard case .forbidden = error else { throw error }
      }
    }
    let reader = StatusReader(route, in: index, of: snapshot, secrets: secrets)
    return RouteStatus(
      route: key, links: reader.links, gatewayAddresses: route.gatewayAddresses(in: index),
      gaps: snapshot.gaps)
  }

  /// The names and types of the Secrets of a namespace; what they hold is not asked for.
  package func secrets(
    in namespace: String
  ) throws(ClusterError) -> [(name: String, type: String)] {
    let answer = try output(of: ["get", "secrets", "-n", namespace, "--no-headers"])
    return answer.rows.compactMap { $0.count > 1 ? ($0[0], $0[1]) : nil }
  }
}

extension ResourceIndex {
  /// The namespaces of the Secrets that a route's backends need.
  fileprivate func secretNamespaces(of route: AIGatewayRoute) -> Set<String> {
    let refs = route.rules.flatMap(\.refs)
    return Set(
      refs.flatMap { ref in
        credentials(
          of: ref.isPool ? .inferencePool : .aiServiceBackend, ref.target(from: route.namespace))
      }.flatMap(\.secrets).map(\.secret.namespace))
  }
}

extension AIGatewayRoute {
  /// The Gateways through which it is reached, each by its first listener that takes it.
  fileprivate func gatewayAddresses(in index: ResourceIndex) -> [RouteStatus.GatewayAddress] {
    parents.filter(\.isGateway).compactMap { parent in
      let key = gateway(of: parent)
      guard let (_, gateway) = index.gateways[key],
        let listener = gateway.listeners(for: parent).first
      else { return nil }
      let address = gateway.node["status"]?.list("addresses").lazy.compactMap { $0["value"]?.text }
        .first
      let url = address.map { listener.url(at: $0) }
      return RouteStatus.GatewayAddress(
        gateway: key, listener: listener.name, url: url,
        curl: url.map { curl($0, host: hostnames.first ?? listener.hostname) })
    }
  }

  private func curl(_ url: String, host: String?) -> String {
    var command = "curl -sS \(url)/v1/chat/completions -H 'Content-Type: application/json'"
    if let host {
      command += " -H 'Host: \(host.hasPrefix("*.") ? "any\(host.dropFirst())" : host)'"
    }
    let model =
      rules.lazy.compactMap { RouteRule.label(of: $0.node) }
      .first { $0 != "catch-all" } ?? "any-model"
    let body =
      "{\"model\": \(model.json), \"messages\": [{\"role\": \"user\", "
      + "\"content\": \"Hello\"}]}"
    return command + " -d '\(body.parts(between: "'").joined(separator: "'\\''"))'"
  }
}

extension Listener {
  fileprivate func url(at address: String) -> String {
    let isTLS = protocolName == "HTTPS" || protocolName == "TLS"
    let usual = isTLS ? 443 : 80
    let host = address.utf8.contains(UInt8(ascii: ":")) ? "[\(address)]" : address
    let port = port.map { $0 == usual ? "" : ":\($0)" } ?? ""
    return "\(isTLS ? "https" : "http")://\(host)\(port)"
  }
}

extension ClusterSnapshot {
  /// The kinds that routes name and of which there may be more than was listed.
  package var incompleteKinds: [String] {
    [
      GroupKind.gateway, .aiServiceBackend, .inferencePool,
      Policy.Kind.client.groupKind,
    ].filter { kind in unlisted.contains { $0.kind == kind.resource } }.map(\.kind)
  }

  /// Whether objects of a kind may be in a namespace though none of them is known.
  func mayHold(_ kind: GroupKind, in namespace: String) -> Bool {
    unlisted.contains { $0.kind == kind.resource && $0.namespace != namespace }
  }
}

extension GroupKind {
  /// As kubectl names it: `gateways.gateway.networking.k8s.io`.
  fileprivate var resource: String {
    let small = kind.lowercased()
    let plural: String
    if small.hasSuffix("cy") {
      plural = small.dropLast() + "ies"
    } else {
      plural = small + (small.hasSuffix("s") ? "es" : "s")
    }
    return group.isEmpty ? plural : "\(plural).\(group)"
  }
}
