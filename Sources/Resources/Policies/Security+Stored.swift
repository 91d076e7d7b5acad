import Schemas
import YAML

extension ResourceIndex {
  /// What is wrong with the Secrets and ConfigMaps that a SecurityPolicy reads.
  func storedRefusals(of spec: Node, namespaces: PartNamespaces) -> [PolicyRefusal] {
    var refusals: [PolicyRefusal] = []
    for (part, path) in Self.secretRefs(in: spec) {
      guard let ref = spec[path] else { continue }
      let kind = ref.given("kind")?.text ?? "Secret"
      let group = ref.given("group")?.text ?? ""
      guard !Variable.isIn(kind), kind != "Secret" || !group.isEmpty else { continue }
      refusals.append(
        PolicyRefusal(
          Path.to("spec").appending(path),
          kind == "Secret"
            ? "\(part): secret ref group must be unspecified/empty"
            : "\(part): secret ref kind must be Secret", "leave group and kind out"))
    }
    if let repeated = repeatedKey(of: spec.given("apiKeyAuth"), namespaces["apiKeyAuth"]) {
      refusals.append(repeated)
    }
    if let ref = spec.given("basicAuth", "users"),
      let (name, data) = secret(ref, namespaces["basicAuth"])
    {
      refusals.checkUsers(data.entry(".htpasswd"), of: name)
    }
    for (field, key, what) in [
      ("clientIDRef", "client-id", "client ID"), ("clientSecret", "client-secret", "client secret"),
    ] {
      guard let ref = spec.given("oidc", field), let (name, data) = secret(ref, namespaces["oidc"]),
        data.lacks(key)
      else { continue }
      // A client ID that is written out stands before the reference.
      if field == "clientIDRef", spec.given("oidc", "clientID") != nil { continue }
      refusals.append(
        PolicyRefusal(
          .to("spec", "oidc", field), "OIDC: \(what) not found in secret \(name)",
          "write it under \(key) there"))
    }
    for (index, provider) in (spec.given("jwt")?.list("providers") ?? []).enumerated() {
      guard let keys = provider.given("localJWKS"), keys.given("type")?.text == "ValueRef",
        let name = keys.given("valueRef", "name")?.text,
        let map = stored("ConfigMap", ObjectKey(namespaces["jwt"], name)), map.hasNoText
      else { continue }
      refusals.append(
        PolicyRefusal(
          .to("spec", "jwt", "providers", index, "localJWKS", "valueRef", "name"),
          "JWT: JWKS data not found in ConfigMap \(namespaces["jwt"])/\(name)",
          "write the keys under jwks there"))
    }
    return refusals + contextRefusals(of: spec.given("extAuth"), namespaces["extAuth"])
  }

  /// The references to Secrets, each with the part that reads it, in Envoy Gateway's words.
  private static func secretRefs(in spec: Node) -> [(part: String, path: Path)] {
    let keys = (spec.given("apiKeyAuth")?.list("credentialRefs") ?? []).indices
    return [
      ("BasicAuth", .to("basicAuth", "users")), ("OIDC", .to("oidc", "clientSecret")),
      ("OIDC", .to("oidc", "clientIDRef")),
    ] + keys.map { ("APIKeyAuth", .to("apiKeyAuth", "credentialRefs", $0)) }
  }

  /// A key that two clients have.
  func repeatedKey(of keys: Node?, _ namespace: String) -> PolicyRefusal? {
    var clients: Set<String> = []
    var seen: Set<String> = []
    for (index, ref) in (keys?.list("credentialRefs") ?? []).enumerated() {
      for entry in secret(ref, namespace)?.data.entries ?? [] {
        guard let value = entry.value, clients.insert(entry.key).inserted else { continue }
        guard !seen.insert(value).inserted else { continue }
        return PolicyRefusal(
          .to("spec", "apiKeyAuth", "credentialRefs", index), "APIKeyAuth: duplicated API key",
          "give client \(entry.key) a key of its own")
      }
    }
    return nil
  }

  /// What the authorization service is sent, where it stands in a Secret or ConfigMap.
  private func contextRefusals(of asked: Node?, _ namespace: String) -> [PolicyRefusal] {
    guard asked?.given("failOpen")?.bool != true else { return [] }
    return (asked?.list("contextExtensions") ?? []).enumerated().compactMap { index, item in
      guard let ref = item.given("valueRef"), let kind = ref["kind"]?.text,
        let name = ref["name"]?.text, let key = ref["key"]?.text,
        let data = stored(kind, ObjectKey(namespace, name)), data.entry(key) == nil
      else { return nil }
      return PolicyRefusal(
        .to("spec", "extAuth", "contextExtensions", index, "valueRef", "key"),
        "ExtAuth: can't find the key \(key.quoted) in the referenced \(kind.lowercased()) "
          + name.quoted, "use a key that it has")
    }
  }

  /// The Secret that a reference from a namespace leads to, where it is among the documents.
  func secret(_ ref: Node, _ namespace: String) -> (name: ObjectKey, data: StoredData)? {
    guard let name = ref["name"]?.text else { return nil }
    let key = ObjectKey(ref.given("namespace")?.text ?? namespace, name)
    return stored("Secret", key).map { (key, $0) }
  }
}

extension [PolicyRefusal] {
  fileprivate mutating func checkUsers(_ entry: StoredData.Entry?, of secret: ObjectKey) {
    let path = Path.to("spec", "basicAuth", "users")
    guard let entry, entry.value != "" else {
      append(
        PolicyRefusal(
          path, "BasicAuth: secret \(secret) must contain a non-empty \".htpasswd\" key",
          "write the users under .htpasswd there"))
      return
    }
    guard let condition = entry.refusalOfUsers else { return }
    append(PolicyRefusal(path, "BasicAuth: \(condition)", "write what htpasswd -s prints"))
  }
}

extension StoredData.Entry {
  /// Why Envoy Gateway does not take it as .htpasswd, nil where it does.
  var refusalOfUsers: String? {
    (value ?? "").split(whereSeparator: \.isNewline).lazy.compactMap { $0.trimmed.refusalOfUser }
      .first
  }
}

extension Substring {
  fileprivate var trimmed: Substring {
    let start = drop(while: \.isWhitespace)
    return start.lastIndex { !$0.isWhitespace }.map { start[...$0] } ?? ""
  }

  /// Why Envoy Gateway does not take a line of .htpasswd; nil where it does.
  fileprivate var refusalOfUser: String? {
    guard !isEmpty else { return nil }
    guard let colon = firstIndex(of: ":") else {
      return "invalid htpasswd format: each line must be in the format 'username:password'"
    }
    let password = self[index(after: colon)...]
    guard password.hasPrefix("{SHA}") else {
      return "unsupported htpasswd format: please use {SHA}"
    }
    return Base64.bytes(String(password.dropFirst(5)))?.count == 20
      ? nil : "invalid htpasswd format: {SHA} must be base64-encoded SHA1"
  }
}
