import Schemas
import YAML

extension [PolicyRefusal] {
  /// How a policy wants backends spoken to: its own spec, or `backendSettings` of a part of it, in
  /// whose name Envoy Gateway then speaks (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/clustersettings.go).
  mutating func checkClusterSettings(_ settings: Node?, at path: Path, for part: String? = nil) {
    guard let settings else { return }
    checkTableSize(
      settings.given("loadBalancer", "consistentHash", "tableSize"),
      at: path.appending(.to("loadBalancer", "consistentHash", "tableSize")),
      part ?? "LoadBalancer")
    checkBackOff(
      settings.given("retry", "perRetry", "backOff"),
      at: path.appending(.to("retry", "perRetry", "backOff")), part ?? "Retry")
    checkBufferLimit(
      settings.given("connection", "bufferLimit"),
      at: path.appending(.to("connection", "bufferLimit")),
      "\(part ?? "BackendConnection"): BufferLimit", "")
    checkHTTP2(settings.given("http2"), at: path.appending("http2"), part ?? "HTTP2")
  }

  private mutating func checkBackOff(_ backOff: Node?, at path: Path, _ topic: String) {
    guard let backOff else { return }
    var lengths: [String: Int] = [:]
    for key in ["baseInterval", "maxInterval"] {
      guard let text = backOff.given(key)?.text, let length = GatewayDuration.milliseconds(text)
      else { continue }
      lengths[key] = length
      guard length == 0 else { continue }
      append(
        PolicyRefusal(
          path.appending(key), "\(topic): \(key) cannot be set to 0s", "use at least 1ms",
          .string("25ms")))
      return
    }
    guard let base = lengths["baseInterval"], let most = lengths["maxInterval"], base > most else {
      return
    }
    append(
      PolicyRefusal(
        path.appending("maxInterval"), "\(topic): maxInterval cannot be less than baseInterval",
        "use at least \(GatewayDuration.text(milliseconds: base))",
        .string(GatewayDuration.text(milliseconds: base))))
  }

  private mutating func checkTableSize(_ tableSize: Node?, at path: Path, _ topic: String) {
    guard let size = tableSize?.integer, size > 5_000_011 || !size.isPrime else { return }
    append(
      PolicyRefusal(
        path, "\(topic): ConsistentHash: invalid TableSize value \(size)",
        "use a prime up to 5000011, such as 65537", .integer(65537)))
  }
}

extension Int {
  /// Whether it has no divisor but 1 and itself; for numbers up to some millions.
  fileprivate var isPrime: Bool {
    guard self > 3 else { return self > 1 }
    if self % 2 == 0 { return false }
    var divisor = 3
    while divisor * divisor <= self {
      if self % divisor == 0 { return false }
      divisor += 2
    }
    return true
  }
}
