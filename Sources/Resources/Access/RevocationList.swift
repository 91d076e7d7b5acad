/// When a list of revoked certificates of X.509 holds (RFC 5280, 5.1), as texts `YYYYMMDDhhmmss`.
struct RevocationList {
  let start: String
  /// When the next one is due, nil where that is not said.
  let end: String?

  /// Nil for bytes that are none, and for one of the first version, without a number, which Go does
  /// not take.
  init?(_ bytes: [UInt8]) {
    let list = DERElement.all(in: bytes[...])?.first?.parts ?? []
    let fields = list.first?.parts ?? []
    guard list.count == 3, fields.count > 3, fields[0].tag == DERElement.integer,
      fields[0].content.elementsEqual([1]),
      fields[1...2].allSatisfy({ $0.tag == DERElement.sequence }), let start = fields[3].time
    else { return nil }
    self.start = start
    end = fields.count > 4 ? fields[4].time : nil
  }
}

extension StoredData.Entry {
  /// Why Envoy Gateway does not take it for a list of revoked certificates, of which it looks at the
  /// first block, in its words and in ours; nil where it does, or where that cannot be read here
  /// (envoyproxy/gateway v1.8.1, internal/gatewayapi/tls.go, validateCrl).
  var problemOfRevocations: (condition: String, reason: String)? {
    guard let blocks else { return nil }
    guard let first = blocks.first else {
      return ("unable to decode pem data for CRL", "holds no PEM under \(key)")
    }
    guard let list = RevocationList(first.bytes) else {
      return ("failed to parse CRL", "holds \(first.label) under \(key), which is no CRL")
    }
    if let end = list.end, end < Self.now {
      return ("CRL is expired", "holds a CRL that expired on \(end.asDate)")
    }
    return list.start > Self.now
      ? ("CRL is not yet valid", "holds a CRL that is valid from \(list.start.asDate) on only")
      : nil
  }
}
