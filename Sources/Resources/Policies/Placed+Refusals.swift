import Schemas
package import YAML

extension ResourceIndex {
  /// Why Envoy Gateway refuses a policy on routes of a listener for what the listener, or the
  /// proxies of its Gateway, do not have, as far as the documents say.
  package func placedRefusals(of spec: Node, from policy: Policy, at place: KnownListener)
    -> [PolicyRefusal]
  {
    switch policy.kind {
    case .client, .backend: []
    case .security: placeRefusals(of: spec.given("authorization"), at: place)
    case .extensions: moduleRefusals(of: spec.list("dynamicModule"), at: place)
    }
  }

  /// What the EnvoyProxy of a Gateway says; nil where that is not known, or joined with another.
  private func proxySpec(of gateway: Gateway) -> Node? {
    switch proxySetup.source(of: gateway) {
    case .usual: .map([:])
    case .known(let proxy):
      proxy.node.given("spec", "mergeType") == nil ? proxy.node.given("spec") ?? .map([:]) : nil
    case .unknown: nil
    }
  }

  /// GeoIP rules need databases configured in the EnvoyProxy, and a client address that the
  /// ClientTrafficPolicy detects (envoyproxy/gateway v1.8.1, internal/gatewayapi/securitypolicy.go,
  /// validateAuthorizationGeoIP).
  private func placeRefusals(of authorization: Node?, at place: KnownListener) -> [PolicyRefusal] {
    let rules = authorization?.list("rules") ?? []
    guard
      let first = rules.firstIndex(where: {
        !($0.given("principal")?.list("clientIPGeoLocations") ?? []).isEmpty
      })
    else { return [] }
    let path = Path.to(
      "spec", "authorization", "rules", first, "principal", "clientIPGeoLocations")
    func refused(_ condition: String, _ advice: String, isCertain: Bool = true)
      -> [PolicyRefusal]
    {
      [
        PolicyRefusal(
          path, "Authorization: authorization clientIPGeoLocations\(condition)", advice,
          isCertain: isCertain)
      ]
    }
    if let client = clientTraffic(gateway: place.gateway.name, listener: place.listener.name) {
      let detection = client.policy.spec.given("clientIPDetection")
      if detection == nil {
        return refused(
          " requires ClientTrafficPolicy.spec.clientIPDetection to be configured",
          "write clientIPDetection in ClientTrafficPolicy \(client.policy.name)")
      }
      if let trusted = detection?.given("xForwardedFor"), !trusted.list("trustedCIDRs").isEmpty {
        return refused(
          " does not support ClientIPDetection.XForwardedFor.TrustedCIDRs",
          "use numTrustedHops in ClientTrafficPolicy \(client.policy.name)")
      }
    } else {
      return refused(
        " requires ClientTrafficPolicy.spec.clientIPDetection to be configured",
        "write a ClientTrafficPolicy with it for Gateway \(place.gateway.name.name), which has none "
          + "here", isCertain: false)
    }
    guard let proxy = proxySpec(of: place.gateway) else { return [] }
    guard let databases = proxy.given("geoIP", "provider", "maxMind") else {
      return refused(
        " requires EnvoyProxy.spec.geoIP.provider to be configured",
        "write geoIP in the EnvoyProxy of Gateway \(place.gateway.name.name)")
    }
    let places = rules.flatMap { $0.given("principal")?.list("clientIPGeoLocations") ?? [] }
    for (field, sources) in ResourceIndex.databases
    where places.contains(where: { $0.given(field) != nil })
      && sources.allSatisfy({ databases.given($0) == nil })
    {
      return refused(
        ".\(field) requires EnvoyProxy.spec.geoIP.provider.maxMind."
          + sources.joined(separator: " or "), "write it in the EnvoyProxy")
    }
    return []
  }

  /// The databases that know each thing of a client's place.
  private static let databases = [
    ("country", ["countryDbSource", "cityDbSource"]), ("region", ["cityDbSource"]),
    ("city", ["cityDbSource"]), ("asn", ["asnDbSource"]), ("isp", ["ispDbSource"]),
    ("anonymous", ["anonymousIpDbSource"]),
  ]

  /// Only modules that the EnvoyProxy names are loaded (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/envoyextensionpolicy.go, buildDynamicModules).
  private func moduleRefusals(of modules: [Node], at place: KnownListener) -> [PolicyRefusal] {
    guard !modules.isEmpty, let proxy = proxySpec(of: place.gateway) else { return [] }
    let known = Set(proxy.list("dynamicModules").compactMap { $0["name"]?.text })
    return modules.enumerated().compactMap { index, module in
      guard let name = module["name"]?.text, !known.contains(name) else { return nil }
      return PolicyRefusal(
        .to("spec", "dynamicModule", index, "name"),
        "DynamicModule: dynamic module \(name.quoted) is not registered in the EnvoyProxy "
          + "dynamicModules allowlist",
        "write it in dynamicModules of the EnvoyProxy of Gateway \(place.gateway.name.name)")
    }
  }
}
