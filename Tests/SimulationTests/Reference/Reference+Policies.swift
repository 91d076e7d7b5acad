import YAML
import Resources
import Simulation

extension Reference {
  /// What a policy is aimed at.
  struct Aim: Equatable {
    var kind: String
    var namespace: String
    var name: String
    var section: String?
  }

  /// What could be found by labels.
  private var aims: [(Aim, [String: String])] {
    let gateways = things("Gateway").map {
      (Aim(kind: "Gateway", namespace: $0.namespace, name: $0.name), $0.labels)
    }
    let routes = paths.map {
      (Aim(kind: "HTTPRoute", namespace: $0.namespace, name: $0.name), $0.labels)
    }
    return gateways + routes
  }

  /// All that a policy is aimed at, by name and by labels (internal/gatewayapi/helpers.go,
  /// resolvePolicyTargets).
  func aims(of policy: Thing) -> [Aim] {
    var found: [Aim] = []
    for selector in policy.spec["targetSelectors"]?.items ?? [] {
      for (aim, labels) in aims where aim.kind == selector["kind"]?.text {
        guard reaches(selector["namespaces"], policy, aim.namespace) else { continue }
        guard fits(selector, labels) == true else { continue }
        guard isGranted(policy, aim) else { continue }
        found.append(aim)
      }
    }
    var named = policy.spec["targetRefs"]?.items ?? []
    if let one = policy.spec["targetRef"] { named = [one] }
    for target in named {
      found.append(
        Aim(
          kind: target["kind"]?.text ?? "", namespace: policy.namespace,
          name: target["name"]?.text ?? "", section: target["sectionName"]?.text))
    }
    return found
  }

  private func reaches(_ namespaces: Node?, _ policy: Thing, _ namespace: String) -> Bool {
    switch namespaces?["from"]?.text {
    case "All": return true
    case "Selector":
      guard let labels = labels(ofNamespace: namespace),
        let selector = namespaces?["selector"]
      else { return false }
      return fits(selector, labels) == true
    default: return namespace == policy.namespace
    }
  }

  private func isGranted(_ policy: Thing, _ aim: Aim) -> Bool {
    if policy.namespace == aim.namespace { return true }
    for grant in things("ReferenceGrant") where grant.namespace == aim.namespace {
      let isFrom = (grant.spec["from"]?.items ?? []).contains {
        $0["group"]?.text == "gateway.envoyproxy.io" && $0["kind"]?.text == policy.kind
          && $0["namespace"]?.text == policy.namespace
      }
      let isTo = (grant.spec["to"]?.items ?? []).contains {
        $0["group"]?.text == "gateway.networking.k8s.io" && $0["kind"]?.text == aim.kind
          && ($0["name"]?.text ?? aim.name) == aim.name
      }
      if isFrom, isTo { return true }
    }
    return false
  }

  /// The policy that holds an aim: the oldest of its kind; all others are Conflicted.
  func holder(_ kind: String, of aim: Aim) -> Thing? {
    sorted(kind).first { aims(of: $0).contains(aim) }
  }

  // MARK: - BackendTrafficPolicies

  /// What policies make of a rule.
  enum Traffic {
    case untouched
    /// Envoy Gateway refuses the policy; what it covers answers 500.
    case refused
    /// The policy with what it is merged with, and all that have part in it.
    case policy(Node, [Thing])
  }

  /// The nearest policy: of the rule, the route, the listener, the Gateway
  /// (internal/gatewayapi/backendtrafficpolicy.go, ProcessBackendTrafficPolicies).
  func traffic(_ candidate: Candidate) -> Traffic {
    let route = candidate.route
    var near: [Aim] = []
    if let name = candidate.ruleName {
      near.append(
        Aim(kind: "HTTPRoute", namespace: route.namespace, name: route.name, section: name))
    }
    near.append(Aim(kind: "HTTPRoute", namespace: route.namespace, name: route.name))
    let far = [
      Aim(
        kind: "Gateway", namespace: gateway.namespace, name: gateway.name,
        section: candidate.listener.name),
      Aim(kind: "Gateway", namespace: gateway.namespace, name: gateway.name),
    ]
    let parent = far.compactMap { holder("BackendTrafficPolicy", of: $0) }.first
    for aim in near {
      guard let policy = holder("BackendTrafficPolicy", of: aim) else { continue }
      guard policy.spec["mergeType"] != nil, let parent else {
        return isRefused(traffic: policy.spec) ? .refused : .policy(policy.spec, [policy])
      }
      let merged = merge(withDefaults(parent.spec), withDefaults(policy.spec))
      return isRefused(traffic: merged) ? .refused : .policy(merged, [policy, parent])
    }
    guard let parent else { return .untouched }
    return isRefused(traffic: parent.spec) ? .refused : .policy(parent.spec, [parent])
  }

