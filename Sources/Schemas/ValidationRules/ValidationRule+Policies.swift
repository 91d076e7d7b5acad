import YAML

// What the traffic policies and the Backend ask that no implication says (envoyproxy/gateway
// v1.8.1, CRDs clienttrafficpolicies, backendtrafficpolicies, backends).

extension ValidationRule {
  static let policies: [String: ValidationRule] = [
    "backendOnly": ValidationRule { ref in
      guard ref["kind"]?.text != "Backend" || ref["group"]?.text != "gateway.envoyproxy.io" else {
        return nil
      }
      return Violation(
        rule: .value,
        message: "backendRef has to name a Backend; "
          + "write group gateway.envoyproxy.io and kind Backend")
    },
    "sameAddresses": ValidationRule { endpoints in
      let items = endpoints.items
      guard items.contains(where: { $0["fqdn"] != nil }),
        let other = items.firstIndex(where: { $0["fqdn"] == nil })
      else { return nil }
      return Violation(
        path: Path([.index(other)]),
        message: "fqdn cannot be combined with other addresses; give them a Backend of their own")
    },
    "noResponseCost": ValidationRule { rules in
      guard let index = rules.items.firstIndex(where: { $0[["cost", "response"]] != nil }) else {
        return nil
      }
      return Violation(
        path: Path([.index(index), .key("cost"), .key("response")]),
        message: "a local limit cannot count the cost of responses; leave response out")
    },
    "noShadow": ValidationRule { rules in
      guard let index = rules.items.firstIndex(where: { $0["shadowMode"] != nil }) else {
        return nil
      }
      return Violation(
        path: Path([.index(index), .key("shadowMode")]),
        message: "a local limit has no shadowMode; leave it out")
    },
    "noLimitMetadata": ValidationRule { rules in
      guard
        let index = rules.items.firstIndex(where: { $0[["limit", "fromMetadata"]] != nil })
      else { return nil }
      return Violation(
        path: Path([.index(index), .key("limit"), .key("fromMetadata")]),
        message: "a local limit cannot come from metadata; write the limit as a global one")
    },
    "bytes": ValidationRule { payload in
      // Where a text has a format, the server takes a list for one, until a rule looks at it.
      guard case .sequence? = payload["binary"]?.node else { return nil }
      return Violation(
        path: Path([.key("binary")]), message: "binary is a list, not a string; write base64")
    },
    "requestBody": ValidationRule { check in
      guard check["requestBody"] != nil,
        !["POST", "PUT"].contains(check["method"]?.text?.uppercased())
      else { return nil }
      return Violation(
        path: Path([.key("requestBody")]), message: "requestBody needs method POST or PUT")
    },
    "logPairs": ValidationRule { matches in
      let kinds = matches.items.compactMap(\.text)
      let fails = kinds.contains { $0.hasPrefix("Failure") }
      guard fails != kinds.contains(where: { !$0.hasPrefix("Failure") }) else { return nil }
      return Violation(message: "write both a failure and a success to log, or neither")
    },
    "notZero": ValidationRule { value in
      guard let text = value.text, let length = GoDuration.nanoseconds(text), length <= 0 else {
        return nil
      }
      return Violation(rule: .value, message: "\(text) is not a time; use at least 1ms")
    },
    "namedEndpoints": ValidationRule { spec in
      guard spec[["tls", "autoSNIFromEndpointHostname"]]?.node.bool == true,
        let index = (spec["endpoints"]?.items ?? []).firstIndex(where: {
          ($0["ip"] != nil || $0["unix"] != nil) && $0["hostname"] == nil
        })
      else { return nil }
      return Violation(
        path: Path([.key("endpoints"), .index(index)]),
        message: "autoSNIFromEndpointHostname needs hostname at each ip and unix endpoint")
    },
    "pickerPort": ValidationRule { picker in
      guard picker["kind"]?.text == "Service", picker["port"] == nil else { return nil }
      return Violation(message: "a picker of kind Service needs port; write port: {number: 9002}")
    },
    "targetsNamed": ValidationRule { targets in
      let items = targets.items
      for (index, target) in items.enumerated() {
        guard let duplicate = items.first(where: { $0.target == target.target }),
          (duplicate["sectionName"]?.isEmpty ?? true) != (target["sectionName"]?.isEmpty ?? true)
        else { continue }
        return Violation(
          rule: .distinct, path: Path([.index(index)]),
          message: "targetRefs lists the same target twice; each needs a sectionName")
      }
      return nil
    },
    "targetsDistinct": distinct("this target with its sectionName") { target in
      .sequence(target.target + [target["sectionName"]?.node ?? .string("")])
    },
    "tlsVersions": ValidationRule { value in
      let least = value["minVersion"]?.text
      guard let most = value["maxVersion"]?.text,
        let low = least.map({ lowest[$0] }) ?? 3, let high = highest[most], low > high
      else { return nil }
      return Violation(
        path: Path([.key("maxVersion")]),
        message: "maxVersion \(most) is below minVersion \(least ?? "1.2"); use a higher one")
    },
    "image": ValidationRule { image in
      guard let text = image.text, !ImageName.isImage(Array(text.utf8)) else { return nil }
      return Violation(
        rule: .value,
        message: "image \(text.quoted) is not accepted; use one such as registry.example/name:tag")
    },
    "imageRepository": ValidationRule { repository in
      guard let text = repository.text, !ImageName.isRepository(Array(text.utf8)) else {
        return nil
      }
      return Violation(
        rule: .value,
        message: "imageRepository \(text.quoted) is not accepted; "
          + "use one without tag such as registry.example/name")
    },
    "socketPath": ValidationRule { value in
      guard let text = value.text, text.unicodeScalars.count > 108 else { return nil }
      return Violation(
        rule: .value,
        message: "path has \(text.unicodeScalars.count) characters; use at most 108")
    },
  ]

  private static let lowest = ["Auto": 0, "1.0": 1, "1.1": 2, "1.2": 3, "1.3": 4]
  private static let highest = ["1.0": 1, "1.1": 2, "1.2": 3, "1.3": 4, "Auto": 5]
}

extension DefaultedNode {
  fileprivate var target: [Node] { ["group", "kind", "name"].map { self[$0]?.node ?? .null } }
}
