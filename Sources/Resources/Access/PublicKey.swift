/// A public key, as far as two can be compared (RFC 5280, 4.1; RFC 8017, A.1; RFC 5915; RFC 5208).
enum PublicKey: Equatable {
  case rsa(modulus: [UInt8])
  case elliptic(point: [UInt8])

  /// How many bits one of RSA has, nil for another.
  var lengthOfRSA: Int? {
    guard case .rsa(let modulus) = self, let first = modulus.first else { return nil }
    return modulus.count * 8 - first.leadingZeroBitCount
  }

  /// That of a certificate of X.509, nil for one of another kind.
  init?(ofCertificate bytes: [UInt8]) {
    let parts = DERElement.fields(ofCertificate: bytes)?[5].parts ?? []
    guard parts.count == 2, let kind = parts[0].parts.first?.content, let key = parts[1].bits else {
      return nil
    }
    if kind.elementsEqual(PublicKey.rsa) {
      self.init(modulusIn: DERElement.all(in: key)?.first?.parts.first)
    } else if kind.elementsEqual(PublicKey.elliptic) {
      self = .elliptic(point: Array(key))
    } else {
      return nil
    }
  }

  /// That which a private key says itself.
  init?(ofPrivateKey block: PEMBlock) {
    let parts = DERElement.all(in: block.bytes[...])?.first?.parts ?? []
    switch block.label {
    case "RSA PRIVATE KEY": self.init(modulusIn: parts.dropFirst().first)
    case "EC PRIVATE KEY": self.init(pointIn: parts)
    case "PRIVATE KEY":
      guard parts.count > 2, let kind = parts[1].parts.first?.content else { return nil }
      let inner = DERElement.all(in: parts[2].content)?.first?.parts ?? []
      if kind.elementsEqual(PublicKey.rsa) {
        self.init(modulusIn: inner.dropFirst().first)
      } else if kind.elementsEqual(PublicKey.elliptic) {
        self.init(pointIn: inner)
      } else {
        return nil
      }
    case _: return nil
    }
  }

  private init?(modulusIn number: DERElement?) {
    guard let number, number.tag == DERElement.integer else { return nil }
    self = .rsa(modulus: Array(number.content.drop { $0 == 0 }))
  }

  private init?(pointIn parts: [DERElement]) {
    guard let bits = parts.first(where: { $0.tag == DERElement.context(1) })?.parts.first?.bits
    else { return nil }
    self = .elliptic(point: Array(bits))
  }

  /// The object identifiers of the kinds of keys.
  private static let rsa: [UInt8] = [0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01]
  private static let elliptic: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01]
}

extension DERElement {
  static let integer: UInt8 = 0x02

  /// The tag of a part that its place alone gives a meaning.
  static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }

  /// The bytes of a string of bits, nil for anything else.
  fileprivate var bits: ArraySlice<UInt8>? {
    tag == 0x03 && content.first == 0 ? content.dropFirst() : nil
  }
}
