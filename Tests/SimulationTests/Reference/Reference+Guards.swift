import YAML
import Resources

extension Reference {
  /// Whether a SecurityPolicy or EnvoyExtensionPolicy that Envoy Gateway refuses makes it answer 500
  /// for a rule (internal/gatewayapi/securitypolicy.go, envoyextensionpolicy.go).
  func isBarred(_ candidate: Candidate) -> Bool {
    isBarredBySecurity(candidate) || isBarredByExtension(candidate)
  }

  /// A policy with the namespaces of the two that it may be merged of.
  private struct Held {
    let spec: Node
    let own: Thing
    var parent: Thing?

    /// Where a part looks for what it names.
    func home(_ part: String) -> String {
      parent.flatMap { own.spec[part] == nil ? $0.namespace : nil } ?? own.namespace
    }
  }

  private func near(_ candidate: Candidate) -> [Aim] {
    let route = candidate.route
    let whole = Aim(kind: "HTTPRoute", namespace: route.namespace, name: route.name)
    guard let name = candidate.ruleName else { return [whole] }
    var own = whole
    own.section = name
    return [own, whole]
  }

  private func far(_ candidate: Candidate) -> [Aim] {
    let whole = Aim(kind: "Gateway", namespace: gateway.namespace, name: gateway.name)
    var own = whole
    own.section = candidate.listener.name
    return [own, whole]
  }

  private func isBarredBySecurity(_ candidate: Candidate) -> Bool {
    held(for: candidate).map(isRefused) ?? false
  }

  /// Whether a sound SecurityPolicy asks for a credential; requests here have none.
  func isAsked(_ candidate: Candidate) -> Bool {
    guard let held = held(for: candidate), !isRefused(security: held) else { return false }
    return ["jwt", "basicAuth", "apiKeyAuth"].contains { held.spec[$0] != nil }
  }

  /// On a route a policy is looked at as a whole first; one that fails there is passed over.
  private func held(for candidate: Candidate) -> Held? {
    let parent = far(candidate).compactMap { holder("SecurityPolicy", of: $0) }.first
    for aim in near(candidate) {
      guard let policy = holder("SecurityPolicy", of: aim) else { continue }
      guard !isLeftAside(policy.spec) else { continue }
      guard policy.spec["mergeType"] != nil, let parent, parent.key != policy.key else {
        return Held(spec: policy.spec, own: policy)
      }
      let merged = merge(parent.spec, policy.spec)
      guard !isLeftAside(merged) else { continue }
      return Held(spec: merged, own: policy, parent: parent)
    }
    return parent.map { Held(spec: $0.spec, own: $0) }
  }

  /// validateSecurityPolicy
  private func isLeftAside(_ spec: Node) -> Bool {
    (spec["apiKeyAuth"]?["extractFrom"]?.items ?? []).contains { source in
      ["headers", "params", "cookies"].filter { !(source[$0]?.items ?? []).isEmpty }.count > 1
    }
  }

  private func isRefused(security held: Held) -> Bool {
    for provider in held.spec["jwt"]?["providers"]?.items ?? [] {
      if let issuer = provider["issuer"]?.text, issuer.contains(":"), !issuer.contains("://") {
        return true
      }
    }
    if held.spec["basicAuth"] != nil,
      let secret = thing("Secret", held.home("basicAuth"), "users"),
      let users = secret.node["stringData"]?[".htpasswd"]?.text, !users.contains("{SHA}")
    {
      return true
    }
    guard held.spec["extAuth"]?["failOpen"]?.bool != true,
      let backOff = held.spec["extAuth"]?["http"]?["backendSettings"]?["retry"]?["perRetry"]?[
        "backOff"]
    else { return false }
    let base = backOff["baseInterval"]?.milliseconds
    let longest = backOff["maxInterval"]?.milliseconds
    if base == 0 || longest == 0 { return true }
    return base.flatMap { base in longest.map { $0 < base } } ?? false
  }

  private func isBarredByExtension(_ candidate: Candidate) -> Bool {
    let aims = near(candidate) + far(candidate)
    guard let policy = aims.compactMap({ holder("EnvoyExtensionPolicy", of: $0) }).first else {
      return false
    }
    return (policy.spec["lua"]?.items ?? []).contains { program in
      var text = program["inline"]?.text
      if program["type"]?.text == "ValueRef" {
        text = thing("ConfigMap", policy.namespace, "program")?.node["data"]?["lua"]?.text
      }
      return text.map { !$0.contains("envoy_on_re") } ?? false
    }
  }

  /// Mappings key by key; the places of API keys are written even where there are none.
  private func merge(_ far: Node, _ near: Node) -> Node {
    guard case .mapping(var merged) = far, case .mapping(let nearer) = near else { return near }
    for entry in nearer.entries {
      if entry.value == .sequence([]), entry.key != "extractFrom" { continue }
      merged[entry.key] = merged[entry.key].map { merge($0, entry.value) } ?? entry.value
    }
    return .mapping(merged)
  }
}
