import Corpus
import Schemas
import YAML

/// Makes manifests from the facts of a kind, most of them sound, and breaks them.
struct ManifestMaker {
  var random: Seeded

  init(seed: UInt64) { random = Seeded(seed) }

  /// A manifest of a kind; sound as far as a few tries go.
  mutating func manifest(of resource: ResourceKind) -> Node {
    var best = value(of: resource.root, in: resource, depth: 0)
    for _ in 0..<12 {
      if resource.root.violations(in: best).isEmpty { break }
      best = value(of: resource.root, in: resource, depth: 0)
    }
    return best
  }

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<T>(_ choices: [T]) -> T {
    choices[Int.random(in: 0..<choices.count, using: &random)]
  }

  // MARK: Sound values

  private mutating func value(of property: Property, in resource: ResourceKind, depth: Int) -> Node
  {
    let property = property.resolved
    switch property.schema {
    case .object(let object):
      var mapping = Mapping()
      for field in object.properties where field.resolved.span.holds(in: .v1_1) {
        switch (depth, field.name) {
        case (0, "apiVersion"): mapping[field.name] = .string(pick(resource.apiVersions))
        case (0, "kind"): mapping[field.name] = .string(resource.kind)
        case (0, "metadata"): mapping[field.name] = metadata()
        case (0, "status"):
          if chance(3) { mapping[field.name] = value(of: field, in: resource, depth: 1) }
        default:
          let isWanted = field.isRequired && field.defaultValue == nil
          guard isWanted || depth == 0 || chance(depth < 3 ? 35 : 22) else { continue }
          mapping[field.name] = value(of: field, in: resource, depth: depth + 1)
        }
      }
      return .mapping(mapping)
    case .list(let list):
      let few = chance(70) ? 1 : Int.random(in: 0...3, using: &random)
      let count = max(list.minimum, min(few, list.maximum ?? few))
      return .sequence(
        (0..<count).map { _ in value(of: list.item, in: resource, depth: depth + 1) })
    case .map(let map):
      var mapping = Mapping()
      for _ in 0..<max(map.minimum, Int.random(in: 0...2, using: &random)) {
        mapping[pick(["app", "a.b/c", "team", "x"])] = value(
          of: map.value, in: resource, depth: depth + 1)
      }
      return .mapping(mapping)
    case .string(let string): return .string(text(string))
    case .integer(let integer): return number(integer)
    case .boolean: return .bool(chance(50))
    case .quantity: return chance(30) ? .integer(32768) : .string(pick(["50Mi", "1k", "32768"]))
    case .any: return pick([.string("a"), .integer(5), .map(["a": .map(["b": .null])])])
    }
  }

  private mutating func metadata() -> Node {
    var mapping = Mapping()
    if chance(5) {
      mapping["generateName"] = .string(pick(["a-", "a", "a.", "A", "a.b-", "-", ""]))
    } else {
      mapping["name"] = .string(pick(["a", "chat", "a.b", "r-1"]))
    }
    if chance(30) { mapping["namespace"] = .string(pick(["default", "team-a"])) }
    if chance(15) { mapping["labels"] = .map(["app": .string("x"), "a.b/c": .string("")]) }
    if chance(10) { mapping["annotations"] = .map(["A.b/c": .string("any text")]) }
    if chance(2) { mapping["finalizers"] = .sequence([.string("a.b/c")]) }
    if chance(3) {
      mapping["ownerReferences"] = .sequence([
        .map([
          "apiVersion": .string("v1"), "kind": .string("A"), "name": .string("a"),
          "uid": .string("u"),
        ])
      ])
    }
    return .mapping(mapping)
  }

  private mutating func text(_ string: StringSchema) -> String {
    if !string.choices.isEmpty { return pick(string.choices) }
    let candidates = ManifestMaker.texts.filter { text in
      let count = text.unicodeScalars.count
      return count >= string.minimum && count <= string.maximum ?? .max
        && string.pattern.map { $0.accepts(text) } ?? true
    }
    return candidates.isEmpty ? "a" : pick(candidates)
  }

