import Schemas
import YAML

extension InvalidSettingCollector {
  /// How an EnvoyProxy wants proxies run.
  mutating func checkProxySettings(in spec: Path) {
    let telemetry = spec.appending("telemetry")
    checkAccessLogs(in: telemetry.appending("accessLog"))
    checkCollector(at: telemetry.appending(.to("tracing", "provider")))
    checkHeaderValues(
      in: telemetry.appending(.to("tracing", "provider", "openTelemetry", "headers")))
    for sink in (object[telemetry]?.given("metrics")?.list("sinks") ?? []).indices {
      checkHeaderValues(
        in: telemetry.appending(
          .to("metrics", "sinks", sink, "openTelemetry", "headers")))
    }
    checkTracing(in: telemetry.appending("tracing"))
    checkMatchExpressions(in: telemetry.appending(.to("metrics", "matches")))
    checkNamesOfTLS(in: spec.appending("backendTLS"), hasCiphers: true)
    for path in object.paths(to: "backendSettings") { checkClusterSettings(in: path) }
  }

  private mutating func checkAccessLogs(in path: Path) {
    guard let logs = object[path], logs.given("disable")?.bool != true else { return }
    for (index, log) in logs.list("settings").enumerated() {
      let place = path.appending(.to("settings", index))
      let format = place.appending("format")
      checkCommandOperators(at: format.appending("text"))
      for entry in object[format]?.given("json")?.entries ?? [] {
        checkCommandOperators(at: format.appending("json").appending(entry.key))
      }
      for sink in log.list("sinks").indices {
        let collector = place.appending(.to("sinks", sink, "openTelemetry"))
        checkCollector(at: collector)
        checkHeaderValues(in: collector.appending("headers"))
      }
    }
  }

  /// Where logs or traces are sent, by host and port in place of backendRefs.
  private mutating func checkCollector(at path: Path) {
    guard object[path]?.list("backendRefs").isEmpty == true else { return }
    checkNumber(at: path.appending("port"), 0...65535, "a port up to 65535")
  }
}
