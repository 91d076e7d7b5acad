/// Pairs for the rules about credentials.
extension RuleCase {
  private typealias M = Manifests

  /// A key as a provider makes it, of no real one.
  static let key = "sk-proj-Ab3dEf6hIj9lMn2pQr5tUv8xYz1"

  static func secret(
    _ data: String, name: String = "s", namespace: String = "team-a", more: String = ""
  ) -> String {
    "{apiVersion: v1, kind: Secret, metadata: {name: \(name), namespace: \(namespace)}\(more), "
      + "stringData: \(data)}\n"
  }

  static func policy(
    _ spec: String, name: String = "keys", version: String = "v1beta1", target: String? = "a"
  ) -> String {
    let targets =
      target.map {
        "targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: \($0)}], "
      } ?? ""
    return M.object(
      "aigateway.envoyproxy.io/\(version)", "BackendSecurityPolicy", name: name,
      "{\(targets)\(spec)}")
  }

  static let byKey = "type: APIKey, apiKey: {secretRef: {name: s}}"
  private static let clients = M.object(
    "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: "clients",
    "{targetRefs: [\(M.gateway)], apiKeyAuth: {credentialRefs: [{name: s}], "
      + "extractFrom: [{headers: [x-key]}]}}")

  private static let googleFile = google.replacing(
    "region: r", with: "region: r, credentialsFile: {secretRef: {name: s}}")
  static let google = "type: GCPCredentials, gcpCredentials: {projectName: p, region: r}"

  private static func awsEast(_ more: String) -> String {
    "type: AWSCredentials, awsCredentials: {region: us-east-1, \(more)}"
  }

  private static func exchange(_ secret: String, _ more: String = "") -> String {
    awsEast(
      "oidcExchangeToken: {awsRoleArn: arn, \(more)oidc: {provider: {issuer: 'https://i.example'}, "
        + "clientID: x, clientSecret: \(secret)}}")
  }

  private static let awsFile = "credentialsFile: {secretRef: {name: s}}"

  private static func mutated(_ value: String, in header: String = "Authorization") -> String {
    M.service(
      "a",
      "schema: {name: OpenAI}, backendRef: \(M.leads("a")), "
        + "headerMutation: {set: [{name: \(header), value: '\(value)'}]}")
  }

  static let secrets: [RuleCase] = [
    RuleCase(
      "L104", bad: M.joined(policy(byKey), secret("{API_KEY: x, other: y}")),
      good: M.joined(policy(byKey), secret("{apiKey: x, API_KEY: y}"))),
    RuleCase(
      "L106", bad: policy("type: APIKey, apiKey: {secretRef: {name: s, namespace: vault}}"),
      good: policy("type: APIKey, apiKey: {secretRef: {name: s, namespace: team-a}}")),
    RuleCase(
      "L106",
      bad: policy(
        "type: AzureCredentials, azureCredentials: {clientID: c, tenantID: t, "
          + "clientSecretRef: {name: s, namespace: vault}}"),
      good: policy(exchange("{name: s, namespace: vault}"))),
    RuleCase("L108", bad: policy(byKey, target: nil), good: policy(byKey)),
    RuleCase("L109", bad: mutated("Bearer \(key)"), good: mutated("Bearer ${OPENAI_API_KEY}")),
    RuleCase("L109", bad: mutated("Bearer abc"), good: mutated("abc", in: "x-team")),
    RuleCase(
      "L109", bad: M.rule(M.match("{name: x-tenant, value: \(key)}")),
      good: M.rule(M.match("{name: Authorization, value: Bearer abc}"))),
    RuleCase(
      "L109", bad: mcp(keyed("{inline: abcdefgh}")),
      good: mcp(keyed("{secretRef: {name: s}}"))),
    RuleCase(
      "L109", bad: environment("{name: OPENAI_API_KEY, value: abcdefgh}"),
      good: environment("{name: OTEL_EXPORTER_OTLP_HEADERS, value: api-key=your-secret-key}")),
    RuleCase(
      "L109",
      bad: "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: 'key = \(key)'}}\n",
      good: secret("{apiKey: \(key)}")),
    RuleCase(
      "L110", bad: M.joined(policy(byKey), secret("{apiKey: \(key)}")),
      good: M.joined(policy(byKey), secret("{apiKey: abc}"))),
    RuleCase(
      "L110",
      bad: M.joined(
        policy(byKey),
        "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: team-a}, data: {apiKey: "
          + "c2stcHJvai1BYjNkRWY2aElqOWxNbjJwUXI1dFV2OHhZejE=}}\n"),
      good: secret("{apiKey: \(key)}")),
    RuleCase(
      "L111", bad: M.joined(policy(byKey), secret("{apiKey: OPENAI_API_KEY}")),
      good: M.joined(policy(byKey), secret("{apiKey: '${OPENAI_API_KEY}'}"))),
    RuleCase(
      "L111", bad: M.joined(policy(byKey), secret("{apiKey: ''}")),
      good: M.joined(
        policy(byKey),
        "{apiVersion: v1, kind: Secret, metadata: {name: s, namespace: team-a, annotations: "
          + "{substitution.aigw.run/env/apiKey: TOKEN}}, stringData: {apiKey: TOKEN_KEY}}\n")),
    RuleCase(
      "L111",
      bad: M.joined(
        policy(awsEast(awsFile)),
        secret("{credentials: \"[default]\\naws_access_key_id = AWS_ACCESS_KEY_ID\"}")),
      good: M.joined(
        policy(awsEast(awsFile)),
        secret("{credentials: \"[default]\\naws_access_key_id = AK1\"}"))),
    RuleCase(
      "L111",
      bad: policy(google.replacing("projectName: p", with: "projectName: GCP_PROJECT_NAME")),
      good: policy(google)),
    RuleCase(
      "L127", bad: M.joined(clients, secret("{team-a: \"abc\\n\"}")),
      good: M.joined(clients, secret("{team-a: abc}"))),
    RuleCase(
      "L112", bad: policy(awsEast("credentialsFile: {profile: prod, secretRef: {name: s}}")),
      good: policy(awsEast("credentialsFile: {profile: default, secretRef: {name: s}}"))),
    RuleCase(
      "L112",
      bad: M.joined(
        policy(awsEast(awsFile)), secret("{credentials: \"[prod]\\naws_access_key_id = AK1\"}")),
      good: M.joined(
        policy(awsEast(awsFile)),
        secret(
          "{credentials: \"[ default ]\\naws_access_key_id = AK1\\naws_secret_access_key=b\"}"))),
    RuleCase(
      "L112",
      bad: M.joined(
        policy(awsEast(awsFile)), secret("{credentials: \"[default]\\naws_access_key_id = AK1\"}")),
      good: M.joined(
        policy(awsEast(awsFile)), secret("{credentials: \"[default]\\nrole_arn = AK1\"}"))),
    RuleCase(
      "L111.shape",
      bad: M.joined(
        policy(googleFile), secret("{service_account.json: '{\"type\": \"service_account\"}'}")),
      good: M.joined(
        policy(googleFile), secret("{service_account.json: '{\"type\": \"external_account\"}'}"))),
  ]

