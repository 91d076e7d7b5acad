import Schemas
import YAML

extension InvalidSettingCollector {
  /// How connections of clients are kept open: options of the listener's socket, of which Linux takes
  /// whole seconds from 1 to 32767 and 1 to 127 probes (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/clienttrafficpolicy.go, buildKeepAlive; torvalds/linux v6.6,
  /// net/ipv4/tcp.c).
  mutating func check(socketOptionsIn path: Path) {
    if let probes = object[path]?.given("probes")?.integer, probes >= 0, !(1...127 ~= probes) {
      add(path.appending("probes"), "Linux takes 1 to 127", component: .envoy)
    }
    for key in ["idleTime", "interval"] {
      let place = path.appending(key)
      guard let text = object[place]?.text, let length = GatewayDuration.milliseconds(text),
        !(1...32767 ~= length / 1000)
      else { continue }
      add(place, "Linux takes 1s to 32767s, in whole seconds", component: .envoy)
    }
  }
}
