/// A name that a certificate of X.509 is for, with the algorithm of its key (RFC 5280, 4.1): of each
/// there is one certificate at a listener (envoyproxy/gateway v1.8.1, internal/gatewayapi/tls.go,
/// parseCertsFromTLSSecretsData).
struct CertificateName: Hashable {
  let text: String
  /// The object identifier of the algorithm.
  private let algorithm: ArraySlice<UInt8>

  /// The DNS names of a certificate in their order; nil for what is none.
  static func hosts(ofCertificate bytes: [UInt8]) -> [String]? {
    DERElement.fields(ofCertificate: bytes).map { hosts(in: $0.dropFirst(6)) }
  }

  /// The DNS names of a certificate in their order, or the common name of one without any.
  static func all(ofCertificate bytes: [UInt8]) -> [CertificateName] {
    guard let fields = DERElement.fields(ofCertificate: bytes),
      let algorithm = fields[5].parts.first?.parts.first?.content
    else { return [] }
    let names = hosts(in: fields.dropFirst(6))
    return (names.isEmpty ? [commonName(in: fields[4])].compactMap { $0 } : names).map {
      CertificateName(text: $0, algorithm: algorithm)
    }
  }

  /// The DNS names among the alternative names of the subject.
  private static func hosts(in fields: ArraySlice<DERElement>) -> [String] {
    let extensions = fields.first { $0.tag == DERElement.context(3) }?.parts.first?.parts ?? []
    let names = extensions.map(\.parts).first {
      $0.first?.content.elementsEqual([0x55, 0x1D, 0x11]) == true
    }
    return (names?.last?.parts.first?.parts ?? []).filter { $0.tag == 0x82 }.map(\.text)
  }

  /// The last common name of a subject.
  private static func commonName(in subject: DERElement) -> String? {
    let attributes = subject.parts.flatMap(\.parts).map(\.parts)
    let name = attributes.last { $0.first?.content.elementsEqual([0x55, 0x04, 0x03]) == true }?.last
    return name?.text.isEmpty == false ? name?.text : nil
  }
}

extension DERElement {
  fileprivate var text: String { String(decoding: content, as: UTF8.self) }
}