  private mutating func number(_ integer: IntegerSchema) -> Node {
    if !integer.choices.isEmpty { return .integer(pick(integer.choices)) }
    let near = [0, 1, 2, 100, 443, 8080, integer.minimum, integer.maximum]
    let fitting = near.filter { $0 >= integer.minimum && $0 <= integer.maximum }
    return fitting.isEmpty ? .integer(integer.minimum) : .integer(pick(fitting))
  }

  static let texts = [
    "a", "b", "gateway.networking.k8s.io", "gateway.envoyproxy.io", "inference.networking.k8s.io",
    "", "Gateway", "Backend", "Service", "HTTPRoute", "InferencePool", "ConfigMap", "Secret", "gw",
    "x-ai-eg-model", "gpt-4o", "10s", "5s", "1h30m", "0s", "300s", "api.example.com", "*.a.com",
    "10.0.0.1", "::", "10.0.0.0/8", "2001:db8::/32", "System", "HTTP", "HTTPS", "TLS", "TCP",
    "IPAddress", "Hostname", "https://a.b", "*", "/v1", "/", "/a/../b", "//", "YQ==",
    "2024-05-21T10:00:00Z", "2024-05-21t10:00:00.5+02:00", "Replace", "CONNECT", "a.b/c",
  ]

  // MARK: Breaking

  /// Breaks a manifest in one to three places.
  mutating func broken(_ manifest: Node) -> Node {
    var node = manifest
    for _ in 0..<(chance(75) ? 1 : Int.random(in: 2...3, using: &random)) {
      node = changed(node, at: place(in: node))
    }
    return node
  }

  /// The way to some node, any depth as likely as any other.
  private mutating func place(in node: Node) -> Path {
    var places: [Path] = []
    func collect(_ node: Node, _ path: Path) {
      places.append(path)
      for entry in node.entries { collect(entry.value, path.appending(entry.key)) }
      for (index, item) in node.items.enumerated() { collect(item, path.appending(index)) }
    }
    collect(node, .root)
    return pick(places)
  }

