import Schemas
package import YAML

/// What a ClientTrafficPolicy's `spec` does to the requests of a listener.
package struct ClientTraffic: Sendable {
  package let spec: Node

  package init(spec: Node) { self.spec = spec }

  package var bufferLimit: BufferLimit? {
    spec.given("connection", "bufferLimit").map(BufferLimit.init)
  }
  package var streamIdle: String? { spec.given("timeout", "http", "streamIdleTimeout")?.text }
  /// Header changes that are made before any route is looked at.
  package var earlyHeaders: [HeaderChange] {
    guard let headers = spec.given("headers", "earlyRequestHeaders") else { return [] }
    return HeaderChange.all(in: headers)
  }
}

/// A change of a request's headers; changes are made in order.
package enum HeaderChange: Hashable, Sendable {
  case set(name: String, value: String)
  case add(name: String, value: String)
  case addIfAbsent(name: String, value: String)
  case remove(name: String)
  /// Removes the headers whose names fit.
  case removeMatching(TextMatch)

  /// The changes of `earlyRequestHeaders`, in the order in which Envoy makes them: those that add
  /// or set come first, the first of a name alone; then those that remove (envoyproxy/gateway
  /// v1.8.1, internal/gatewayapi/clienttrafficpolicy.go, translateHeaderModifier).
  static func all(in node: Node) -> [HeaderChange] {
    var changes: [HeaderChange] = []
    var seen: Set<String> = []
    for (key, change) in writers {
      for header in node.list(key) {
        guard let name = header["name"]?.text, let value = header["value"]?.text,
          seen.insert(name.lowercased()).inserted
        else { continue }
        changes.append(change(name, value))
      }
    }
    changes += node.list("remove").compactMap { $0.text.map { .remove(name: $0) } }
    changes += node.list("removeOnMatch").map { .removeMatching(TextMatch($0)) }
    return changes
  }

  private static let writers: [(String, @Sendable (String, String) -> HeaderChange)] = [
    ("add", { .add(name: $0, value: $1) }), ("set", { .set(name: $0, value: $1) }),
    ("addIfAbsent", { .addIfAbsent(name: $0, value: $1) }),
  ]
}

/// A text that is asked for by its whole, its start, its end or a regular expression.
package struct TextMatch: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case exact = "Exact"
    case prefix = "Prefix"
    case suffix = "Suffix"
    case expression = "RegularExpression"
  }

  package let kind: Kind
  package let value: String

  package init(_ node: Node) {
    kind = node["type"]?.text.flatMap(Kind.init) ?? .exact
    value = node["value"]?.text ?? ""
  }
}