  /// The API server writes these in before a controller sees the policy.
  private func withDefaults(_ spec: Node) -> Node {
    guard case .mapping(var mapping) = spec, case .mapping(var retry)? = mapping["retry"] else {
      return spec
    }
    if retry["numRetries"] == nil { retry["numRetries"] = .integer(2) }
    mapping["retry"] = .mapping(retry)
    return .mapping(mapping)
  }

  /// Mappings key by key; of all else the nearer. Empty lists are lost on the way through JSON.
  private func merge(_ far: Node, _ near: Node) -> Node {
    guard case .mapping(var merged) = far, case .mapping(let nearer) = near else { return near }
    for entry in nearer.entries {
      if case .sequence(let items) = entry.value, items.isEmpty { continue }
      merged[entry.key] = merged[entry.key].map { merge($0, entry.value) } ?? entry.value
    }
    return .mapping(merged)
  }

  // MARK: - ClientTrafficPolicies

  enum Client {
    case none
    /// What it covers answers 500; of the policy only the changes of headers are made.
    case refused(Node)
    case policy(Node)

    /// What changes headers (translateClientTrafficPolicyForListener).
    var ofHeaders: Node? {
      switch self {
      case .none: nil
      case .refused(let spec), .policy(let spec): spec["headers"]
      }
    }
  }

  /// The client policy of a listener: its own, else the Gateway's, never both
  /// (internal/gatewayapi/clienttrafficpolicy.go, ProcessClientTrafficPolicies).
  func client(of door: Door) throws(Unclear) -> Client {
    var aim = Aim(
      kind: "Gateway", namespace: gateway.namespace, name: gateway.name, section: door.name)
    let own = holder("ClientTrafficPolicy", of: aim)
    aim.section = nil
    guard let policy = own ?? holder("ClientTrafficPolicy", of: aim) else { return .none }
    if door.protocolName == "HTTP" {
      for other in openDoors where other.port == door.port {
        var section = aim
        section.section = other.name
        let isShared = openDoors.contains { $0.port == door.port && $0.place != other.place }
        if isShared, holder("ClientTrafficPolicy", of: section) != nil { throw .sharedPort }
      }
    }
    return isRefused(client: policy.spec, at: door) ? .refused(policy.spec) : .policy(policy.spec)
  }

  /// Headers after what a client policy does to them before routing: what is to be added, set and
  /// added where absent, then what is to be removed.
  func early(_ door: Door, on headers: [(String, String)]) -> [(String, String)] {
    guard let client = try? client(of: door), let early = client.ofHeaders?["earlyRequestHeaders"]
    else { return headers }
    var headers = headers
    var done: Set<String> = []
    for action in ["add", "set", "addIfAbsent"] {
      for header in early[action]?.items ?? [] {
        let name = (header["name"]?.text ?? "").lowercased()
        let value = header["value"]?.scalar?.text ?? ""
        guard done.insert(name).inserted else { continue }
        let isThere = headers.contains { $0.0.lowercased() == name }
        if action == "set" { headers.removeAll { $0.0.lowercased() == name } }
        if action == "addIfAbsent", isThere { continue }
        headers.append((name, value))
      }
    }
    for name in (early["remove"]?.items ?? []).compactMap({ $0.text?.lowercased() }) {
      headers.removeAll { $0.0.lowercased() == name }
    }
    return headers
  }
}
