import YAML

// What credentials and SecurityPolicies ask that no implication says.

extension ValidationRule {
  static let security: [String: ValidationRule] = [
    "oneCredential": ValidationRule { spec in
      guard let type = spec["type"]?.text, let own = blocks[type] else { return nil }
      guard spec[own] != nil else { return Violation(message: "type \(type) needs \(own)") }
      return blocks.values.sorted().first { $0 != own && spec[$0] != nil }.map { other in
        Violation(
          path: Path([.key(other)]),
          message: "\(other) cannot be combined with type \(type); leave it out, or write another "
            + "policy")
      }
    },
    "credentialFields": ValidationRule { policy in
      guard case .mapping(let spec)? = policy["spec"]?.node else { return nil }
      let count = spec.entries.count { !$0.value.isNull }
      let most = policy.isOfAlpha || policy.schemaSet < .v1_1 ? 3 : 4
      guard count > most else { return nil }
      return Violation(
        rule: .count, path: Path([.key("spec")]),
        message: "spec has \(count) fields; use at most \(most)", stage: .blocking, isNamed: true)
    },
    "overrideVersion": ValidationRule { policy in
      guard policy.isOfAlpha, policy["spec"]?.node["credentialOverride"] != nil else { return nil }
      return Violation(
        rule: .unknown, path: Path([.key("spec"), .key("credentialOverride")]),
        message: "credentialOverride is known to v1beta1 only; "
          + "write apiVersion aigateway.envoyproxy.io/v1beta1", stage: .decoding, isNamed: true)
    },
    "googleVersion": ValidationRule { policy in
      guard policy.isOfAlpha, let google = policy["spec"]?["gcpCredentials"],
        google["credentialsFile"] == nil, google["workloadIdentityFederationConfig"] == nil
      else { return nil }
      return Violation(
        path: Path([.key("spec"), .key("gcpCredentials")]),
        message: "v1alpha1 needs credentialsFile or workloadIdentityFederationConfig; "
          + "write one, or v1beta1", isNamed: true)
    },
    "credentialTargets": targets(
      ["aigateway.envoyproxy.io/AIServiceBackend", "inference.networking.k8s.io/InferencePool"],
      "credentials are for an AIServiceBackend of aigateway.envoyproxy.io or an "
        + "InferencePool of inference.networking.k8s.io; name one"),
    "quotaTargets": targets(
      ["aigateway.envoyproxy.io/AIServiceBackend"],
      "quotas are for an AIServiceBackend of aigateway.envoyproxy.io; name one"),
    "gatewaysOnly": ValidationRule { parents in
      guard let index = parents.items.firstIndex(where: { $0["kind"]?.text != "Gateway" }) else {
        return nil
      }
      return Violation(
        path: Path([.index(index), .key("kind")]),
        message: "an MCPRoute attaches to Gateways only; write kind Gateway")
    },
    "backendNames": distinct("backend name", at: "name") { $0["name"]?.node },
    "notScope": ValidationRule { claims in
      guard let index = claims.items.firstIndex(where: { $0["name"]?.text == "scope" }) else {
        return nil
      }
      return Violation(
        path: Path([.index(index), .key("name")]),
        message: "claim scope is reserved for the scopes of OAuth; write scopes")
    },
    "oauthOfRules": ValidationRule { policy in
      guard let authorization = policy["authorization"], policy["oauth"] == nil else { return nil }
      // The server cannot evaluate its rule where there are no rules to look at.
      guard let rules = authorization["rules"] else {
        return Violation(
          path: Path([.key("authorization")]), message: "authorization needs rules or oauth")
      }
      guard let index = rules.items.firstIndex(where: { $0[["source", "jwt"]] != nil }) else {
        return nil
      }
      return Violation(
        path: Path([.key("authorization"), .key("rules"), .index(index), .key("source")]),
        message: "a rule about tokens needs oauth, which reads them; write its issuer")
    },
    "tokensApart": ValidationRule { oidc in
      guard oidc["forwardAccessToken"]?.node.bool == true,
        oidc[["forwardIDToken", "header"]]?.text?.lowercased() == "authorization"
      else { return nil }
      return Violation(
        path: Path([.key("forwardIDToken"), .key("header")]),
        message: "the access token goes into Authorization; name another header")
    },
    "ownNamespaces": ValidationRule { namespaces in
      let own = "envoy.filters.http"
      guard
        let index = namespaces.items.firstIndex(where: { $0.text?.hasPrefix(own) == true })
      else { return nil }
      return Violation(
        rule: .value, path: Path([.index(index)]),
        message: "metadata of \(own) belongs to Envoy's own filters; name another namespace")
    },
    "notHost": ValidationRule { header in
      guard header.text?.lowercased() == "host" else { return nil }
      return Violation(rule: .value, message: "header cannot be Host; name another one")
    },
    "notReplace": ValidationRule { type in
      guard type.text == "Replace" else { return nil }
      return Violation(
        rule: .value,
        message: "mergeType \"Replace\" is not accepted; leave it out, or use StrategicMerge")
    },
    "coreGroup": ValidationRule { ref in
      guard let group = ref["group"]?.text, !["", "v1"].contains(group) else { return nil }
      return Violation(
        path: Path([.key("group")]),
        message: "group \(group.quoted) has no ConfigMap or Secret; write \"\"")
    },
    "authGroups": ValidationRule { backend in
      let groups = ["", "multicluster.x-k8s.io", "gateway.envoyproxy.io"]
      return groupOfBackendRef(in: backend, outside: groups).map {
        Violation(
          path: $0, message: "only a Service, a ServiceImport or a Backend can be asked; name one")
      }
    },
    "telemetryGroups": ValidationRule { backend in
      groupOfBackendRef(in: backend, outside: ["", "gateway.envoyproxy.io"]).map {
        Violation(path: $0, message: "data is sent to a Service or a Backend only; name one")
      }
    },
    "jwtOfRules": ValidationRule { spec in
      guard spec["jwt"] == nil,
        let index = (spec[["authorization", "rules"]]?.items ?? []).firstIndex(where: {
          $0[["principal", "jwt"]] != nil
        })
      else { return nil }
      return Violation(
        path: Path(
          [.key("authorization"), .key("rules"), .index(index), .key("principal"), .key("jwt")]),
        message: "a rule about claims needs jwt, which reads them; write its providers")
    },
  ]

  /// Targets of some kinds only, each with its group.
  private static func targets(_ kinds: [String], _ message: String) -> ValidationRule {
    ValidationRule { targets in
      targets.items.firstIndex {
        !kinds.contains("\($0["group"]?.text ?? "")/\($0["kind"]?.text ?? "")")
      }.map { Violation(path: Path([.index($0)]), message: message) }
    }
  }

  /// The field that belongs to a type of credentials.
  private static let blocks = [
    "APIKey": "apiKey", "AWSCredentials": "awsCredentials", "AzureAPIKey": "azureAPIKey",
    "AzureCredentials": "azureCredentials", "GCPCredentials": "gcpCredentials",
    "AnthropicAPIKey": "anthropicAPIKey",
  ]

  /// Where a backendRef names a group that is none of these.
  private static func groupOfBackendRef(in node: DefaultedNode, outside groups: [String]) -> Path? {
    (node["backendRefs"]?.items ?? []).firstIndex {
      !groups.contains($0["group"]?.text ?? "")
    }.map { Path([.key("backendRefs"), .index($0), .key("group")]) }
  }
}

extension DefaultedNode {
  fileprivate var isOfAlpha: Bool { self["apiVersion"]?.text?.hasSuffix("/v1alpha1") == true }
}
