import Schemas
import YAML

/// A request as a client sends it to a Gateway.
package struct Request: Hashable, Sendable {
  /// A header; names are the same in any case of letters.
  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }

    /// Reads `NAME: VALUE`, or `NAME=VALUE`; nil for anything else.
    package init?(_ text: String) {
      guard let mark = text.firstIndex(where: { $0 == ":" || $0 == "=" }), mark > text.startIndex
      else { return nil }
      let rest = text[text.index(after: mark)...]
      self.init(String(text[..<mark]), String(rest.drop { $0 == " " }))
    }
  }

  package var method = "POST"
  /// The host with or without a port; nil is a host that no route names or, if all routes name hosts,
  /// the first route's (`assumedHost`).
  package var host: String?
  /// The path, with its query where there is one.
  package var path = Request.chat
  /// `model` in the body; nil where the body has none.
  package var model: String?
  package var headers: [Header] = []
  /// Bytes of the body, nil where that is of no interest.
  package var size: Int64?

  /// The listener that it is sent to, nil for the one that its port and host choose.
  package var listener: String?

  package init(model: String? = nil) { self.model = model }

  package static let chat = "/v1/chat/completions"

  /// What the request says that it is for: its Host header, as curl sends it, or else the host that
  /// it is sent to.
  var authority: String? {
    header("host") ?? host
  }

  /// The value of a header, by its name in lower case; nil where the request lacks it.
  func header(_ name: String) -> String? { headers.last { $0.name.lowercased() == name }?.value }

  /// The value of the first header of a name in any case of letters; nil where the request lacks it.
  func firstHeader(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The value of a header as Envoy sees it, by its name in lower case: several of one name are
  /// joined; nil where the request lacks it.
  func joinedHeader(_ name: String) -> String? {
    let values = headers.filter { $0.name.lowercased() == name }.map(\.value)
    return values.isEmpty ? nil : values.joined(separator: ",")
  }

  /// The value of a cookie, nil where the request has none of that name (envoyproxy/envoy v1.38.1,
  /// source/common/http/utility.cc).
  func cookie(_ name: String) -> String? {
    for header in headers where header.name.lowercased() == "cookie" {
      for pair in header.value.split(separator: ";") {
        let bare = pair.drop { $0 == " " }
        guard let equals = bare.firstIndex(of: "="), bare[..<equals] == name[...] else { continue }
        let value = bare[bare.index(after: equals)...]
        let isQuoted = value.utf8.count > 1 && value.hasPrefix("\"") && value.hasSuffix("\"")
        return String(isQuoted ? value.dropFirst().dropLast() : value)
      }
    }
    return nil
  }

  /// The host as virtual hosts are chosen by it: lower case, without its port.
  var bareHost: String? {
    guard let authority, !authority.isEmpty else { return nil }
    let bytes = Array(authority.utf8)
    // An IPv6 address stands in brackets, and has colons of its own.
    let start = bytes.lastIndex(of: UInt8(ascii: "]")) ?? bytes.startIndex
    let end = bytes[start...].firstIndex(of: UInt8(ascii: ":")) ?? bytes.count
    return String(decoding: bytes[..<end], as: UTF8.self).lowercased()
  }

  /// The port behind the host, nil where it names none.
  var port: Int? {
    guard let host = host ?? authority else { return nil }
    let bytes = Array(host.utf8)
    let start = bytes.lastIndex(of: UInt8(ascii: "]")) ?? 0
    guard start < bytes.count,
      let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":"))
    else { return nil }
    return Int(String(decoding: bytes[(colon + 1)...], as: UTF8.self))
  }

  /// The path without its query.
  var barePath: String {
    path.utf8.firstIndex(of: UInt8(ascii: "?")).map { String(path[..<$0]) } ?? path
  }

  /// The value of a query parameter as routes match it, with its escapes; nil where there is none of
  /// that name (envoyproxy/envoy v1.38.1, source/common/router/config_impl.cc).
  func query(_ name: String) -> String? {
    queryParameters.first { $0.name == name[...] }.map { String($0.value) }
  }

  /// The value of a query parameter as credentials are read from it: escapes of its name and value are
  /// written out, and a plus sign stays (envoyproxy/envoy v1.38.1, source/common/http/utility.cc).
  func unescapedQuery(_ name: String) -> String? {
    queryParameters.first { $0.name.unescaped == name }?.value.unescaped
  }

  private var queryParameters: [(name: Substring, value: Substring)] {
    guard let mark = path.utf8.firstIndex(of: UInt8(ascii: "?")) else { return [] }
    return path[path.utf8.index(after: mark)...].split(separator: "&").map { pair in
      guard let equals = pair.utf8.firstIndex(of: UInt8(ascii: "=")) else { return (pair, "") }
      return (pair[..<equals], pair[pair.utf8.index(after: equals)...])
    }
  }
}

extension Substring {
  /// The text with the bytes that its escapes stand for.
  fileprivate var unescaped: String {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while !rest.isEmpty { bytes.append(rest.popEscape() ?? rest.removeFirst()) }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  /// Takes away an escape at the beginning, such as %20, and returns the byte that it stands for; nil
  /// where none stands there.
  fileprivate mutating func popEscape() -> UInt8? {
    let digits = dropFirst().prefix(2)
    guard first == UInt8(ascii: "%"), digits.count == 2, digits.allSatisfy(\.isHexDigit),
      let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    removeFirst(3)
    return code
  }
}

extension String {
  /// A path as Envoy normalizes it before any route is looked for, as Envoy Gateway tells it to:
  /// letters, digits and `-._~` that are escaped are written out, backslashes are slashes, and `.`
  /// and `..` go; nil for one that Envoy rejects (envoyproxy/gateway v1.8.1,
  /// internal/xds/translator/listener.go; envoyproxy/envoy v1.38.1, source/common/http/path_utility.cc).
  var normalizingPath: String? {
    var bytes: [UInt8] = []
    var rest = Array(utf8)[...]
    while !rest.isEmpty {
      let written = rest.prefix(3)
      guard let code = rest.popEscape() else {
        let byte = rest.removeFirst()
        bytes.append(byte == UInt8(ascii: "\\") ? UInt8(ascii: "/") : byte)
        continue
      }
      if code == 0 { return nil }
      let isPlain = Path.isPlain(code) || ".~".utf8.contains(code)
      bytes += isPlain ? [code] : written
    }
    var parts: [Substring] = []
    let segments = String(decoding: bytes, as: UTF8.self)
      .split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for (place, segment) in segments.enumerated() {
      let isLast = place == segments.count - 1
      switch segment {
      case ".": if isLast { parts.append("") }
      case "..":
        _ = parts.popLast()
        if isLast { parts.append("") }
      case _: parts.append(segment)
      }
    }
    return "/" + parts.joined(separator: "/")
  }

  /// Whether a slash or backslash in it is written as %2F or %5C.
  var hasEscapedSlash: Bool { unescapingSlashes != self }

  /// The text with its escaped slashes as slashes.
  var unescapingSlashes: String {
    var text = ""
    var rest = self[...]
    while let sign = rest.firstIndex(of: "%") {
      text += rest[..<sign]
      rest = rest[sign...]
      switch rest.prefix(3).lowercased() {
      case "%2f": text += "/"
      case "%5c": text += "\\"
      case _:
        text.append("%")
        rest = rest.dropFirst()
        continue
      }
      rest = rest.dropFirst(3)
    }
    return text + rest
  }
}
