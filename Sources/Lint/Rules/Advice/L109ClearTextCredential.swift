import Resources
import Schemas
import YAML

extension Rule {
  static let clearTextCredential = Rule(
    "L109", "clear-text-credential", .error, "a credential outside a Secret",
    why: "A value in a field of any other object is in clear text in Git, in kubectl's output, in "
      + "etcd and in the objects generated from it. Whoever may read routes can then use the key. "
      + "A BackendSecurityPolicy, or secretRef of an MCPRoute, reads it from a Secret.",
    bad: "headerMutation: {set: [{name: Authorization, value: Bearer sk-...}]}",
    good: "a BackendSecurityPolicy {type: APIKey, apiKey: {secretRef: {name: openai-apikey}}}",
    reference: Citation.aiGateway("internal/controller/mcp_route.go"),
    traits: .form,
    .document { document, report in
      guard document.kind != "Secret" else { return }
      let node = document.node
      let kind = document.kind ?? ""
      let hasVariables = ["GatewayConfig", "EnvoyProxy"].contains(kind)
      guard
        hasVariables || kind == "MCPRoute"
          || node.hasText(where: { Credential.isLikely($0) || isSecretHeader($0) })
      else { return }
      node.visit { path, node in
        if let text = node.text, Credential.isLikely(text) {
          report.add(
            "this looks like a credential, which would stand here in clear text; keep it in a "
              + "Secret", at: path)
        } else if let value = Secretive(path, node, hasVariables: hasVariables) {
          report.add(
            "\(value.name) holds a credential in clear text; \(value.advice)",
            at: path.appending(value.field))
        }
      }
    })

  /// How long each is and what it begins with, by which nearly all other texts are told apart.
  private static let secretHeaderForms = secretHeaders.map { ($0.utf8.count, $0.utf8.first) }

  private static func isSecretHeader(_ text: String) -> Bool {
    let form = (text.utf8.count, text.utf8.first.map { $0 | 0x20 })
    return secretHeaderForms.contains { $0 == form } && secretHeaders.contains(text.lowercased())
  }
}

/// A value that is a credential by what it is called, whatever it looks like.
private struct Secretive {
  let name: String
  /// The key under which it stands in its mapping.
  let field: String
  let advice: String

  init?(_ path: Path, _ node: Node, hasVariables: Bool) {
    if let inline = node["inline"]?.text, path.last == .key("apiKey"), Self.isGiven(inline) {
      self.init(name: "inline", field: "inline", advice: "use secretRef")
      return
    }
    guard let name = node["name"]?.text, let value = node["value"]?.text, Self.isGiven(value) else {
      return nil
    }
    let keys = path.steps.compactMap { if case .key(let key) = $0 { key } else { nil } }
    if keys.contains("env") {
      guard hasVariables, Self.isSecret(variable: name, value) else { return nil }
      self.init(
        name: name.quoted, field: "value",
        advice: "use valueFrom {secretKeyRef: {name: ..., "
          + "key: ...}}")
    } else {
      guard Rule.secretHeaders.contains(name.lowercased()), keys.contains(where: Self.changes)
      else {
        return nil
      }
      self.init(name: name.quoted, field: "value", advice: "use a BackendSecurityPolicy")
    }
  }

  private init(name: String, field: String, advice: String) {
    self.name = name
    self.field = field
    self.advice = advice
  }

  /// Whether it is a value, not something that is filled in later, nor one that L109 finds anyhow.
  private static func isGiven(_ value: String) -> Bool {
    let last = value.split(separator: " ").last.map(String.init) ?? value
    return !Variable.isIn(value) && !value.utf8.contains(UInt8(ascii: "%"))
      && !Credential.isPlaceholder(last) && !Credential.isPlaceholder(value)
      && !Credential.isLikely(value)
  }

  /// The fields that change headers on their way.
  private static func changes(_ key: String) -> Bool {
    ["headerMutation", "requestHeaderModifier", "earlyRequestHeaders"].contains(key)
  }

  private static func isSecret(variable name: String, _ value: String) -> Bool {
    let name = name.uppercased()
    let isSecret = [
      "API_KEY", "APIKEY", "ACCESS_KEY", "_TOKEN", "_SECRET", "PASSWORD", "PRIVATE_KEY",
    ].contains(where: name.hasSuffix)
    if isSecret { return value.utf8.count >= 8 && !value.utf8.contains(UInt8(ascii: "/")) }
    return name == "OTEL_EXPORTER_OTLP_HEADERS"
      && ["authorization=", "api-key="].contains { value.lowercased().hasPrefix($0) }
  }
}
