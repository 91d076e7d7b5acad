import Schemas
import YAML

extension InvalidSettingCollector {
  /// How an EnvoyProxy wants proxies run.
  mutating func check(proxyIn spec: Path) {
    let telemetry = spec.appending("telemetry")
    check(logsIn: telemetry.appending("accessLog"))
    check(collectorAt: telemetry.appending(.to("tracing", "provider")))
    check(
      headerValuesIn: telemetry.appending(.to("tracing", "provider", "openTelemetry", "headers")))
    for sink in (object[telemetry]?.given("metrics")?.list("sinks") ?? []).indices {
      check(
        headerValuesIn: telemetry.appending(
          .to("metrics", "sinks", sink, "openTelemetry", "headers")))
    }
    check(tracingIn: telemetry.appending("tracing"))
    check(expressionsIn: telemetry.appending(.to("metrics", "matches")))
    check(namesOfTLSIn: spec.appending("backendTLS"), hasCiphers: true)
    for path in object.paths(to: "backendSettings") { check(clusterSettingsIn: path) }
  }

  private mutating func check(logsIn path: Path) {
    guard let logs = object[path], logs.given("disable")?.bool != true else { return }
    for (index, log) in logs.list("settings").enumerated() {
      let place = path.appending(.to("settings", index))
      let format = place.appending("format")
      check(formatAt: format.appending("text"))
      for entry in object[format]?.given("json")?.entries ?? [] {
        check(formatAt: format.appending("json").appending(entry.key))
      }
      for sink in log.list("sinks").indices {
        let collector = place.appending(.to("sinks", sink, "openTelemetry"))
        check(collectorAt: collector)
        check(headerValuesIn: collector.appending("headers"))
      }
    }
  }

  /// Where logs or traces are sent, by host and port in place of backendRefs.
  private mutating func check(collectorAt path: Path) {
    guard object[path]?.list("backendRefs").isEmpty == true else { return }
    check(numberAt: path.appending("port"), 0...65535, "a port up to 65535")
  }
}
