/// The form a text must have; each case is one pattern of the CRDs, matched by hand.
package enum Pattern: String, CaseIterable, Sendable {
  /// `GRP`: empty or a subdomain.
  case group
  /// `DNS`: labels joined with dots.
  case subdomain
  /// `WDNS`: a subdomain, perhaps after `*.`.
  case hostname
  /// `NS`: one label.
  case label
  /// `KIND`: letters, digits and `-`, a letter first.
  case kind
  /// `KIND` or empty.
  case optionalKind
  /// `HDR`: the characters of an HTTP token.
  case headerName
  /// `DUR`: one to four numbers of up to five digits with h, m, s or ms.
  case duration
  /// `QTY`: a whole number from 1 with or without a unit.
  case quantity
  /// A label's value: empty or up to 63 letters, digits, `-`, `_`, `.`.
  case labelValue
  /// A label's key: a name, perhaps after `subdomain/`.
  case labelKey
  /// An annotation's key: as a label's, where upper case will do in the prefix.
  case annotationKey
  /// RFC 3339 with seconds and zone, as loosely as the server takes it in a CRD.
  case dateTime
  /// The same to the letter, as in metadata.
  case timestamp
  /// What the generated HTTPRoute takes as a header value: printable ASCII, single spaces inside.
  case headerValue
  /// Bytes in base64.
  case base64
  /// An IPv4 or IPv6 address as a Backend takes it.
  case address
  /// A network such as `10.0.0.0/8`, anywhere in the text.
  case cidr
  /// `System`, or a bundle as `domain/name`.
  case caBundle
  /// Without line breaks and zero bytes.
  case oneLine
  /// Lower-case letters, digits, `-` and `.`, a letter or digit at both ends.
  case moduleName
  /// 64 lower-case hexadecimal digits.
  case sha256
  /// A path that ends with `.mmdb`.
  case databaseFile
  /// `http://` or `https://` and a host, with whatever follows in the line.
  case httpURL
  /// Letters, digits and `-`.
  case plainHeader
  /// The type of a Gateway's address.
  case addressType
  /// The protocol of a listener.
  case protocolName
  /// An origin of a web page, or `*`.
  case origin
  /// A path as it stands in a URL.
  case urlPath
  /// A label's value of any length.
  case labelText
  /// The namespace of an object: empty or a label.
  case objectNamespace
  /// A subdomain, perhaps with a dot at its end.
  case rootedDomain
  /// An origin of any scheme, or `*`.
  case anyOrigin
  /// The name of a controller: a domain, `/` and a path.
  case controllerName
  /// Letters alone.
  case letters
  /// The domain of a cookie, whose labels behind the first have two letters or more.
  case cookieDomain
  /// The origin of a page on the web, or `*`; the host may have underscores.
  case webOrigin
  /// The same of any scheme.
  case schemeOrigin
  /// A URI with a scheme and `//`, as far as the server looks at it.
  case uri
  /// A URI as a request may name it, by Go's `url.ParseRequestURI`.
  case requestURI
  /// What the server takes for the URL of a Wasm module: its pattern matches any text.
  case anyURL
  /// An attribute of Envoy, such as `request.path`.
  case attribute
  /// An amount of a resource: a number with a suffix or an exponent, or without.
  case amount

  /// Whether the server takes a text of another form for one of another type.
  package var isFormat: Bool { takesLists || self == .timestamp }

  /// Whether the server takes a list for a text of this form, as it does where a CRD names a format.
  var takesLists: Bool { self == .dateTime || self == .base64 || self == .requestURI }

  package func accepts(_ text: String) -> Bool {
    let bytes = text.utf8
    switch self {
    case .group: return bytes.isEmpty || Pattern.isSubdomain(bytes)
    case .subdomain: return Pattern.isSubdomain(bytes)
    case .hostname:
      let rest = text.hasPrefix("*.") ? bytes.dropFirst(2) : bytes[...]
      return Pattern.isSubdomain(rest)
    case .label: return Pattern.isLabel(bytes, first: \.isLowerOrDigit, rest: \.isLowerOrDigit)
    case .kind: return Pattern.isLabel(bytes, first: \.isLetter, rest: \.isAlphanumeric)
    case .optionalKind:
      return bytes.isEmpty
        || Pattern.isLabel(bytes, first: \.isLetter, rest: \.isAlphanumeric)
    case .headerName: return !bytes.isEmpty && bytes.allSatisfy(\.isTokenByte)
    case .duration: return GatewayDuration.milliseconds(text) != nil
    case .quantity: return Quantity.bytes(text) != nil
    case .labelValue: return bytes.isEmpty || Pattern.isQualifiedPart(bytes)
    case .labelKey: return Pattern.isQualifiedName(text, anyCase: false)
    case .annotationKey: return Pattern.isQualifiedName(text, anyCase: true)
    case .dateTime: return DateTime.passes(text)
    case .timestamp: return DateTime.accepts(text)
    case .headerValue: return Pattern.isHeaderValue(bytes)
    case .base64: return StringFormats.isBase64(bytes)
    case .address: return StringFormats.isAddress(Array(bytes))
    case .cidr: return StringFormats.holdsNetwork(Array(bytes))
    case .caBundle: return text == "System" || StringFormats.isBundle(bytes)
    case .oneLine: return !bytes.contains { $0 == 10 || $0 == 13 || $0 == 0 }
    case .sha256: return bytes.count == 64 && bytes.allSatisfy(\.isLowerHex)
    case .databaseFile: return text.hasSuffix(".mmdb") && !bytes.contains(UInt8(ascii: "\n"))
    case .httpURL:
      let start = ["http://", "https://"].first(where: text.hasPrefix)
      let rest = bytes.dropFirst(start?.utf8.count ?? 0)
      let host = rest.prefix { !"/?#".utf8.contains($0) }
      return start != nil && !host.isEmpty
        && !rest.dropFirst(host.count).contains(UInt8(ascii: "\n"))
    case .moduleName:
      return StringFormats.isEnclosed(bytes, ends: \.isLowerOrDigit) {
        $0.isLowerOrDigit || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
      }
    case .plainHeader:
      return !bytes.isEmpty && bytes.allSatisfy { $0.isAlphanumeric || $0 == UInt8(ascii: "-") }
    case .addressType: return StringFormats.isAddressType(Array(bytes))
    case .protocolName: return StringFormats.isProtocol(Array(bytes))
    case .origin: return text == "*" || StringFormats.isOrigin(bytes)
    case .urlPath: return StringFormats.isPath(Array(bytes))
    case .rootedDomain:
      return Pattern.isSubdomain(text.hasSuffix(".") ? bytes.dropLast() : bytes[...])
    case .controllerName: return StringFormats.isController(bytes)
    case .letters: return !bytes.isEmpty && bytes.allSatisfy(\.isLetter)
    case .cookieDomain:
      let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
      return Pattern.isSubdomain(bytes) && labels.dropFirst().allSatisfy { $0.count > 1 }
    case .webOrigin, .schemeOrigin:
      return StringFormats.isWebOrigin(bytes, anyScheme: self == .schemeOrigin)
    case .uri:
      let rest = bytes.drop { !":/?#".utf8.contains($0) }
      return rest.count < bytes.count && rest.starts(with: "://".utf8)
    case .requestURI: return RequestURI.accepts(Array(bytes))
    case .anyURL: return true
    case .attribute: return StringFormats.isAttribute(bytes)
    case .amount: return Quantity.isAmount(Array(bytes))
    case .anyOrigin: return text == "*" || StringFormats.isAnyOrigin(bytes)
    case .objectNamespace:
      return bytes.isEmpty || bytes.count <= 63 && Pattern.label.accepts(text)
    case .labelText:
      return bytes.isEmpty
        || StringFormats.isEnclosed(bytes, ends: \.isAlphanumeric) {
          $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
            || $0 == UInt8(ascii: ".")
        }
    }
  }

  /// What is right, in few words: an example of a size, the description of any other.
  package var hint: String { self == .quantity ? "a size such as 50Mi" : description }

  /// What is right, in words that follow "use".
  package var description: String {
    switch self {
    case .group, .subdomain, .rootedDomain, .cookieDomain:
      "lower-case letters, digits, '-' and '.'; each part starts and ends with a letter or digit"
    case .hostname:
      "a host name in lower case such as api.example.com, or *.example.com for all below it"
    case .label, .objectNamespace:
      "lower-case letters, digits and '-', with a letter or digit at both ends"
    case .kind, .optionalKind: "letters, digits and '-', starting with a letter"
    case .headerName: "letters, digits and !#$%&'*+-.^_`|~, without spaces or ':'"
    case .duration:
      "whole numbers with h, m, s or ms, at most four of them, such as 300s or 1h30m"
    case .quantity:
      "a whole number from 1 with k, M, G or Ki, Mi, Gi behind it, such as 50Mi"
    case .labelValue:
      "up to 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends"
    case .labelKey, .annotationKey:
      "a name of letters, digits, '-', '_' and '.', perhaps after a domain and '/'"
    case .dateTime, .timestamp: "a date with time and zone such as 2024-05-21T10:00:00Z"
    case .headerValue: "printable ASCII with at most one space between words and none at the ends"
    case .base64: "base64, four characters for three bytes"
    case .address: "an IP address such as 10.0.0.1"
    case .cidr: "a network such as 10.0.0.0/8"
    case .caBundle: "System"
    case .oneLine: "text without line breaks"
    case .sha256: "64 lower-case hexadecimal digits"
    case .databaseFile: "a path that ends with .mmdb"
    case .httpURL: "a URL such as https://example.com/module.so"
    case .moduleName:
      "lower-case letters, digits, '-' and '.', with a letter or digit at both ends"
    case .plainHeader: "letters, digits and '-'"
    case .addressType: "IPAddress or Hostname"
    case .protocolName: "HTTP, HTTPS, TLS, TCP or UDP"
    case .origin, .anyOrigin, .webOrigin, .schemeOrigin:
      "an origin such as https://app.example.com, or *"
    case .controllerName: "a domain and a path such as example.com/controller"
    case .letters: "letters"
    case .uri: "a URI such as spiffe://cluster.local/ns/a"
    case .requestURI: "a URI such as https://auth.example.com"
    case .anyURL: "a URL such as https://example.com/filter.wasm"
    case .attribute: "an attribute of Envoy such as request.path"
    case .amount: "a number, with or without a suffix, such as 2, 500m or 1Gi"
    case .urlPath: "the characters of a URL's path, such as /v1/models"
    case .labelText: "letters, digits, '-', '_' and '.', with a letter or digit at both ends"
    }
  }
}

