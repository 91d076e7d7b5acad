/// Pairs for the rules about quotas, and about the certificates of authorities.
extension RuleCase {
  private typealias M = Manifests

  private static func quota(_ spec: String, namespace: String = "team-a") -> String {
    M.object(
      "aigateway.envoyproxy.io/v1alpha1", "QuotaPolicy", name: "q", namespace: namespace,
      "{targetRefs: [{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}], \(spec)}")
  }

  private static func ofModel(_ quota: String) -> String {
    "perModelQuotas: [{modelName: m, quota: \(quota)}]"
  }

  private static let sound = ofModel("{defaultBucket: {limit: 9, duration: 1h}}")

  /// A quota for clients with a header.
  private static func byHeader(_ match: String) -> String {
    ofModel(
      "{bucketRules: [{clientSelectors: [{headers: [{name: x, \(match)}]}], "
        + "quota: {limit: 9, duration: 1h}}]}")
  }

  private static let overridden = M.joined(
    M.rule("{backendRefs: [{name: a, modelNameOverride: m}]}"), M.service("a"))

  private static let day = "defaultBucket: {limit: 9, duration: 1h}"
  private static let client = "clientSelectors: [{headers: [{name: x, value: y}]}]"

  /// A rule with two backendRefs to one backend.
  private static func split(_ models: String...) -> String {
    let refs = models.enumerated().map {
      "{name: a, modelNameOverride: \($1), priority: \($0)}"
    }
    return M.joined(M.rule("{backendRefs: [\(refs.joined(separator: ", "))]}"), M.service("a"))
  }

  private static let counter =
    "{apiVersion: v1, kind: Service, metadata: {name: envoy-ai-gateway-ratelimit, "
    + "namespace: envoy-gateway-system}, spec: {ports: [{port: 8081}]}}\n"

  private static func trusting(_ data: String) -> String {
    M.joined(
      M.object(
        "gateway.envoyproxy.io/v1alpha1", "Backend", name: "b",
        "{endpoints: [{fqdn: {hostname: a.b, port: 443}}], "
          + "tls: {sni: a.b, caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]}}"),
      "{apiVersion: v1, kind: ConfigMap, metadata: {name: ca, namespace: team-a}, data: \(data)}\n")
  }

  static let quotas: [RuleCase] = [
    RuleCase(
      "L132", bad: M.joined(overridden, quota(sound.replacing("m,", with: "k,"))),
      good: M.joined(overridden, quota(sound))),
    RuleCase(
      "L132",
      bad: M.joined(
        M.rule("{matches: [{headers: [\(M.model("k"))]}], backendRefs: [{name: a}]}"),
        M.service("a"), quota(sound)),
      good: M.joined(
        M.rule("{matches: [{headers: [\(M.model("m"))]}], backendRefs: [{name: a}]}"),
        M.service("a"), quota(sound))),
    RuleCase(
      "L134", bad: M.joined(quota(sound), quota(sound).replacing("name: q,", with: "name: r,")),
      good: M.joined(
        quota(sound),
        quota(sound.replacing("m,", with: "k,")).replacing("name: q,", with: "name: r,"))),
    RuleCase("L134", bad: quota(byHeader("type: Distinct")), good: quota(byHeader("value: a"))),
    RuleCase(
      "L134", bad: quota(byHeader("value: a, invert: true")),
      good: quota(byHeader("value: a, invert: false"))),
    // Two models in one rule, one of two, and a cluster of each Backend.
    RuleCase(
      "L134", bad: M.joined(split("m", "k"), quota(sound)),
      good: M.joined(split("m", "m"), quota(sound))),
    RuleCase(
      "L134",
      bad: M.joined(
        split("m", "k"),
        quota(
          "perModelQuotas: [{modelName: m, quota: {defaultBucket: {limit: 9, duration: 1h}}}, "
            + "{modelName: k, quota: {defaultBucket: {limit: 9, duration: 1h}}}]")),
      good: M.joined(overridden, quota(sound))),
    RuleCase(
      "L134",
      bad: quota(ofModel("{\(day), bucketRules: [{\(client), quota: {limit: 8, duration: 1h}}]}")),
      good: quota(ofModel("{\(day), bucketRules: [{\(client), quota: {limit: 10, duration: 1h}}]}"))
    ),
    RuleCase(
      "L134",
      bad: quota(
        ofModel(
          "{\(day), bucketRules: [{\(client), quota: {limit: 10, duration: 1h}, shadowMode: true}]}"
        )),
      good: quota(
        ofModel("{bucketRules: [{\(client), quota: {limit: 10, duration: 1h}, shadowMode: true}]}"))
    ),
    RuleCase("L133", bad: quota(sound), good: M.joined(quota(sound), counter)),
    RuleCase(
      "L134", bad: quota("serviceQuota: {quota: {limit: 9, duration: 1h}}"), good: quota(sound)),
    RuleCase(
      "L134",
      bad: quota(
        ofModel(
          "{bucketRules: [{clientSelectors: [{methods: [{value: GET}]}], "
            + "quota: {limit: 9, duration: 1h}}]}")),
      good: quota(
        ofModel(
          "{bucketRules: [{clientSelectors: [{headers: [{name: x, value: y}]}], "
            + "quota: {limit: 9, duration: 1h}}]}"))),
    RuleCase(
      "L135", bad: quota(ofModel("{defaultBucket: {limit: -1, duration: 1h}}")),
      good: quota(sound)),
    RuleCase(
      "L136", bad: M.joined(overridden, quota(sound, namespace: "quota")),
      good: M.joined(overridden, quota(sound))),
    RuleCase(
      "L137",
      bad: quota(
        ofModel(
          "{costExpression: output_tokens * 1.5, defaultBucket: {limit: 9, duration: 1h}}")),
      good: quota(
        ofModel(
          "{costExpression: output_tokens * 3u / 2u, defaultBucket: {limit: 9, duration: 1h}}"))),
    RuleCase(
      "L123.ca", bad: trusting("{ca.crt: MIIB}"),
      good: trusting(
        "{ca.crt: \"-----BEGIN CERTIFICATE-----\\nMIIB\\n-----END CERTIFICATE-----\\n\"}")),
    RuleCase(
      "L74.twice",
      bad: costs("{metadataKey: t, type: InputToken}, {metadataKey: t, type: OutputToken}"),
      good: costs("{metadataKey: t, type: InputToken}, {metadataKey: u, type: OutputToken}")),
  ]

  private static func costs(_ costs: String) -> String {
    M.object(
      "aigateway.envoyproxy.io/v1beta1", "AIGatewayRoute", name: "chat",
      "{parentRefs: [{name: gw}], llmRequestCosts: [\(costs)], rules: [{backendRefs: [{name: a}]}]}"
    )
  }
}