  static let exchanges: [RuleCase] = [
    RuleCase(
      "L113", bad: policy(exchange("{name: s}")),
      good: policy(exchange("{name: s, namespace: team-a}"))),
    RuleCase(
      "L113", bad: policy(exchange("{name: s, namespace: team-a}", "aud: x, ")),
      good: policy(exchange("{name: s, namespace: other}"))),
    RuleCase(
      "L114",
      bad: policy(
        exchange("{name: s, namespace: team-a}").replacing(
          "region: us-east-1", with: "region: us-east-1, \(awsFile)")),
      good: policy(awsEast(awsFile))),
    RuleCase(
      "L115",
      bad: M.joined(
        reached, classed(),
        M.object(
          "gateway.envoyproxy.io/v1alpha1", "EnvoyProxy", name: "other", "{}"), policy(google)),
      good: M.joined(reached, M.gateway(http), policy(google))),
    RuleCase(
      "L115", bad: M.joined(reached, withProxy, proxy("{}"), policy(awsEast("x: null").dropped)),
      good: M.joined(
        reached, withProxy, proxy("{envoyServiceAccount: {name: sa}}"),
        policy(awsEast("x: null").dropped))),
    RuleCase("L116", bad: policy(google, version: "v1alpha1"), good: policy(google)),
    RuleCase(
      "L116.override",
      bad: policy(byKey + ", credentialOverride: {fromRequestHeaders: {}}", version: "v1alpha1"),
      good: policy(byKey + ", credentialOverride: {fromRequestHeaders: {}}")),
    RuleCase(
      "L117", bad: policy(google + ", credentialOverride: {fromRequestHeaders: {}}"),
      good: policy(
        google + ", credentialOverride: {fromRequestHeaders: {fallbackToConfigured: false}}")),
    RuleCase(
      "L117.source", bad: policy(byKey + ", credentialOverride: {fromRequestHeaders: {}}"),
      good: M.joined(
        policy(byKey + ", credentialOverride: {fromRequestHeaders: {}}"),
        M.object(
          "gateway.envoyproxy.io/v1alpha1", "SecurityPolicy", name: "auth",
          "{targetRefs: [\(M.gateway)], extAuth: {http: {backendRefs: [{name: auth, port: 80}], "
            + "headersToBackend: [X-AIGW-API-Key]}}}"))),
    RuleCase(
      "L117.leak", bad: M.joined(overridden, M.service("b")),
      good: M.joined(
        overridden,
        M.service(
          "b",
          "schema: {name: OpenAI}, backendRef: \(M.leads("b")), headerMutation: "
            + "{remove: [X-AIGW-API-Key]}"))),
    RuleCase(
      "L118", bad: policy(exchange("{name: s, namespace: a}"), name: long(244)),
      good: M.joined(
        policy(exchange("{name: s, namespace: a}"), name: long(243)),
        policy(byKey, name: long(253)))),
    RuleCase(
      "L119",
      bad: policy(
        "type: GCPCredentials, gcpCredentials: {projectName: p, region: r, "
          + "credentialsFile: {secretRef: {name: s}}}"),
      good: policy(google)),
  ]

  /// A rule with two backends, to one of which clients bring the credential.
  private static let overridden = M.joined(
    M.rule("{backendRefs: [{name: a}, {name: b}]}"), M.service("a"),
    policy(byKey + ", credentialOverride: {fromRequestHeaders: {}}"))

  private static func long(_ count: Int) -> String { String(repeating: "a", count: count) }

  private static func environment(_ variable: String) -> String {
    M.object(
      "aigateway.envoyproxy.io/v1beta1", "GatewayConfig", name: "c",
      "{extProc: {kubernetes: {env: [\(variable)]}}}")
  }
}

extension String {
  /// Without the field that only keeps a place.
  fileprivate var dropped: String { replacing(", x: null", with: "") }
}
