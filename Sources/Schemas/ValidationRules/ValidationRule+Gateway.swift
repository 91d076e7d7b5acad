import YAML

// What a Gateway asks of its lists (kubernetes-sigs/gateway-api v1.5.1, CRD gateways).

extension ValidationRule {
  static let gateway: [String: ValidationRule] = [
    "noTLS": listeners("tls") { listener in
      guard ["HTTP", "TCP", "UDP"].contains(listener["protocol"]?.text ?? "") else { return nil }
      return listener["tls"].map { _ in
        "tls cannot be combined with protocol \(listener["protocol"]?.text ?? ""); leave it out"
      }
    },
    "terminate": listeners("tls", "mode") { listener in
      guard listener["protocol"]?.text == "HTTPS", let tls = listener["tls"],
        let mode = tls["mode"]?.text, mode != "", mode != "Terminate"
      else { return nil }
      return "mode \(mode.quoted) does not go with protocol HTTPS; use Terminate"
    },
    "modeOfTLS": listeners("tls") { listener in
      guard listener["protocol"]?.text == "TLS", listener["tls"]?["mode"] == nil else {
        return nil
      }
      return "protocol TLS needs tls; write tls with mode Passthrough or Terminate"
    },
    "noHostname": listeners("hostname") { listener in
      guard ["TCP", "UDP"].contains(listener["protocol"]?.text ?? ""),
        listener["hostname"].map({ !$0.isEmpty }) ?? false
      else { return nil }
      return "hostname cannot be combined with protocol TCP or UDP; leave it out"
    },
    "listenerNames": distinct("listener name", at: "name") { $0["name"]?.node },
    "listenerPlaces": distinct("port, protocol and hostname of a listener") { listener in
      .sequence([
        listener["port"]?.node.canonical ?? .null, listener["protocol"]?.node ?? .null,
        listener["hostname"]?.node ?? .null,
      ])
    },
    "ports": distinct("port", at: "port") { $0["port"]?.node.canonical },
    "addresses": distinct("IPAddress", at: "value") { address in
      address["type"]?.text == "IPAddress" ? address["value"]?.node : nil
    },
    "hosts": distinct("Hostname", at: "value") { address in
      address["type"]?.text == "Hostname" ? address["value"]?.node : nil
    },
    "hostAddress": ValidationRule { address in
      guard address["type"]?.text == "Hostname", let text = address["value"]?.text,
        !Pattern.hostname.accepts(text)
      else { return nil }
      return Violation(
        rule: .value, path: Path([.key("value")]),
        message: "value \(text.quoted) is not a host name; use \(Pattern.hostname.description)")
    },
    "addressType": address(named: []),
    "addressValue": address(named: [.key("value")]),
    "keys": ValidationRule { map in
      for entry in map.node.entries where !StringFormats.isLabelKey(entry.key) {
        return Violation(
          rule: .value, path: Path([.key(entry.key)]),
          message: "key \(entry.key.quoted) is not accepted; use \(Pattern.labelKey.description)")
      }
      return nil
    },
    "keyPrefixes": ValidationRule { map in
      for entry in map.node.entries where (entry.key.prefix { $0 != "/" }).count >= 253 {
        return Violation(
          rule: .value, path: Path([.key(entry.key)]),
          message: "the part of a key before '/' is too long; use at most 252 characters")
      }
      return nil
    },
  ]

  /// An IPAddress that is none: the server names both the address and its value.
  private static func address(named steps: [Path.Step]) -> ValidationRule {
    ValidationRule { address in
      guard address["type"]?.text == "IPAddress", let value = address["value"],
        !(value.text.map(StringFormats.isServerAddress) ?? false)
      else { return nil }
      let shown = value.node.scalar?.text ?? ""
      return Violation(
        rule: .value, path: Path(steps),
        message: "value \(shown.quoted) is not an IP address; use one such as 10.0.0.1",
        stage: .blocking, isNamed: true)
    }
  }

  private static func listeners(
    _ keys: String..., check: @escaping @Sendable (DefaultedNode) -> String?
  ) -> ValidationRule {
    ValidationRule { list in
      for (index, listener) in list.items.enumerated() {
        guard let message = check(listener) else { continue }
        let steps = listener[keys] == nil ? [] : keys.map { Path.Step.key($0) }
        return Violation(path: Path([.index(index)] + steps), message: message)
      }
      return nil
    }
  }

  /// No two items may have the same value of this kind; nil is none.
  static func distinct(
    _ noun: String, at key: String? = nil, value: @escaping @Sendable (DefaultedNode) -> Node?
  ) -> ValidationRule {
    ValidationRule { list in
      var seen: Set<Node> = []
      for (index, item) in list.items.enumerated() {
        guard let node = value(item), !seen.insert(node).inserted else { continue }
        return Violation(
          rule: .distinct,
          path: Path([.index(index)] + (key.map { [.key($0)] } ?? [])),
          message: "\(noun) is taken by an earlier item; use another")
      }
      return nil
    }
  }
}

extension Node {
  /// A number in its shortest spelling; anything else as it is.
  var canonical: Node { integer.map(Node.integer) ?? self }
}