  private mutating func changed(_ manifest: Node, at path: Path) -> Node {
    var node = manifest
    guard let here = node[path] else { return node }
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: node.remove(at: path)
    case 2: node.set(stranger(), at: path.appending(pick(ManifestMaker.keys)))
    case 3 where !here.items.isEmpty:
      let items = here.items
      node.set(.sequence(items + [pick(items)]), at: path)
    case 4 where !here.items.isEmpty:
      let count = pick([15, 16, 17, 33, 64, 65, 129])
      node.set(.sequence(Array(repeating: here.items[0], count: count)), at: path)
    case 5 where path.count > 1:
      // A field of another name beside it, most of all one that is spelt nearly the same.
      guard case .key(let key)? = path.last else { return node }
      node.set(here, at: path.parent.appending(pick([key + "s", String(key.dropLast()), "Name"])))
    default: node.set(stranger(like: here), at: path)
    }
    return node
  }

  private mutating func stranger(like node: Node? = nil) -> Node {
    if let node, chance(45) {
      switch node {
      case .scalar(let scalar) where scalar.kind == .integer:
        return .integer(pick([-1, 0, 1, 15, 127, 1_000_001, 65535, 65536, 2_147_483_648, .max]))
      case .scalar:
        let long = String(repeating: "a", count: pick([63, 64, 253, 254, 257, 1025, 4097]))
        return .string(pick(ManifestMaker.texts + ManifestMaker.odd + [long, long, long]))
      case .sequence: return .sequence(pick([[], [.null], [.string("a")], [.map([:])]]))
      case .mapping: return pick([.map([:]), .map(["a": .null]), .map(["name": .string("a")])])
      }
    }
    return pick([
      .null, .string(""), .string("a"), .integer(0), .integer(-1), .integer(.max), .bool(true),
      .sequence([]), .map([:]), .scalar(Scalar("1.5", .float)), .sequence([.map(["a": .null])]),
      .scalar(Scalar("99999999999999999999", .float)), .map(["a": .map(["b": .integer(1)])]),
      .scalar(Scalar("1e3", .integer)), .scalar(Scalar("0x1F", .integer)), .string("模型"),
    ])
  }

  static let odd = [
    "A", "a_b", "a..b", "-a", "a-", "a b", " a", "a ", "é", "1.5s", "1d", "-1s", "100us", "60",
    "60s", "90s", "1h1m1s1ms1h", "50MB", "0Mi", "1e6", "+1Mi", "route-not-found", "Exact",
    "AIServiceBackend", "aigateway.envoyproxy.io", "inference.networking.x-k8s.io", "Selector",
    "Terminate", "256.1.1.1", "a:b", "%2f", "/a//b", "#", "${Name}", "2024-05-21", "1.3", "1.0",
    "ftp://a", "YQ", "a.b/c/d", "a/b/c", "\u{85}", "\t", "😀",
  ]

  static let keys = [
    "foo", "name", "kind", "spec", "Name", "targetRefs", "schema", "weight", "type", "status",
    "apiVersion", "metadata", "group", "namespace", "a.b", "", "value", "port",
  ]

  // MARK: Breaking the text

  /// Changes a text as a slip of the hand would, and worse.
  mutating func brokenText(_ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard !lines.isEmpty else { return text }
    let line = Int.random(in: 0..<lines.count, using: &random)
    switch Int.random(in: 0..<9, using: &random) {
    case 0: lines.insert(lines[line], at: line)
    case 1: lines.remove(at: line)
    case 2: lines[line] = " " + lines[line]
    case 3:
      lines[line] += pick([" # note", " #", ":", " x", "\t", " &a", " !!str", " |", " ]", "\""])
    case 4: lines[line] = lines[line].replacingValue(with: pick(ManifestMaker.scalars))
    case 5: lines[line] = lines[line].replacingValue(with: pick(ManifestMaker.scalars))
    case 6: lines[line] = lines[line].replacingValue(with: pick(ManifestMaker.collections))
    case 7: lines.insert(pick(ManifestMaker.strayLines), at: line)
    default: lines[line] = String(lines[line].dropFirst(Int.random(in: 1...3, using: &random)))
    }
    return lines.joined(separator: "\n")
  }

  private static let scalars = [
    "yes", "No", "on", "y", "n", "~", "null", "", "0o17", "017", "08", "0x1F", "0b11", "1_000",
    "1e3", "1.0", "1.50", "-0", "+5", ".5", "1.", ".inf", "-.INF", ".nan", "1:30", "2024-05-21",
    "=", "<<", "'a'", "\"a\\tb\"", "\"\\x41\"", "!!str 5", "!!int 5", "!!int \"5\"", "!!float 3",
    "!!bool yes", "!!binary YQ==", "!!binary é", "!!null ''", "!!timestamp 2024-05-21", "!a b",
    "*none", "&x a", "@a", "`a`", "%a", "|", ">-", "- a", "a: b", "{", "[", "a #b", "a#b", "'",
    "18446744073709551615", "18446744073709551616", "9223372036854775808", "1e400", "0.1e-400",
    "-9223372036854775808", "1e18", "123456789012345678", "!!str", "!!set {a}", "é", "\"\\u00e9\"",
  ]

  private static let collections = [
    "[]", "{}", "[a, b]", "{a: b}", "{a: b, a: c}", "[&x {a: b}, *x]", "{<<: {a: b}}", "{1: a}",
    "{true: a, yes: b}", "{null: a}", "{[a]: b}", "{1.5: a}", "{? a : b}", "[a b]", "[,]", "{a}",
    "{<<: [{a: b}, {a: c}]}", "{<<: a}", "[[[]]]", "{\"a\": 1, 'a': 2}", "{0x1: a, 1: b}",
  ]

  private static let strayLines = [
    "foo: bar", "  foo: bar", "    foo: bar", "- a", "  - a", "# note", "", "   ", "\t",
    "? a", ": b", "<<: {kind: X}", "metadata: {name: b}", "spec: {}", "kind: Gateway",
    "apiVersion:",
    "  name: other", "    - name: b", "!!map", "&a", "'", "\"", "  <<: *x",
    "status: {}",
  ]
}

extension String {
  /// The line with another text behind its first colon.
  fileprivate func replacingValue(with text: String) -> String {
    guard let colon = firstIndex(of: ":") else { return self + text }
    return self[...colon] + " " + text
  }
}
