import Manifest

// What the traffic policies and the Backend ask that no implication says (domain.md 1.4, 1.5, 1.9).

extension Condition {
  static let policies: [String: Condition] = [
    "backendOnly": Condition { ref in
      guard ref["kind"]?.text != "Backend" || ref["group"]?.text != "gateway.envoyproxy.io" else {
        return nil
      }
      return Violation(
        rule: .value,
        message: "backendRef has to name a Backend; "
          + "write group gateway.envoyproxy.io and kind Backend")
    },
    "sameAddresses": Condition { endpoints in
      let items = endpoints.items
      guard items.contains(where: { $0["fqdn"] != nil }),
        let other = items.firstIndex(where: { $0["fqdn"] == nil })
      else { return nil }
      return Violation(
        path: Path([.index(other)]),
        message: "fqdn cannot stand with other addresses; give them a Backend of their own")
    },
    "noResponseCost": Condition { rules in
      guard let index = rules.items.firstIndex(where: { $0[["cost", "response"]] != nil }) else {
        return nil
      }
      return Violation(
        path: Path([.index(index), .key("cost"), .key("response")]),
        message: "a local limit cannot count the cost of responses; leave response out")
    },
    "unusable": Condition { value in
      // The bound 4294967295 does not fit the field's 32 bits (envoyproxy/gateway#9186).
      guard value.integer != nil else { return nil }
      return Violation(
        rule: .range,
        message: "Envoy Gateway 1.8 bounds requests beyond its own type, so that the server "
          + "refuses every value; use a release that mends it", stage: .checking)
    },
    "pickerPort": Condition { picker in
      guard picker["kind"]?.text == "Service", picker["port"] == nil else { return nil }
      return Violation(message: "a picker of kind Service needs port; write port: {number: 9002}")
    },
    "notEmpty": Condition { value in
      guard case .mapping(let mapping) = value.node,
        mapping.entries.allSatisfy({ $0.value.isNull })
      else { return nil }
      return Violation(
        rule: .count, message: "this is empty; write at least one field", stage: .checking)
    },
    "targetsNamed": Condition { targets in
      let items = targets.items
      for (index, target) in items.enumerated() {
        guard let twin = items.first(where: { $0.target == target.target }),
          (twin["sectionName"]?.isEmpty ?? true) != (target["sectionName"]?.isEmpty ?? true)
        else { continue }
        return Violation(
          rule: .distinct, path: Path([.index(index)]),
          message: "the same target stands in targetRefs twice; each needs a sectionName")
      }
      return nil
    },
    "targetsDistinct": distinct("this target with its sectionName") { target in
      .sequence(target.target + [target["sectionName"]?.node ?? .string("")])
    },
    "tlsVersions": Condition { value in
      let least = value["minVersion"]?.text
      guard let most = value["maxVersion"]?.text,
        let low = least.map({ lowest[$0] }) ?? 3, let high = highest[most], low > high
      else { return nil }
      return Violation(
        path: Path([.key("maxVersion")]),
        message: "maxVersion \(most) is below minVersion \(least ?? "1.2"); use a higher one")
    },
    "socketPath": Condition { value in
      guard let text = value.text, text.unicodeScalars.count > 108 else { return nil }
      return Violation(
        rule: .value,
        message: "path has \(text.unicodeScalars.count) characters; use at most 108")
    },
  ]

  private static let lowest = ["Auto": 0, "1.0": 1, "1.1": 2, "1.2": 3, "1.3": 4]
  private static let highest = ["1.0": 1, "1.1": 2, "1.2": 3, "1.3": 4, "Auto": 5]
}

extension Seen {
  fileprivate var target: [Node] { ["group", "kind", "name"].map { self[$0]?.node ?? .null } }
}
