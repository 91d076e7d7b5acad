import Resources
import Schemas

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
    guard let gateway = index.gateways[key]?.gateway else { return reservations }
    if let listener = gateway.listenersWithoutHTTP.first {
      reservations.append(
        "AI Gateway stops at listener \(listener.name), which is for \(listener.protocolName): Envoy "
          + "Gateway publishes nothing for the Gateway, unless logRequestHeaderAttributes is empty")
    }
    if let proxy = index.knownProxy(of: gateway), let account = proxy.lostServiceAccount {
      reservations.append(
        "\(EnvoyProxy.releasesLosingServiceAccount) gives the DaemonSet of EnvoyProxy \(proxy.key) "
          + "another ServiceAccount than \(account), which does not exist: no proxy starts")
    }
    if let proxy = index.mergingProxy(of: gateway) {
      reservations.append(
        "EnvoyProxy \(proxy.key) merges Gateways: AI Gateway adds nothing to such proxies, and AI "
          + "routes fail")
    }
    return reservations
  }

  /// What keeps the configuration of a Gateway's filters from its proxies, before AI Gateway 1.1.
  static func configurationSecrets(of key: ObjectKey, in index: ResourceIndex) -> [String] {
    var reservations: [String] = []
    for (secret, gateways) in index.sharedConfigurations where gateways.contains(key) {
      let others = gateways.filter { $0 != key }.map(\.description).joined(separator: ", ")
      reservations.append(
        "AI Gateway \(index.release.rawValue) writes the configurations of this Gateway and of "
          + "\(others) into one Secret \(secret), and the proxies have that of one of them")
    }
    if index.oversizedConfigurations.contains(where: { $0.gateway == key }) {
      reservations.append(
        "AI Gateway \(index.release.rawValue) writes the configuration of this Gateway into one Secret, "
          + "which is too small for it, and nothing new reaches the proxies")
    }
    return reservations
  }
}
