import Schemas
import YAML

extension [PolicyRefusal] {
  /// A buffer limit beyond what Envoy Gateway takes.
  mutating func checkBufferLimit(_ value: Node?, at path: Path, _ topic: String, _ end: String) {
    guard let value, let bytes = ByteSize.of(value), !ByteSize.range.contains(bytes) else { return }
    append(
      PolicyRefusal(
        path, "\(topic) value \(value.scalar?.text ?? "") is out of range\(end)",
        "use 1 to \(ByteSize.range.upperBound) bytes, such as 50Mi", .string("50Mi")))
  }

  /// HTTP/2 windows of either traffic policy, or of what else speaks to backends (envoyproxy/gateway
  /// v1.8.1, internal/gatewayapi/http.go).
  mutating func checkHTTP2(_ settings: Node?, at path: Path, _ topic: String) {
    let range: ClosedRange<Int64> = 65535...2_147_483_647
    for key in ["initialStreamWindowSize", "initialConnectionWindowSize"] {
      guard let value = settings?.given(key), let bytes = ByteSize.of(value),
        !range.contains(bytes)
      else { continue }
      let name = key.prefix(1).uppercased() + key.dropFirst()
      append(
        PolicyRefusal(
          path.appending(key),
          "\(topic): \(name) value \(value.scalar?.text ?? "") is out of range, must be between "
            + "\(range.lowerBound) and \(range.upperBound)",
          "use 64Ki to 2047Mi", .string("1Mi")))
    }
  }
}
