import Resources
import Schemas
import Simulation
import Testing
import YAML

/// Credentials for backends: those that cannot be read, and those that are missing.
@Suite struct CredentialTests {
  static let keyed: String = UpstreamTests.policy("APIKey", "apiKey: {secretRef: {name: s}}")
  /// Without Vertex's policy.
  static func plain(_ schema: String, host: String = "a.example.com") -> String {
    Documents.route("{backendRefs: [{name: a}]}")
      + Documents.service("a").replacing("{name: OpenAI}", with: "{\(schema)}")
      + TrafficSplitTests.backend("a", "{fqdn: {hostname: \(host), port: 443}}")
  }

  /// Documents with credentials that cannot be read, and the words for it.
  static let unreadable: [(documents: [String], words: String)] = [
    ([keyed, UpstreamTests.secret("s", "api-key: x")], "secret s does not contain key apiKey"),
    ([keyed, keyed.replacing("name: key,", with: "name: other,")], "multiple BackendSecurity"),
    ([keyed.replacing("[{", with: "[\(target), {")], "multiple BackendSecurity"),
    (
      [
        UpstreamTests.policy(
          "AWSCredentials", "awsCredentials: {region: r, credentialsFile: {secretRef: {name: s}}}"),
        UpstreamTests.secret("s", "config: x"),
      ], "secret s does not contain key credentials"
    ),
    (
      [
        UpstreamTests.policy(
          "AzureCredentials",
          "azureCredentials: {clientID: c, tenantID: t, clientSecretRef: {name: s, namespace: x}}"),
        UpstreamTests.secret("s", "clientSecret: x", namespace: "x"),
      ], "missing azure client secret key client-secret"
    ),
    (
      [
        UpstreamTests.policy(
          "GCPCredentials",
          "gcpCredentials: {projectName: p, region: r, credentialsFile: {secretRef: {name: s}}}"),
        UpstreamTests.secret("s", "key.json: x"),
      ], "missing gcp service account key service_account.json"
    ),
    (
      [
        UpstreamTests.policy("AzureAPIKey", "azureAPIKey: {secretRef: {name: s}}"),
        UpstreamTests.secret("s", "apiKey: ''"),
      ],
      "azure API key is required"
    ),
    (
      [
        UpstreamTests.policy(
          "GCPCredentials",
          "gcpCredentials: {projectName: p, region: r}\n  credentialOverride: {fromRequestHeaders: {}}"
        )
      ], "requires a static credential to be configured"
    ),
  ]

  static let target: String = "{group: aigateway.envoyproxy.io, kind: AIServiceBackend, name: a}"

  @Test(
    "a backend whose credentials cannot be read is unknown to AI Gateway, so it answers 500",
    arguments: unreadable)
  func credentials(documents: [String], words: String) {
    let answer = UpstreamTests.answer(Self.plain("name: OpenAI") + documents.joined())
    #expect(answer.status == .failed && answer.reason.contains(words), "\(answer.reason)")
    #expect(answer.backends[0].upstream == nil)
  }

  /// Documents with credentials that can be read, or of which nothing is known.
  static let readable: [[String]] = [
    [keyed], [keyed, keyed], [keyed, UpstreamTests.secret("s", "apiKey: x")],
    [keyed, UpstreamTests.secret("t", "other: x", namespace: "team-b")],
    [UpstreamTests.policy("AWSCredentials", "awsCredentials: {region: r}")],
  ]

  @Test("credentials that can be read, or are elsewhere, are sent", arguments: readable)
  func soundCredentials(documents: [String]) {
    let answer = UpstreamTests.answer(Self.plain("name: OpenAI") + documents.joined())
    #expect(answer.status == .done && !answer.hasReservation("no BackendSecurityPolicy"))
  }

  @Test("credentials that each request is to bring are missing where it brings none")
  func ownCredentials() {
    let policy = UpstreamTests.policy(
      "GCPCredentials",
      "gcpCredentials: {projectName: p, region: r}\n  "
        + "credentialOverride: {fromRequestHeaders: {fallbackToConfigured: false}}")
    let answer = UpstreamTests.answer(Self.plain("name: OpenAI") + policy)
    #expect(answer.status == .unauthorized)
    #expect(answer.reason.contains("header x-aigw-gcp-access-token"), "\(answer.reason)")
  }

  @Test("a Secret of that name in another namespace only is likely missing")
  func misplacedSecret() {
    let secret = UpstreamTests.secret("s", "apiKey: x", namespace: "team-b")
    let answer = UpstreamTests.answer(Self.plain("name: OpenAI") + Self.keyed + secret)
    #expect(answer.status == .done && answer.hasReservation("Secret team-a/s of Backend"))
  }

  @Test(
    "a provider that wants credentials is told to refuse a request without them",
    arguments: [
      ("name: OpenAI", "api.openai.com", "api.openai.com answers 401 if"),
      ("name: Anthropic", "api.anthropic.com", "api.anthropic.com answers 401"),
      ("name: AzureOpenAI", "x.openai.azure.com", "answers 401"),
      ("name: AWSBedrock", UpstreamTests.bedrock, "\(UpstreamTests.bedrock) answers 403"),
      ("name: GCPVertexAI", UpstreamTests.vertex, "the path lacks project and region"),
    ])
  func noCredentials(schema: String, host: String, words: String) {
    let answer = UpstreamTests.answer(
      Self.plain(schema, host: host),
      at: schema.hasSuffix("Anthropic") ? "/anthropic/v1/messages" : Request.chat)
    #expect(answer.status == .done && answer.hasReservation(words), "\(answer.reservations)")
    if schema.contains("GCP") { #expect(answer.backends[0].upstream?.path == nil) }
  }

  @Test("a server in the cluster, and one that is not among the documents, may need no credentials")
  func noneNeeded() {
    let inside = Self.plain("name: OpenAI", host: "vllm.ai.svc.cluster.local")
    #expect(UpstreamTests.answer(inside).reservations.isEmpty)
    let route = Documents.route("{backendRefs: [{name: a}]}") + Documents.service("a")
    #expect(UpstreamTests.answer(route).reservations.isEmpty)
  }
}