extension Pattern {
  static func isSubdomain(_ bytes: some Collection<UInt8>) -> Bool {
    var previous: UInt8?
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "."):
        guard let last = previous, last.isLowerOrDigit else { return false }
      case UInt8(ascii: "-"):
        guard let last = previous, last != UInt8(ascii: ".") else { return false }
      default:
        guard byte.isLowerOrDigit else { return false }
      }
      previous = byte
    }
    return previous?.isLowerOrDigit ?? false
  }

  private static func isLabel(
    _ bytes: String.UTF8View, first: (UInt8) -> Bool, rest: (UInt8) -> Bool
  ) -> Bool {
    guard let head = bytes.first, let tail = bytes.last, first(head), rest(tail) else {
      return false
    }
    return bytes.allSatisfy { rest($0) || $0 == UInt8(ascii: "-") }
  }

  private static func isQualifiedPart(_ bytes: some BidirectionalCollection<UInt8>) -> Bool {
    guard let head = bytes.first, let tail = bytes.last, head.isAlphanumeric,
      tail.isAlphanumeric, bytes.count <= 63
    else { return false }
    return bytes.allSatisfy {
      $0.isAlphanumeric || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
        || $0 == UInt8(ascii: ".")
    }
  }

  private static func isQualifiedName(_ text: String, anyCase: Bool) -> Bool {
    let parts = text.utf8.split(
      separator: UInt8(ascii: "/"), maxSplits: 2, omittingEmptySubsequences: false)
    guard let name = parts.last, parts.count <= 2, isQualifiedPart(name) else { return false }
    guard parts.count == 2, let prefix = parts.first else { return true }
    return prefix.count <= 253
      && isSubdomain(prefix.map { anyCase && $0.isUpper ? $0 + 32 : $0 })
  }

  private static func isHeaderValue(_ bytes: String.UTF8View) -> Bool {
    var gap = true
    for byte in bytes {
      switch byte {
      case 0x21...0x7E: gap = false
      case 0x20, 0x09:
        if gap { return false }
        gap = true
      default: return false
      }
    }
    return !gap
  }
}

extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  var isUpper: Bool { self >= 0x41 && self <= 0x5A }
  var isLower: Bool { self >= 0x61 && self <= 0x7A }
  /// Whether it is a letter of ASCII.
  package var isLetter: Bool { isLower || isUpper }
  /// Whether it is a letter or a digit of ASCII.
  package var isAlphanumeric: Bool { isLetter || isDigit }
  var isLowerOrDigit: Bool { isLower || isDigit }

  fileprivate var isLowerHex: Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self)
  }

  var isTokenByte: Bool {
    switch self {
    case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
      UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
      UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
      UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"):
      true
    default: isAlphanumeric
    }
  }
}
