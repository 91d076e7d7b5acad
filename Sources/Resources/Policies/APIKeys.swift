import YAML

/// The API keys that a SecurityPolicy lets in, and where it looks for one (envoyproxy/gateway v1.8.1,
/// internal/gatewayapi/securitypolicy.go, buildAPIKeyAuth; envoyproxy/envoy v1.38.1,
/// source/extensions/filters/http/api_key_auth/api_key_auth.cc).
package struct APIKeys: Sendable {
  /// In the order in which they are looked at.
  package let sources: [CredentialSource]
  /// The names of the clients by their keys.
  package let clients: [String: String]
  /// Whether there are keys that the documents do not show.
  package let isOpen: Bool
  /// The header that the client's name is written to, nil for none.
  package let clientHeader: String?
  /// Whether the key is taken out of the request.
  package let isRemoved: Bool

  /// Whether there is surely none.
  package var isEmpty: Bool { clients.isEmpty && !isOpen }

  /// Where a Secret is nil, nobody knows which keys count.
  fileprivate init(of spec: Node, in stores: [StoredData?]) {
    sources = spec.list("extractFrom").flatMap { source in
      source.list("headers").compactMap(\.text).map(CredentialSource.header)
        + source.list("params").compactMap(\.text).map(CredentialSource.query)
        + source.list("cookies").compactMap(\.text).map(CredentialSource.cookie)
    }
    let isWhole = stores.allSatisfy { $0 != nil }
    let entries = isWhole ? stores.compactMap { $0 }.flatMap(\.entries) : []
    // Of two keys for one client the first counts.
    let first = Dictionary(entries.map { ($0.key, $0.value) }) { first, _ in first }
    isOpen = !isWhole || first.values.contains(nil)
    clients = Dictionary(
      first.compactMap { name, key in key.map { ($0, name) } },
      uniquingKeysWith: { first, _ in first })
    clientHeader = spec.given("forwardClientIDHeader")?.text
    isRemoved = spec.given("sanitize")?.bool ?? false
  }
}

extension ResourceIndex {
  /// The API keys that are asked for by the policies that hold for a rule, the nearest first; nil
  /// where they ask for none.
  package func apiKeys(of policies: [PolicyAttachments.Holder]) -> APIKeys? {
    guard let own = policies.first?.policy, let spec = spec(of: policies).given("apiKeyAuth") else {
      return nil
    }
    let parent = policies.dropFirst().first?.policy
    let namespace = PartNamespaces(own, over: parent)["apiKeyAuth"]
    let stores = spec.list("credentialRefs").map { ref -> StoredData? in
      guard let (name, data) = secret(ref, namespace), !mayBeFilled(data),
        name.namespace == namespace
          || grants.allow(
            .securityPolicy, from: namespace, to: .secret, in: name.namespace, name: name.name)
      else { return nil }
      return data
    }
    return APIKeys(of: spec, in: stores)
  }

  /// Whether the policies that hold for a rule say which API keys count and where to look for them, so that
  /// Envoy takes what another one of the listener leaves out from them, if their route is the first that
  /// asks for keys (envoyproxy/gateway v1.8.1, internal/xds/translator/api_key_auth.go;
  /// envoyproxy/go-control-plane, envoy/extensions/filters/http/api_key_auth/v3/api_key_auth.pb.go,
  /// ApiKeyAuthPerRoute).
  package func lendsKeys(_ policies: [PolicyAttachments.Holder]) -> Bool {
    apiKeys(of: policies)?.isEmpty == false
      && spec(of: policies).given("apiKeyAuth")?.namesNoPlaceOfKeys == false
  }

  /// Whether another controller may write the entries of a Secret without any, as its annotations say.
  private func mayBeFilled(_ secret: StoredData) -> Bool {
    let annotations = documents[secret.index].node["metadata"]?.given("annotations")
    return secret.entries.isEmpty && annotations?.entries.isEmpty == false
  }

  /// Why the policies that hold for a rule, the nearest first, deny every request; nil where they let
  /// somebody in, as far as the documents say.
  package func denial(of policies: [PolicyAttachments.Holder]) -> DenyAll? {
    DenyAll(of: spec(of: policies)) ?? apiKeys(of: policies).flatMap(DenyAll.init)
  }
}
