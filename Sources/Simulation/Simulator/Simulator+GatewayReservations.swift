import Resources

extension Simulator {
  /// What keeps new configuration from the proxies of a Gateway, as far as the documents say.
  static func invalidSettings(of gateway: ObjectKey, in index: ResourceIndex) -> [String] {
    var reservations: [String] = []
    for (place, setting) in index.invalidSettings(of: gateway) {
      let document = index.documents[place]
      let text =
        "\(setting.effect) because of \(setting.path) of \(document.kind ?? "") "
        + "\(document.name), and what was configured before holds: \(setting.advice)"
      if !reservations.contains(text) { reservations.append(text) }
    }
    return reservations
  }

  /// Why Envoy does not call AI Gateway for a Gateway, as far as the documents say.
  static func missingSetup(of key: ObjectKey, in index: ResourceIndex) -> [String] {
    var reservations: [String] = []
    if let first = index.missingExtensionSettings.first {
      reservations.append(
        "Envoy Gateway's configuration lacks \(first): AI Gateway is not asked, models are not read, "
          + "and AI routes fail")
    }
    if let listener = index.gateways[key]?.gateway.listenersWithoutHTTP.first {
      reservations.append(
        "AI Gateway stops at listener \(listener.name), which is for \(listener.protocolName): Envoy "
          + "Gateway publishes nothing for the Gateway, unless logRequestHeaderAttributes is empty")
    }
    if let gateway = index.gateways[key]?.gateway, let proxy = index.knownProxy(of: gateway),
      let account = proxy.lostServiceAccount
    {
      reservations.append(
        "Envoy Gateway before 1.7.5, and 1.8, gives the DaemonSet of EnvoyProxy \(proxy.key) another "
          + "ServiceAccount than \(account), which does not exist: no proxy starts")
    }
    if let gateway = index.gateways[key]?.gateway, let proxy = index.mergingProxy(of: gateway) {
      reservations.append(
        "EnvoyProxy \(proxy.key) merges Gateways: AI Gateway adds nothing to such proxies, and AI "
          + "routes fail")
    }
    return reservations
  }
}
