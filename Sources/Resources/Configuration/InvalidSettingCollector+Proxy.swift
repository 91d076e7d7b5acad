import Schemas
import YAML

extension InvalidSettingCollector {
  /// How an EnvoyProxy wants proxies run.
  mutating func judge(proxyIn spec: Path) {
    let telemetry = spec.appending("telemetry")
    judge(logsIn: telemetry.appending("accessLog"))
    judge(collectorAt: telemetry.appending(.to("tracing", "provider")))
    judge(expressionsIn: telemetry.appending(.to("metrics", "matches")))
    judge(namesOfTLSIn: spec.appending("backendTLS"), hasCiphers: true)
    for path in object.paths(to: "backendSettings") { judge(clusterIn: path) }
  }

  private mutating func judge(logsIn path: Path) {
    guard let logs = object[path], logs.given("disable")?.bool != true else { return }
    for (index, log) in logs.list("settings").enumerated() {
      let place = path.appending(.to("settings", index))
      let format = place.appending("format")
      judge(formatAt: format.appending("text"))
      for entry in object[format]?.given("json")?.entries ?? [] {
        judge(formatAt: format.appending("json").appending(entry.key))
      }
      for sink in log.list("sinks").indices {
        judge(collectorAt: place.appending(.to("sinks", sink, "openTelemetry")))
      }
    }
  }

  /// Where logs or traces are sent, by host and port in place of backendRefs.
  private mutating func judge(collectorAt path: Path) {
    guard object[path]?.list("backendRefs").isEmpty == true else { return }
    judge(numberAt: path.appending("port"), 0...65535, "a port up to 65535")
  }
}
