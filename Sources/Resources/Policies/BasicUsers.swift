import YAML

/// The users that a SecurityPolicy lets in by their passwords (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/securitypolicy.go, buildBasicAuth; envoyproxy/envoy v1.38.1,
/// source/extensions/filters/http/basic_auth/config.cc, basic_auth_filter.cc).
package struct BasicUsers: Sendable {
  /// The sums of the passwords, in base64, by the users.
  private let sums: [Substring: Substring]
  /// The header that the user's name is written to, nil for none.
  package let userHeader: String?

  fileprivate init(_ lines: String, _ asked: Node) {
    var sums: [Substring: Substring] = [:]
    for line in lines.split(whereSeparator: \.isNewline) where line.first != "#" {
      let name = line.prefix { $0 != ":" }
      sums[name] = line.dropFirst(name.count + ":{SHA}".count)
    }
    self.sums = sums
    userHeader = asked.given("forwardUsernameHeader")?.text
  }

  /// Who is let in by what stands behind `Basic` in a header, nil for nobody.
  package func user(of credential: Substring) -> String? {
    let letters = credential.reversed().drop { $0 == "=" }.reversed()
    guard !letters.contains("="), letters.count % 4 != 1,
      let bytes = Base64.bytes(
        letters + String(repeating: "=", count: (4 - letters.count % 4) % 4)),
      let colon = bytes.firstIndex(of: UInt8(ascii: ":")),
      let name = String(validating: bytes[..<colon], as: UTF8.self)
    else { return nil }
    let sum = SHA1.sum(of: Array(bytes[(colon + 1)...]))
    return sums[name[...]].flatMap { Base64.bytes(String($0)) == sum ? name : nil }
  }
}

extension ResourceIndex {
  /// The users that are asked for by the policies that hold for a rule, the nearest first; nil where
  /// they ask for none, or the documents do not show all of them.
  package func basicUsers(of policies: [PolicyAttachments.Holder]) -> BasicUsers? {
    guard let own = policies.first?.policy, let asked = spec(of: policies).given("basicAuth"),
      let ref = asked.given("users")
    else { return nil }
    let parent = policies.dropFirst().first?.policy
    let namespace = PartNamespaces(own, over: parent)["basicAuth"]
    guard let (name, data) = secret(ref, namespace), let entry = data.entry(".htpasswd"),
      let lines = entry.value, entry.refusalOfUsers == nil, !lines.isEmpty,
      name.namespace == namespace
        || grants.allow(
          .securityPolicy, from: namespace, to: .secret, in: name.namespace, name: name.name)
    else { return nil }
    return BasicUsers(lines, asked)
  }
}
