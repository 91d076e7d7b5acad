import YAML

// What an HTTPRoute asks of its parts (kubernetes-sigs/gateway-api v1.5.1, CRD httproutes).

extension ValidationRule {
  static let httpRoute: [String: ValidationRule] = [
    "parentsNamed": ValidationRule { parents in
      var firsts: [[Node]: [Bool]] = [:]
      for (index, parent) in parents.items.enumerated() {
        let identity = parent.identity
        guard let marks = firsts[identity] else {
          firsts[identity] = parent.marks
          continue
        }
        guard marks != parent.marks else { continue }
        return Violation(
          rule: .distinct, path: Path([.index(index)]),
          message: "parentRefs lists the same parent twice; "
            + "each needs a sectionName, or each a port")
      }
      return nil
    },
    "parentsDistinct": distinct("this parent with its sectionName and port") { parent in
      .sequence(
        parent.identity + [parent.filled("sectionName"), parent["port"]?.node.canonical ?? .null])
    },
    "totalMatches": ValidationRule { rules in
      let count = rules.items.reduce(0) { $0 + ($1["matches"]?.items.count ?? 0) }
      guard count > 128 else { return nil }
      return Violation(
        rule: .value, message: "the rules have \(count) matches together; use at most 128")
    },
    "ruleNames": distinct("rule name", at: "name") { $0["name"]?.node },
    "path": ValidationRule { path in
      guard ["Exact", "PathPrefix"].contains(path["type"]?.text ?? ""),
        let text = path["value"]?.text, let problem = problem(ofPath: text)
      else { return nil }
      return Violation(rule: .value, path: Path([.key("value")]), message: problem)
    },
    "requestCoversBackend": ValidationRule { timeouts in
      guard let request = timeouts["request"]?.text,
        let backend = timeouts["backendRequest"]?.text
      else { return nil }
      let (whole, part) = (GoDuration.nanoseconds(request), GoDuration.nanoseconds(backend))
      guard whole != 0, part != 0 || whole == nil else { return nil }
      if let whole, let part, part <= whole { return nil }
      return Violation(
        path: Path([.key("backendRequest")]),
        message: "backendRequest is not within request; use at most \(request)")
    },
    "redirectAlone": ValidationRule { rule in
      guard rule["backendRefs"].map({ !$0.isEmpty }) ?? false,
        let index = (rule["filters"]?.items ?? []).firstIndex(where: {
          $0["requestRedirect"] != nil
        })
      else { return nil }
      return Violation(
        path: Path([.key("filters"), .index(index)]),
        message: "a RequestRedirect cannot be combined with backendRefs; leave one out")
    },
    "prefixOfRedirect": prefixReplaced("requestRedirect", inBackends: false),
    "prefixOfRewrite": prefixReplaced("urlRewrite", inBackends: false),
    "prefixOfBackendRedirect": prefixReplaced("requestRedirect", inBackends: true),
    "prefixOfBackendRewrite": prefixReplaced("urlRewrite", inBackends: true),
    "redirectOrRewrite": ValidationRule { filters in
      let types = filters.items.map { $0["type"]?.text }
      guard let index = types.lastIndex(where: { $0 == "RequestRedirect" || $0 == "URLRewrite" }),
        types.contains("RequestRedirect"), types.contains("URLRewrite")
      else { return nil }
      return Violation(
        path: Path([.index(index)]),
        message: "RequestRedirect and URLRewrite exclude each other; leave one out")
    },
    "filtersOnce": distinct("this type of filter", at: "type") { filter in
      let once = [
        "RequestHeaderModifier", "ResponseHeaderModifier", "RequestRedirect", "URLRewrite",
      ]
      return once.contains(filter["type"]?.text ?? "") ? filter["type"]?.node : nil
    },
    "corsOnce": distinct("this type of filter", at: "type") { filter in
      filter["type"]?.text == "CORS" ? filter["type"]?.node : nil
    },
    "starAlone": ValidationRule { list in
      guard list.items.count > 1, let index = list.items.firstIndex(where: { $0.text == "*" })
      else { return nil }
      return Violation(
        path: Path([.index(index)]), message: "\"*\" means all; leave out either it or the others")
    },
    "servicePort": ValidationRule { ref in
      guard ref["group"]?.isEmpty == true, ref["kind"]?.text == "Service", ref["port"] == nil
      else { return nil }
      return Violation(message: "a Service needs port; write one such as 80")
    },
  ]

  /// Exactly one match, of type PathPrefix, where a filter replaces the prefix.
  private static func prefixReplaced(_ filter: String, inBackends: Bool) -> ValidationRule {
    ValidationRule { rule in
      func replaces(_ owner: DefaultedNode) -> Bool {
        (owner["filters"]?.items ?? []).count {
          $0[[filter, "path", "type"]]?.text == "ReplacePrefixMatch"
            && $0[[filter, "path", "replacePrefixMatch"]] != nil
        } == 1
      }
      let isReplaced =
        inBackends
        ? (rule["backendRefs"]?.items ?? []).count(where: replaces) == 1 : replaces(rule)
      let matches = rule["matches"]?.items ?? []
      guard isReplaced,
        matches.count != 1 || matches[0][["path", "type"]]?.text != "PathPrefix"
      else { return nil }
      return Violation(
        path: Path([.key("matches")]),
        message: "replacePrefixMatch needs exactly one match, of type PathPrefix")
    }
  }

  private static func problem(ofPath text: String) -> String? {
    let bytes = Array(text.utf8)
    if !text.hasPrefix("/") { return "path \(text.quoted) has to start with /" }
    for part in ["//", "/./", "/../", "%2f", "%2F", "#"] as [StaticString]
    where bytes.contains(part) {
      return "path \(text.quoted) must not hold \(part)"
    }
    if text.hasSuffix("/..") || text.hasSuffix("/.") {
      return "path \(text.quoted) must not end in dots"
    }
    return StringFormats.isPath(bytes)
      ? nil : "path \(text.quoted) is not accepted; use \(Pattern.urlPath.description)"
  }
}

extension DefaultedNode {
  fileprivate func filled(_ key: String) -> Node {
    self[key].flatMap { $0.isEmpty ? nil : $0.node } ?? .null
  }

  fileprivate var identity: [Node] {
    ["group", "kind", "name", "namespace"].map { filled($0) }
  }

  /// Whether a parent has a sectionName and a port.
  fileprivate var marks: [Bool] {
    [filled("sectionName") != .null, (self["port"]?.integer ?? 0) != 0]
  }
}
