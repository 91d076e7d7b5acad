import YAML
import Schemas

/// A block of PEM: what it is said to be, and its bytes.
struct PEMBlock {
  let label: String
  let bytes: [UInt8]

  /// The blocks of a text as Go's encoding/pem finds them, anything between them left out.
  static func all(in text: String) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var label: Substring?
    var body = ""
    for line in text.split(whereSeparator: \.isNewline) {
      let line = String(line).trimmed
      if let begun = line.between("-----BEGIN ", and: "-----") {
        (label, body) = (begun, "")
      } else if let open = label, line.between("-----END ", and: "-----") == open {
        if let bytes = Base64.bytes(body) {
          blocks.append(PEMBlock(label: String(open), bytes: bytes))
        }
        label = nil
      } else if !line.utf8.contains(UInt8(ascii: ":")) {
        body += line
      }
    }
    return blocks
  }
}

/// An element of DER: its tag and what it holds.
struct DERElement {
  static let sequence: UInt8 = 0x30

  let tag: UInt8
  let content: ArraySlice<UInt8>

  /// The elements that bytes are made of, nil where they are not DER.
  static func all(in bytes: ArraySlice<UInt8>) -> [DERElement]? {
    var elements: [DERElement] = []
    var rest = bytes
    while let tag = rest.popFirst() {
      guard var length = rest.popFirst().map(Int.init) else { return nil }
      if length > 0x7F {
        let digits = rest.prefix(length & 0x7F)
        guard (1...4).contains(length & 0x7F), digits.count == length & 0x7F else { return nil }
        length = digits.reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(digits.count)
      }
      guard length <= rest.count else { return nil }
      elements.append(DERElement(tag: tag, content: rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    return elements
  }

  /// The elements of which it is made.
  var parts: [DERElement] { DERElement.all(in: content) ?? [] }

  /// What stands in a certificate of X.509 (RFC 5280, 4.1): number, algorithm, issuer, validity,
  /// subject, key, and what may follow; nil for bytes that are none.
  static func fields(ofCertificate bytes: [UInt8]) -> [DERElement]? {
    let certificate = all(in: bytes[...])?.first?.parts ?? []
    // The version, in brackets, may be left out.
    let fields = Array((certificate.first?.parts ?? []).drop { $0.tag == context(0) })
    return certificate.count == 3 && fields.count > 5 ? fields : nil
  }
}

/// When a certificate of X.509 is valid (RFC 5280, 4.1), as texts `YYYYMMDDhhmmss`.
struct CertificateValidity {
  let start: String
  let end: String

  /// Nil for bytes that are no certificate.
  init?(ofCertificate bytes: [UInt8]) {
    guard let fields = DERElement.fields(ofCertificate: bytes) else { return nil }
    let times = fields[3].parts.compactMap(\.time)
    guard times.count == 2 else { return nil }
    (start, end) = (times[0], times[1])
  }
}

extension DERElement {
  /// A time of which the year may have two digits.
  var time: String? {
    let text = String(decoding: content, as: UTF8.self)
    guard text.hasSuffix("Z"), text.utf8.dropLast().allSatisfy({ (0x30...0x39).contains($0) })
    else { return nil }
    switch (tag, text.utf8.count) {
    case (0x17, 13): return (text < "5" ? "20" : "19") + text.dropLast()
    case (0x18, 15): return String(text.dropLast())
    case _: return nil
    }
  }
}

extension String {
  fileprivate func between(_ start: String, and end: String) -> Substring? {
    guard hasPrefix(start), hasSuffix(end), utf8.count > start.utf8.count + end.utf8.count else {
      return nil
    }
    return dropFirst(start.count).dropLast(end.count)
  }
}
