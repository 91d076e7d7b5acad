import Schemas
package import YAML

/// How much of a request is held: `bufferLimit` of a ClientTrafficPolicy, or `requestBuffer.limit`
/// of a BackendTrafficPolicy.
package struct BufferLimit: Sendable {
  /// Nil for a value that Envoy Gateway refuses.
  package let bytes: Int64?
  /// As written.
  package let text: String

  package init(_ value: Node) {
    text = value.scalar?.text ?? ""
    let size = ByteSize.of(value)
    bytes = size.flatMap { ByteSize.range.contains($0) ? $0 : nil }
  }

  private init(bytes: Int64) {
    self.bytes = bytes
    text = String(bytes)
  }

  /// What holds where no policy sets another.
  package static let standard = BufferLimit(bytes: RuntimeDefault.bufferLimit)
}

/// Sizes as policies write them: a whole number, or a text such as `50Mi`.
package enum ByteSize {
  /// What Envoy Gateway takes as a buffer limit (envoyproxy/gateway v1.8.1,
  /// internal/gatewayapi/clienttrafficpolicy.go).
  package static let range: ClosedRange<Int64> = 0...4_294_967_295

  /// The number of bytes, nil where the value is no size.
  package static func of(_ value: Node) -> Int64? {
    value.integer.map(Int64.init) ?? value.text.flatMap(Quantity.bytes)
  }
}
